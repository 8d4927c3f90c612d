/** Draws the text of an answer as it grows, each cited part followed by its chips. */

import { element } from "./dom.js";
import { utf16Offset } from "./offsets.js";
import { pieces } from "./pieces.js";
import { references } from "./references.js";
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

  /** Every cited span in reading order. */
  get references() {
    return references(this.#citations);
  }

  /** Take in a sentence; it is drawn with its first citation, so that it never stands unsupported. */
  extend(text, start) {
    this.#text = this.#text.slice(0, utf16Offset(this.#text, start)) + text;
  }

  /** Take in a citation of the latest sentence. */
  cite(citation) {
    this.#citations.push(citation);
    const come = pieces(this.#text, this.#citations);
    this.#draw(come.slice(0, 1 + come.findLastIndex(isCited))); // behind it stand markers whose citations are to come
  }

  /** Take in the finished answer; what is drawn already and right stays as it is. */
  finish(text, citations) {
    this.#text = text;
    this.#citations = citations;
    this.#draw(pieces(text, citations));
  }

  #draw(wanted) {
    let same = 0;
    while (same < this.#drawn.length && this.#stays(this.#drawn[same], wanted[same])) same += 1;
    this.#drawn.splice(same).forEach(({ node }) => node.remove());
    for (const piece of wanted.slice(same)) {
      const node = this.#piece(piece);
      this.#drawn.push({ piece, node });
      this.#root.append(node);
    }
  }

  /** Whether what is drawn may stay; a chip that came since is added to it, as a new sentence would be read out again. */
  #stays(drawn, wanted) {
    const { text, citations } = drawn.piece;
    if (wanted?.text !== text || isCited(wanted) !== isCited(drawn.piece)) return false;
    if (!citations.every(({ id }, index) => wanted.citations[index]?.id === id)) return false;
    const more = wanted.citations.slice(citations.length);
    if (more.length > 0) drawn.node.lastChild.append(...more.map((citation) => this.#chip(citation)));
    drawn.piece = wanted;
    return true;
  }

  #piece(piece) {
    if (!isCited(piece)) return element("span", {}, piece.text);
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

function isCited(piece) {
  return piece.citations.length > 0;
}
