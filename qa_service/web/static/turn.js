/** Draws one turn of the conversation: the question, its answer as it arrives, and what belongs below it. */

import { AnswerText } from "./answer.js";
import { button, element } from "./dom.js";
import { citedSources, relatedSources } from "./sources.js";
import { provenance } from "./words.js";

const LONG_QUESTION = 300; // characters from which a question is set as text, not as a heading

export class Turn {
  #actions;
  #answer;
  #text = element("p", { class: "text", dir: "auto" });
  #waiting = element("div", { class: "waiting", "aria-hidden": "true" }, ...[1, 2, 3].map(() => element("span")));
  #notes = element("div", { class: "notes" });
  #below = element("div", { class: "below" });

  /** `actions` has `ask(question)`, `edit(question)`, `retry()`, `open(reference, references, opener)`, `preview(…)`. */
  constructor(question, actions) {
    this.question = question;
    this.#actions = actions;
    const open = (reference, chip) => actions.open(reference, this.#answer.references, chip);
    this.#answer = new AnswerText(this.#text, { open, preview: actions.preview });
    const asked = element("span", { class: "visually-hidden" }, "You asked: ");
    const title = element("h2", { class: "question", dir: "auto" }, asked, question);
    title.classList.toggle("long", question.length > LONG_QUESTION);
    this.root = element("article", { class: "turn" }, title);
    this.root.append(element("h3", { class: "visually-hidden" }, "Answer"));
    this.root.append(this.#notes, this.#waiting, this.#text, this.#below);
    this.restart();
  }

  /** Empty the answer and show that one is on its way. */
  restart() {
    this.#answer.finish("", []);
    this.#notes.replaceChildren();
    this.#below.replaceChildren();
    this.#busy(true);
  }

  /** Say as which question the typed one was understood, if that differs. */
  understood(standalone) {
    const note = element("p", { class: "understood" }, "Searched for ", element("q", { dir: "auto" }, standalone));
    this.#notes.replaceChildren(...(sameWords(standalone, this.question) ? [] : [note]));
  }

  /** Take in one more sentence. */
  extend({ text, start }) {
    this.#answer.extend(text, start);
  }

  /** Take in what the latest sentence rests on. */
  cite({ citation }) {
    this.#waiting.hidden = true;
    this.#answer.cite(citation);
  }

  /** Show the finished answer. */
  finish(answer) {
    this.understood(answer.standalone_question);
    this.#answer.finish(answer.answer, answer.citations);
    this.root.dataset.status = answer.status;
    this.#below.replaceChildren(...this.#parts(answer).filter((part) => part !== null));
    this.#busy(false);
  }

  /** Show that the reader stopped it. */
  stop() {
    const again = button("Ask again", this.#actions.retry, { class: "quiet" });
    this.#below.replaceChildren(element("p", { class: "fine" }, "Stopped. "), again);
    this.#busy(false);
  }

  /** Show what went wrong; the question stays and can be asked again or changed. */
  fail(message) {
    const retry = button("Retry", this.#actions.retry);
    const edit = button("Edit the question", () => this.#actions.edit(this.question), { class: "quiet" });
    const row = element("div", { class: "row" }, retry, edit);
    this.#below.replaceChildren(element("div", { class: "problem", role: "alert" }, element("p", {}, message), row));
    this.#busy(false);
  }

  #busy(busy) {
    this.root.ariaBusy = String(busy);
    this.#waiting.hidden = !busy;
  }

  #parts(answer) {
    const references = this.#answer.references;
    const open = (reference, opener) => this.#actions.open(reference, references, opener);
    return [
      missingParts(answer),
      citedSources(references, open),
      this.#followUps(answer.follow_up_questions),
      relatedSources(answer.documents, answer.status === "not_found", open),
      footer(answer),
    ];
  }

  #followUps(questions) {
    if (questions.length === 0) return null;
    const ask = (question) => button(question, () => this.#actions.ask(question), { class: "suggestion", dir: "auto" });
    const items = questions.map((question) => element("li", {}, ask(question)));
    return element("section", { class: "follow-ups" }, element("h3", {}, "Ask next"), element("ul", {}, ...items));
  }
}

function missingParts({ not_found, status, answer }) {
  const missing = not_found.filter(({ reason }) => reason !== answer); // an answer may be that sentence itself
  if (missing.length === 0) return null;
  const title = status === "partial" ? "Not in the documents" : "What is missing";
  const items = missing.map(({ part, reason }) =>
    element("li", {}, element("span", { class: "part", dir: "auto" }, part), element("span", { class: "fine" }, reason)),
  );
  return element("section", { class: "missing" }, element("h3", {}, title), element("ul", {}, ...items));
}

function footer(answer) {
  if (answer.citations.length === 0) return null;
  const verified = answer.citations.every(({ sources }) => sources.every((source) => source.verified));
  const total = answer.timings_ms.total;
  const said = [
    verified && "Every citation was checked against the stored text",
    total !== undefined && `${Math.max(1, Math.round(total))} ms`,
  ];
  const copy = button("Copy", (event) => copyAnswer(answer, event.currentTarget), { class: "quiet" });
  return element("div", { class: "row footer" }, copy, element("p", { class: "fine" }, said.filter(Boolean).join(" · ")));
}

async function copyAnswer(answer, pressed) {
  const done = await navigator.clipboard.writeText(withSources(answer)).then(() => true, () => false);
  pressed.textContent = done ? "Copied" : "Copying is not allowed here";
}

function withSources(answer) {
  const numbered = new Map(answer.citations.map((citation) => [citation.number, citation.sources[0]]));
  const lines = [...numbered].map(([number, source]) => {
    const where = [source.document_title, ...provenance(source), source.url].filter(Boolean).join(", ");
    return `[${number}] “${source.cited_text}” (${where})`;
  });
  return [answer.answer, "", ...lines].join("\n");
}

function sameWords(one, other) {
  const bare = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();
  return bare(one) === bare(other);
}
