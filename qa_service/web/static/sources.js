/** Draws the documents below an answer: those it rests on apart from those that are only near. */

import { button, element } from "./dom.js";
import { provenanceLine } from "./words.js";

/** Return the list of cited documents in order of first use, or `null` if there are none. */
export function citedSources(references, open) {
  if (references.length === 0) return null;
  const byDocument = Map.groupBy(references, (reference) => reference.source.document_id);
  const items = [...byDocument.values()].map((cited) => citedItem(cited, open));
  const list = element("ol", { class: "sources" }, ...items);
  return element("section", { class: "cited" }, element("h3", {}, "Cited"), list);
}

/** Return the list of documents that were found and not cited, unfolded if `open`, or `null` if there are none. */
export function relatedSources(documents, unfolded, open) {
  const related = documents.filter((found) => !found.cited);
  if (related.length === 0) return null;
  const items = related.map((found) => relatedItem(found, open));
  const title = element("summary", {}, `Related, not cited (${related.length})`);
  return element("details", { class: "related", open: unfolded }, title, element("ul", { class: "sources" }, ...items));
}

function citedItem(cited, open) {
  const numbers = [...new Set(cited.map((reference) => reference.number))];
  const badges = numbers.map((number) => element("span", { class: "number" }, String(number)));
  return element("li", {}, card(cited[0], badges, open));
}

function relatedItem(found, open) {
  const source = { ...found, document_id: found.id, document_title: found.title };
  const reason = found.filter_reason && element("span", { class: "fine" }, found.filter_reason);
  return element("li", {}, card({ key: found.id, number: null, source }, [reason], open));
}

function card(reference, marks, open) {
  const fine = element("span", { class: "fine" }, provenanceLine(reference.source));
  const origin = element("span", { class: "origin" }, ...marks, fine);
  const made = button("", (event) => open(reference, event.currentTarget), { class: "card" });
  made.append(element("span", { class: "title", dir: "auto" }, reference.source.document_title), origin);
  return made;
}
