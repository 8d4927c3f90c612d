/** Which conversation the page shows: opens, draws and leaves it, and goes along with what becomes of it elsewhere. */

import { go, nameWindow } from "./address.js";
import { getConversation, ServiceError } from "./client.js";
import { Conversation } from "./conversation.js";
import { button, element } from "./dom.js";
import { t } from "./texts.js";

export class Showing {
  /** The conversation; a new one until its first question is asked. */
  conversation = this.#named(null);
  #parts;
  #welcome = document.getElementById("welcome");
  #heading = document.getElementById("conversation-title");
  #new = document.getElementById("new-conversation");

  /**
   * `parts` has `transcript`, `history`, `composer`, `newTurn(question)`, `say(words)`, `leaving()`, called before
   * another conversation is shown, and `resting()`, whether nothing on the page would be disturbed by a change.
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Go to a conversation. */
  open(id) {
    go(id);
    return this.show(id);
  }

  /** Show the conversation that the address names already; `null` for a new one. */
  async show(id) {
    const conversation = this.#leave(id);
    if (id === null) return;
    this.#parts.say(t("status.opening"));
    try {
      const stored = await getConversation(id);
      if (this.conversation === conversation) this.#draw(stored);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (this.conversation === conversation) this.#fail(error);
    }
  }

  /** Begin a new conversation. */
  startOver() {
    this.#away();
    this.#parts.composer.focus();
  }

  /** Begin a new conversation because this one was deleted elsewhere; turns that were not `asked` yet come along. */
  lost(...unasked) {
    const { transcript, say, history, composer } = this.#parts;
    this.#away();
    for (const turn of unasked) turn.position = null;
    transcript.show(unasked);
    this.#showWelcome(unasked.length === 0);
    say(t("conversation.deleted"));
    history.refresh();
    composer.focusUnlessTouched();
  }

  /** Return the conversation if what is stored of it may be drawn now, else `null`. */
  resting() {
    return this.#parts.resting() ? this.conversation : null;
  }

  /** Draw what is stored of the conversation by now, as far as it is not what is shown. */
  renew({ title, turns }) {
    nameWindow(title);
    const from = this.conversation.difference(turns);
    if (from === null) return;
    this.conversation.forget(from);
    this.#parts.transcript.replaceFrom(from, turns.slice(from).map((turn) => this.#stored(turn)));
    this.#parts.say(t("status.renewed", { n: turns.length }));
    this.#parts.history.refresh();
  }

  /** Take in that a conversation has another title. */
  renamed(id, title) {
    if (id === this.conversation.id) nameWindow(title);
  }

  /** Take in that a conversation was deleted on this page. */
  deleted(id) {
    if (id === this.conversation.id) this.#away();
  }

  /** Take in that there is something on the page. */
  begun() {
    this.#showWelcome(false);
  }

  #named(id) {
    return new Conversation(id, (made) => {
      go(made);
      nameWindow(this.#parts.transcript.firstQuestion);
      this.#parts.history.current = made;
    });
  }

  #away() {
    go(null);
    this.#leave(null);
  }

  #leave(id) {
    this.#parts.leaving();
    this.#parts.transcript.show([]);
    this.conversation = this.#named(id);
    this.#parts.history.current = id;
    this.#showWelcome(id === null);
    nameWindow(null);
    this.#parts.say("");
    return this.conversation;
  }

  #draw({ title, turns }) {
    nameWindow(title);
    this.#showWelcome(turns.length === 0);
    this.#parts.transcript.show(turns.map((turn) => this.#stored(turn)));
    this.#parts.say(t("status.opened", { n: turns.length }));
    this.#parts.composer.focusUnlessTouched();
  }

  #stored({ question, answer, feedback }) {
    const turn = this.#parts.newTurn(question);
    this.conversation.place(turn, answer?.id);
    if (answer === null) turn.withoutAnswer();
    else turn.finish(answer, feedback);
    return turn;
  }

  #fail(error) {
    this.#parts.say("");
    const gone = error.status === 404;
    const retry = button(t("panel.retry"), () => this.show(this.conversation.id));
    const fresh = button(t("history.new"), () => this.startOver(), { class: "quiet" });
    const row = element("div", { class: "row" }, ...(gone ? [fresh] : [retry, fresh]));
    const message = element("p", {}, gone ? t("conversation.gone") : error.message);
    this.#parts.transcript.tell(element("div", { class: "problem", role: "alert" }, message, row));
  }

  #showWelcome(shown) {
    this.#welcome.hidden = !shown;
    this.#heading.hidden = shown;
    this.#new.hidden = shown;
  }
}
