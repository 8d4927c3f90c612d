/** Draws the text of an answer as it grows, each cited part followed by its chips. */

import { element } from "./dom.js";
import { utf16Offset } from "./offsets.js";
import { pieces } from "./pieces.js";
import { opener } from "./sources.js";

export class AnswerText {
  #root;
  #chipActions;
  #text = "";
  #citations = [];
  #drawn = [];

  /** `chipActions` has `open(reference, chip)` and `preview(chip, source, support)`. */
  constructor(root, chipActions) {
    this.#root = root;
    this.#chipActions = chipActions;
  }

  /** Every cited span in reading order, as `{ key, number, source }`. */
  get references() {
    return references(this.#citations);
  }

  /** Take in a sentence; it is drawn together with its citation, so that it never stands unsupported. */
  extend(text, start) {
    this.#text = this.#text.slice(0, utf16Offset(this.#text, start)) + text;
  }

  /** Take in a citation of the latest sentence. */
  cite(citation) {
    this.#citations.push(citation);
    this.#draw();
  }

  /** Take in the finished answer; what is drawn already and right stays as it is. */
  finish(text, citations) {
    this.#text = text;
    this.#citations = citations;
    this.#draw();
  }

  #draw() {
    const wanted = pieces(this.#text, this.#citations);
    let same = 0;
    while (same < this.#drawn.length && this.#drawn[same].key === keyOf(wanted[same])) same += 1;
    this.#drawn.splice(same).forEach(({ node }) => node.remove());
    for (const piece of wanted.slice(same)) {
      const node = this.#piece(piece);
      this.#drawn.push({ key: keyOf(piece), node });
      this.#root.append(node);
    }
  }

  #piece(piece) {
    if (piece.citations.length === 0) return element("span", {}, piece.text);
    const [, head, word] = piece.text.match(/^([^]*?)(\S{0,24})$/);
    const kept = element("span", { class: "kept" }, word, ...piece.citations.map((citation) => this.#chip(citation)));
    return element("span", { class: "sentence" }, head, kept);
  }

  #chip(citation) {
    const [reference] = references([citation]);
    const chip = opener(reference, this.#chipActions.open, "chip");
    this.#chipActions.preview(chip, reference.source, citation.support);
    return chip;
  }
}

/** Return every cited span in reading order, as `{ key, number, source }`. */
export function references(citations) {
  return citations.flatMap(({ id, number, sources }) =>
    sources.map((source, index) => ({ key: `${id}/${index}`, number, source })),
  );
}

function keyOf(piece) {
  return piece && [piece.text, ...piece.citations.map((citation) => citation.id)].join("\n");
}
