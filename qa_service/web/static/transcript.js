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
    this.#quietly(() => this.#root.replaceChildren(...turns.map(({ root }) => root)));
    turns.at(-1)?.reveal("start", "instant");
  }

  /** Show these stored turns in place of those kept from `position` on; nothing else moves, nothing is announced. */
  replaceFrom(position, turns) {
    const gone = this.#turns.filter((turn) => turn.position !== null && turn.position >= position);
    const held = gone.some(({ root }) => root.contains(document.activeElement));
    this.#turns = [...this.#turns.filter((turn) => !gone.includes(turn)), ...turns];
    this.#quietly(() => {
      gone.forEach(({ root }) => root.remove());
      this.#root.append(...turns.map(({ root }) => root));
    });
    if (held) (turns[0] ?? this.#turns.at(-1))?.focus();
  }

  /** Whether somebody is writing in a turn: changing its question, or saying what is wrong with its answer. */
  get written() {
    return this.#root.querySelector("form") !== null;
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

  #quietly(change) {
    this.#root.ariaLive = "off";
    change();
    requestAnimationFrame(() => (this.#root.ariaLive = null));
  }
}
