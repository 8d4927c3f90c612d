/** The turns on the page, oldest first: adds them, draws stored ones without announcing them, and lets later ones go. */

export class Transcript {
  #root = document.getElementById("transcript");
  #turns = [];

  get firstQuestion() {
    return this.#turns[0]?.question ?? null;
  }

  /** Show one more turn. */
  add(turn) {
    this.#turns.push(turn);
    this.#root.append(turn.root);
  }

  /** Show these stored turns and nothing else; a screen reader is not read the whole conversation. */
  show(turns) {
    this.#turns = turns;
    this.#root.ariaLive = "off";
    this.#root.replaceChildren(...turns.map(({ root }) => root));
    requestAnimationFrame(() => (this.#root.ariaLive = null));
    turns.at(-1)?.reveal("start", "instant");
  }

  /** Show what kept a conversation from being opened. */
  tell(problem) {
    this.#turns = [];
    this.#root.replaceChildren(problem);
  }

  /** Move `turn` behind all others. */
  toEnd(turn) {
    this.#turns.splice(this.#turns.indexOf(turn), 1);
    this.add(turn);
  }

  /** Return how many turns come after `turn`. */
  after(turn) {
    return this.#turns.length - 1 - this.#turns.indexOf(turn);
  }

  /** Take the turns after `turn` off the page. */
  dropAfter(turn) {
    this.#turns.splice(this.#turns.indexOf(turn) + 1).forEach(({ root }) => root.remove());
  }
}
