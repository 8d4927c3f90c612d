/** Says what a source is called and where it comes from. */

import { day, t } from "./texts.js";

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
  return t("source.name", { number, title: [source.document_title, ...provenance(source)].join(", ") });
}
