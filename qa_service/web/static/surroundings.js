/** Finds what stands around a span: one sentence before and after it, never beyond its paragraph. */

const sentences = new Intl.Segmenter("en", { granularity: "sentence" });

// What may end in a full stop without ending a sentence: "Mr.", "U.S.", "J.", "Gen."
const ABBREVIATED = /(?:^|[\s("“])(?:\p{Lu}\p{L}{0,2}|(?:\p{L}\.)+\p{L})\.\s*$/u;

/** Return the text before and after the span of `text` as `{ before, after }`; offsets are UTF-16 units. */
export function surroundings(text, start, end) {
  return { before: text.slice(startOfContext(text, start), start), after: text.slice(end, endOfContext(text, end)).trimEnd() };
}

function startOfContext(text, start) {
  const [line, at] = lineAround(text, start);
  const begun = startsOf(line).filter((each) => each <= start - at);
  return at + (begun.at(-2) ?? begun[0] ?? 0);
}

function endOfContext(text, end) {
  const [line, at] = lineAround(text, end);
  const gap = line.slice(end - at).match(/^\s*/)[0].length; // a span leaves out the white space after its sentence
  const [own, next] = [...startsOf(line), line.length].filter((each) => each >= end - at + gap);
  return at + (next ?? own ?? line.length);
}

function lineAround(text, offset) {
  const at = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const stop = text.indexOf("\n", offset);
  return [text.slice(at, stop < 0 ? text.length : stop), at];
}

function startsOf(line) {
  const starts = [];
  let before = "";
  for (const { segment, index } of sentences.segment(line)) {
    if (!ABBREVIATED.test(before)) starts.push(index);
    before = segment;
  }
  return starts;
}
