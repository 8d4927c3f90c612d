/** Draws what an answer quotes once more, by speaker and day: who said what, and when. */

import { element } from "./dom.js";
import { distinct, references } from "./references.js";
import { opener } from "./sources.js";
import { day, t } from "./texts.js";

/** Return the quotations in a fold, or `null` where there is one speaker and one day at most. */
export function grouped(citations, open) {
  const said = distinct(citations.flatMap(quotations));
  const bySpeaker = Map.groupBy(said, ({ source }) => source.speaker);
  const days = new Set(said.map(({ source }) => source.published_at));
  if (bySpeaker.size < 2 && days.size < 2) return null;
  const sections = [...bySpeaker].map(([speaker, quoted]) => spoken(speaker, quoted, open));
  return element("details", { class: "grouped" }, element("summary", {}, t("grouped.title")), ...sections);
}

/** What a citation quotes of a speaker; other documents in which the same stands would only repeat it. */
function quotations(citation) {
  const spoken = references([citation]).filter(({ source }) => source.speaker);
  return spoken.filter(({ source }) => source.document_id === spoken[0].source.document_id);
}

function spoken(speaker, quoted, open) {
  const byDay = [...Map.groupBy(quoted, ({ source }) => source.published_at ?? "")];
  const inOrder = byDay.sort(([one], [other]) => one.localeCompare(other));
  const days = inOrder.map(([date, same]) => saidOn(date, same, open));
  return element("section", {}, element("h4", { dir: "auto" }, speaker), ...days);
}

function saidOn(date, same, open) {
  const when = date ? element("time", { datetime: date }, day(date)) : t("grouped.undated");
  const quotes = same.map((reference) => {
    const words = element("span", { dir: "auto" }, reference.source.cited_text);
    return element("li", {}, element("q", {}, words), " ", opener(reference, open));
  });
  return element("div", { class: "day" }, element("p", { class: "fine" }, when), element("ul", {}, ...quotes));
}
