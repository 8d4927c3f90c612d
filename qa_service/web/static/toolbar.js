/** The row below an answer: copy, link, check, what the reader thinks of it, ask again. */

import { authorship } from "./authorship.js";
import { Check } from "./check.js";
import { answerAddress } from "./client.js";
import { copyInto } from "./clipboard.js";
import { button, element } from "./dom.js";
import { Feedback } from "./feedback.js";
import { references } from "./references.js";
import { t } from "./texts.js";
import { provenance } from "./words.js";

/** Return the row with what unfolds under it; `actions` has `again()` and `say(words)`. */
export function toolbar(answer, feedback, actions) {
  const opinion = new Feedback(answer.id, feedback, actions.say);
  const check = answer.citations.length > 0 ? new Check(answer, actions.say) : null;
  const tools = [
    copyButton(t("turn.copy"), t("turn.copied"), () => withSources(answer)),
    copyButton(t("turn.link"), t("turn.linked"), () => answerAddress(answer.id)),
    check?.button,
    button(t("turn.again"), actions.again, { class: "quiet" }),
    ...opinion.buttons,
  ];
  const row = element("div", { class: "row footer" }, ...tools.filter(Boolean), facts(answer));
  const said = authorship(answer.model ?? {}); // not in the row, which is left out on paper
  return element("div", { class: "tools" }, said, row, ...[opinion.below, check?.result].filter(Boolean));
}

function copyButton(label, done, text) {
  return button(label, (event) => copyInto(event.currentTarget, text(), done), { class: "quiet" });
}

function facts({ citations, model, timings_ms: { total } }) {
  const quoted = model?.mode !== "llm"; // else it is said of every sentence that it was checked
  const verified = quoted && citations.length > 0 && citations.every(({ sources }) => sources.every((source) => source.verified));
  const said = [
    verified && t("turn.verified"),
    total !== undefined && t("turn.time", { n: Math.max(1, Math.round(total)) }),
  ];
  return element("p", { class: "fine" }, said.filter(Boolean).join(" · "));
}

function withSources(answer) {
  const numbered = Map.groupBy(references(answer.citations), ({ number }) => number);
  const lines = [...numbered].map(([number, cited]) => {
    const { source } = cited[0];
    const same = cited.filter((other) => other.source.document_id === source.document_id);
    const quotes = new Set(same.map((other) => `“${other.source.cited_text}”`));
    const where = [source.document_title, ...provenance(source), source.url].filter(Boolean).join(", ");
    return `[${number}] ${[...quotes].join(" ")} (${where})`;
  });
  return [answer.answer, "", ...lines].join("\n").trim();
}
