/** Says things in words: dates, counts, and what a source is called. */

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Return "12 May 2017" for "2017-05-12", and `null` for nothing. */
export function day(date) {
  return date ? DAY.format(new Date(`${date}T00:00:00Z`)) : null;
}

/** Return "1 source", "2 sources". */
export function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** Return the publisher and the day, as far as they are known. */
export function provenance(source) {
  return [source.source, day(source.published_at)].filter(Boolean);
}

/** Return the same in one line, or what its owner calls the document if neither is known. */
export function provenanceLine(source) {
  return provenance(source).join(" · ") || (source.document_name ?? source.name);
}

/** Return "Source 1: title, publisher, date". */
export function sourceName(number, source) {
  return `Source ${number}: ${[source.document_title, ...provenance(source)].join(", ")}`;
}
