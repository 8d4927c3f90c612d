/** Lists what the citations of an answer rest on, span by span. */

/** Return every cited span in reading order, as `{ key, number, source, support }`. */
export function references(citations) {
  return citations.flatMap(({ id, number, sources, support }) =>
    sources.map((source, index) => ({ key: `${id}/${index}`, number, source, support })),
  );
}

/** Return the same without spans that were there before: several sentences of a language model may rest on one. */
export function distinct(references) {
  const place = ({ source }) => [source.document_id, source.start_char_index, source.end_char_index].join();
  return [...Map.groupBy(references, place).values()].map(([first]) => first);
}
