/** Draws the documents below an answer: those it rests on apart from those that are only near. */

import { permalink } from "./client.js";
import { button, element } from "./dom.js";
import { distinct } from "./references.js";
import { t } from "./texts.js";
import { provenance, provenanceLine, sourceName } from "./words.js";

/** Return the list of cited documents in order of first use, or `null` if there are none. */
export function citedSources(references, open) {
  if (references.length === 0) return null;
  const byDocument = Map.groupBy(references, (reference) => reference.source.document_id);
  const items = [...byDocument.values()].map((cited) => citedItem(cited, open));
  const list = element("ol", { class: "sources" }, ...items);
  return element("section", { class: "cited" }, element("h3", {}, t("sources.cited")), list, onPaper(references));
}

/** Return the list of documents that were found and not cited, unfolded if `unfolded`, or `null` if there are none. */
export function relatedSources(documents, unfolded, open) {
  const related = documents.filter((found) => !found.cited);
  if (related.length === 0) return null;
  const items = related.map((found) => relatedItem(found, open));
  const title = element("summary", {}, t("sources.related.count", { n: related.length }));
  return element("details", { class: "related", open: unfolded }, title, element("ul", { class: "sources" }, ...items));
}

/** Return a small button with the number of `reference` that opens it; `kind` is its class. */
export function opener(reference, open, kind = "opener") {
  const label = sourceName(reference.number, reference.source);
  const act = (event) => open(reference, event.currentTarget);
  return button(String(reference.number), act, { class: kind, "aria-label": label });
}

function citedItem(cited, open) {
  const bySpeaker = Map.groupBy(cited, (reference) => reference.source.speaker ?? null);
  const rows = [...bySpeaker].map(([speaker, same]) => row(numbered(same), speaker));
  return element("li", {}, card(cited[0], rows, open));
}

function numbered(references) {
  const numbers = [...new Set(references.map((reference) => reference.number))];
  return numbers.map((number) => element("span", { class: "number" }, String(number)));
}

function row(marks, words) {
  const fine = words && element("span", { class: "fine", dir: "auto" }, words);
  return element("span", { class: "origin" }, ...marks, fine || null);
}

function relatedItem(found, open) {
  const source = { ...found, document_id: found.id, document_title: found.title };
  const rows = found.filter_reason ? [row([], found.filter_reason)] : [];
  return element("li", {}, card({ key: found.id, number: null, source }, rows, open));
}

function card(reference, rows, open) {
  const made = button("", (event) => open(reference, event.currentTarget), { class: "card" });
  const title = element("span", { class: "title", dir: "auto" }, reference.source.document_title);
  made.append(title, row([], provenanceLine(reference.source)), ...rows);
  return made;
}

/** On paper nothing can be opened, so everything that a citation leads to is written out; see print.css. */
function onPaper(references) {
  const byNumber = Map.groupBy(distinct(references), (reference) => reference.number);
  const items = [...byNumber].map(([number, same]) => element("li", {}, `[${number}] `, ...same.map(writtenOut)));
  return element("ol", { class: "paper" }, ...items);
}

function writtenOut({ source }) {
  const where = [source.speaker, source.document_title, ...provenance(source)].filter(Boolean).join(", ");
  const addresses = [new URL(permalink(source), document.baseURI).href, source.url].filter(Boolean).join(" · ");
  const quote = element("q", {}, source.cited_text);
  return element("p", { dir: "auto" }, quote, ` (${where}) `, element("span", { dir: "ltr" }, addresses));
}
