/** Draws what cited documents say otherwise side by side, so that the reader can weigh one against the other. */

import { element } from "./dom.js";
import { references } from "./references.js";
import { opener } from "./sources.js";
import { t } from "./texts.js";
import { provenanceLine } from "./words.js";

/** Return the block, or `null` where nothing disagrees. */
export function conflicts(answer, open) {
  const cited = new Map(answer.citations.map((citation) => [citation.id, citation]));
  const found = (answer.conflicts ?? []).map((conflict) => matter(conflict, cited, open)); // older answers have none
  if (found.length === 0) return null;
  return element("section", { class: "conflicts" }, element("h3", {}, t("conflicts.title")), ...found);
}

function matter({ citation_ids: ids, topic }, cited, open) {
  const sides = ids.filter((id) => cited.has(id)).map((id) => side(references([cited.get(id)])[0], open));
  const name = topic && element("p", { class: "fine", dir: "auto" }, t("conflicts.topic", { topic }));
  return element("div", { class: "matter" }, name || null, element("div", { class: "sides" }, ...sides));
}

function side(reference, open) {
  const { source } = reference;
  const origin = [source.speaker, provenanceLine(source)].filter(Boolean).join(" · ");
  const caption = element("figcaption", { dir: "auto" }, opener(reference, open), " ", origin);
  return element("figure", {}, element("blockquote", { dir: "auto" }, source.cited_text), caption);
}
