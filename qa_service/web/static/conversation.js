/**
 * The stored conversation that the page shows: knows its identifier and what the service keeps at which position.
 *
 * A question whose request broke may or may not have been stored, so before the next one is sent the service is asked.
 * The turns themselves are drawn by `transcript`.
 */

import { ask, createConversation, getConversation } from "./client.js";
import { mode } from "./quotations.js";

export class Conversation {
  /** Whether the service said that it has no such conversation. */
  gone = false;
  #began;
  #kept = []; // each turn's question, and the identifier of the answer that the page shows for it, `null` for none
  #doubtful = null;

  /** `id` is `null` for one that its first question will begin; then `began(id)` is called. */
  constructor(id, began = () => {}) {
    this.id = id;
    this.#began = began;
  }

  /** What the service is known to keep: another object whenever that changes. */
  get kept() {
    return this.#kept;
  }

  /** Take in that `turn` is stored, as the next one or in its old place, where nothing comes after it any more. */
  place(turn, answer = null) {
    turn.position ??= this.#kept.length;
    this.#kept = [...this.#kept.slice(0, turn.position), { question: turn.question, answer }];
  }

  /** Return from which position on the service keeps other turns than is known, `null` if it does not. */
  difference(turns) {
    this.#recognise(turns);
    const longer = turns.length > this.#kept.length ? turns : this.#kept;
    const at = longer.findIndex((_, position) => !same(this.#kept[position], turns[position]));
    return at < 0 ? null : at;
  }

  /** Let go of what is known from `position` on. */
  forget(position) {
    this.#kept = this.#kept.slice(0, position);
  }

  /** Return whether `turn` was to replace something that differs from it, and has not done so. */
  keepsOlder(turn) {
    const older = this.#kept[turn.position];
    return this.#doubtful === turn && older !== undefined && (older.answer !== null || older.question !== turn.question);
  }

  /**
   * Ask the question of `turn`, in its old place if it has one, and yield the events as `client.ask` does; but the
   * service replaces nothing before the answer is complete, so then `accepted` comes just before `done`.
   */
  async *ask(turn, signal) {
    try {
      await this.#begin(signal);
      await this.#settle(signal);
      this.#doubtful = turn;
      const replaces = turn.position !== null && turn.position < this.#kept.length;
      if (!replaces) turn.position = null;
      const body = { question: turn.question, at: turn.position, mode: mode() };
      for await (const event of ask(this.id, body, signal)) yield* this.#taken(turn, event, replaces);
    } catch (error) {
      this.gone = error.status === 404;
      throw error;
    }
  }

  *#taken(turn, event, replaces) {
    if (event.name === "accepted" && replaces) return;
    if (event.name === "accepted") this.#accept(turn, null);
    if (event.name === "done") this.#accept(turn, event.data.id);
    if (event.name === "done" && replaces) yield { name: "accepted", data: null };
    yield event;
  }

  #accept(turn, answer) {
    this.place(turn, answer);
    this.#doubtful = null;
  }

  async #begin(signal) {
    if (this.id !== null) return;
    const { id } = await createConversation(signal);
    signal.throwIfAborted();
    this.id = id;
    this.#began(id);
  }

  async #settle(signal) {
    if (this.#doubtful === null) return;
    const { turns } = await getConversation(this.id, signal);
    const stored = this.#recognise(turns);
    if (stored !== null) this.place(stored);
  }

  /** Find the doubtful turn among those that are stored; return it if it is there. */
  #recognise(turns) {
    const turn = this.#doubtful;
    this.#doubtful = null;
    if (turn === null) return null;
    const at = turn.position ?? this.#kept.length;
    if (turns[at]?.question !== turn.question || same(this.#kept[at], turns[at])) return null;
    turn.position = at;
    return turn;
  }
}

function same(known, stored) {
  return known?.question === stored?.question && known?.answer === (stored && (stored.answer?.id ?? null));
}
