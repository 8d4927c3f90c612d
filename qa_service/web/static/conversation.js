/** Keeps the turns of this page, and gives as many of the latest as one request may carry. */

const MOST_TURNS = 50;
const LONGEST_TURN = 8000;
const MOST_BYTES = 40 * 1024; // of the 64 KiB that a request may have; the question takes its part

export class Conversation {
  #turns = [];

  /** Remember a question and its answer. */
  add(question, answer) {
    this.#turns.push(turn("user", question), turn("assistant", answer));
  }

  /** Forget everything. */
  clear() {
    this.#turns = [];
  }

  /** Return the latest turns, oldest first, as `history` of a request. */
  history() {
    const latest = this.#turns.slice(-MOST_TURNS);
    let bytes = latest.reduce((sum, each) => sum + size(each), 0);
    while (bytes > MOST_BYTES) bytes -= size(latest.shift());
    return latest;
  }
}

function turn(role, content) {
  return { role, content: [...content].slice(0, LONGEST_TURN).join("") };
}

function size(value) {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
