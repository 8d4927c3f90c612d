/**
 * The stored conversation that the page shows: knows its identifier and at which position the service keeps each turn.
 *
 * A question whose request broke may or may not have been stored, so before the next one is sent the service is asked.
 * The turns themselves are drawn by `transcript`.
 */

import { ask, createConversation, getConversation } from "./client.js";

export class Conversation {
  #began;
  #length = 0; // how many turns the service is known to keep
  #doubtful = null;

  /** `id` is `null` for one that its first question will begin; then `began(id)` is called. */
  constructor(id, began = () => {}) {
    this.id = id;
    this.#began = began;
  }

  /** Take in that `turn` is stored as the next one. */
  place(turn) {
    turn.position ??= this.#length;
    this.#length = turn.position + 1;
  }

  /** Ask the question of `turn`, in its old place if it has one, and yield the events as `client.ask` does. */
  async *ask(turn, signal) {
    await this.#begin(signal);
    await this.#settle(signal);
    this.#doubtful = turn;
    const body = { question: turn.question, at: turn.position };
    for await (const event of ask(this.id, body, signal)) {
      if (event.name === "accepted") this.#accept(turn);
      yield event;
    }
  }

  #accept(turn) {
    this.place(turn);
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
    if (turns.length > this.#length) this.#doubtful.position ??= this.#length;
    this.#length = turns.length;
    this.#doubtful = null;
  }
}
