/** Draws one turn of the conversation: the question, its answer as it arrives, and what belongs below it. */

import { AnswerText } from "./answer.js";
import { below } from "./below.js";
import { button, element, motion } from "./dom.js";
import { editor } from "./editor.js";
import { around, t } from "./texts.js";
import { toolbar } from "./toolbar.js";

const LONG_QUESTION = 300; // characters from which a question is set as text, not as a heading

export class Turn {
  /** Where the service keeps the turn, `null` while it is not known to be stored. */
  position = null;
  #actions;
  #answer;
  #question;
  #editing = false;
  #title = element("h2", { class: "question", dir: "auto", tabindex: "-1" });
  #change = button(t("turn.change"), () => this.edit(), { class: "quiet change", "aria-label": t("turn.edit") });
  #head = element("header", { class: "asked" }, this.#title, this.#change);
  #text = element("p", { class: "text", dir: "auto" });
  #waiting = element("div", { class: "waiting", "aria-hidden": "true" }, ...[1, 2, 3].map(() => element("span")));
  #notes = element("div", { class: "notes" });
  #below = element("div", { class: "below" });

  /**
   * `actions` has `ask(question)`, `again(turn)`, `free()`, `edited(turn, question)`, `after(turn)`, `say(words)`,
   * `open(reference, references, opener)` and `preview(chip, source, support)`.
   */
  constructor(question, actions) {
    this.#actions = actions;
    const open = (reference, chip) => actions.open(reference, this.#answer.references, chip);
    this.#answer = new AnswerText(this.#text, { open, preview: actions.preview });
    const heading = element("h3", { class: "visually-hidden" }, t("turn.answer"));
    const parts = [this.#head, heading, this.#notes, this.#waiting, this.#text, this.#below];
    this.root = element("article", { class: "turn" }, ...parts);
    this.question = question;
    this.restart();
  }

  get question() {
    return this.#question;
  }

  set question(question) {
    this.#question = question;
    this.#title.replaceChildren(element("span", { class: "visually-hidden" }, t("turn.asked")), question);
    this.#title.classList.toggle("long", question.length > LONG_QUESTION);
  }

  /** Empty the answer and show that one is on its way. */
  restart() {
    this.#answer.finish("", []);
    this.#notes.replaceChildren();
    this.#below.replaceChildren();
    delete this.root.dataset.status;
    this.#busy(true);
  }

  /** Say as which question the typed one was understood, if that differs; return whether it does. */
  understood(standalone) {
    const differs = !sameWords(standalone, this.question);
    const [before, after] = around("turn.understood", "question");
    const note = element("p", { class: "understood" }, before, element("q", { dir: "auto" }, standalone), after);
    this.#notes.replaceChildren(...(differs ? [note] : []));
    return differs;
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

  /** Show the finished answer, and what the reader thought of it if that is stored. */
  finish(answer, feedback = null) {
    this.understood(answer.standalone_question);
    this.#answer.finish(answer.answer, answer.citations);
    this.root.dataset.status = answer.status;
    const references = this.#answer.references;
    const tools = toolbar(answer, feedback, { say: this.#actions.say, again: () => this.#actions.again(this) });
    this.#below.replaceChildren(...below(answer, references, tools, this.#actions));
    this.#busy(false);
  }

  /** Show that the reader stopped it. */
  stop() {
    this.#unanswered(t("turn.stopped"));
  }

  /** Show that no answer is stored with the question. */
  withoutAnswer() {
    this.#unanswered(t("turn.unanswered"));
  }

  /** Show what went wrong; the question stays and can be asked again or changed. */
  fail(message) {
    const retry = button(t("turn.retry"), () => this.#actions.again(this));
    const edit = button(t("turn.edit"), () => this.edit(), { class: "quiet" });
    const row = element("div", { class: "row" }, retry, edit);
    this.#below.replaceChildren(element("div", { class: "problem", role: "alert" }, element("p", {}, message), row));
    this.#busy(false);
  }

  /** Put one more control beside those of an answer that did not come to its end. */
  offer(control) {
    this.#below.querySelector(".row")?.append(control);
  }

  /** Let the reader change the question where it stands. */
  edit() {
    if (this.#editing || this.root.ariaBusy === "true") return;
    this.#editing = true;
    const form = editor(this.question, this.#actions.after(this), (question) => this.#edited(question));
    this.#head.replaceChildren(form);
    form.elements.question.focus();
  }

  /** Scroll to the turn. */
  reveal(block = "start", behavior = motion()) {
    this.root.scrollIntoView({ block, behavior });
  }

  /** Put the focus on the question, for when the control that had it is gone. */
  focus() {
    this.#title.focus({ preventScroll: true });
  }

  #edited(question) {
    if (question !== null && !this.#actions.free()) return; // the form stays with what was written
    this.#editing = false;
    this.#head.replaceChildren(this.#title, this.#change);
    this.#change.focus();
    if (question !== null) this.#actions.edited(this, question);
  }

  #unanswered(words) {
    const again = button(t("turn.again"), () => this.#actions.again(this), { class: "quiet" });
    this.#below.replaceChildren(element("div", { class: "row" }, element("p", { class: "fine" }, words), again));
    this.#busy(false);
  }

  #busy(busy) {
    this.root.ariaBusy = String(busy);
    this.#waiting.hidden = !busy;
    this.#change.disabled = busy;
  }
}

function sameWords(one, other) {
  const bare = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();
  return bare(one) === bare(other);
}
