/** Puts together what stands below an answer: what is missing, what it rests on, and what could be asked next. */

import { conflicts } from "./conflicts.js";
import { button, element } from "./dom.js";
import { grouped } from "./grouped.js";
import { citedSources, relatedSources } from "./sources.js";
import { t } from "./texts.js";
import { timeline } from "./timeline.js";

/**
 * Return the parts for an answer, `tools` among them. `references` are the answer's citations in reading order;
 * `actions` has `ask(question)` and `open(reference, references, opener)`.
 */
export function below(answer, references, tools, actions) {
  const open = (reference, opener) => actions.open(reference, references, opener);
  const parts = [
    missingParts(answer),
    conflicts(answer, open),
    citedSources(references, open),
    timeline(answer.citations),
    grouped(answer.citations, open),
    relatedSources(answer.documents, answer.status === "not_found", open),
    tools,
    followUps(answer.follow_up_questions, actions.ask),
  ];
  return parts.filter((part) => part !== null);
}

function followUps(questions, ask) {
  if (questions.length === 0) return null;
  const suggestion = (question) => button(question, () => ask(question), { class: "suggestion", dir: "auto" });
  const items = questions.map((question) => element("li", {}, suggestion(question)));
  return element("section", { class: "follow-ups" }, element("h3", {}, t("turn.next")), element("ul", {}, ...items));
}

function missingParts({ not_found, status, answer }) {
  const missing = not_found.filter(({ reason }) => reason !== answer); // an answer may be that sentence itself
  if (missing.length === 0) return null;
  const title = t(status === "partial" ? "turn.missing.partial" : "turn.missing.all");
  const items = missing.map(({ part, reason }) =>
    element("li", {}, element("span", { class: "part", dir: "auto" }, part), element("span", { class: "fine" }, reason)),
  );
  return element("section", { class: "missing" }, element("h3", {}, title), element("ul", {}, ...items));
}
