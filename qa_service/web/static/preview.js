/** Shows the cited words beside a chip while a pointer or the focus rests on it. */

import { element } from "./dom.js";
import { provenanceLine } from "./words.js";

const SUPPORT = { verbatim: "Quoted word for word", supported: "Says the same in other words" };
const MARGIN = 8;
const LINGER_MS = 120; // long enough to move the pointer from the chip into the preview

export class Preview {
  #root;
  #chip = null;
  #timer = 0;

  constructor(root) {
    this.#root = root;
    root.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    root.addEventListener("pointerleave", () => this.#hideSoon());
  }

  /** Show `source` whenever `chip` is pointed at or focused. */
  attach(chip, source, support) {
    const show = () => this.#show(chip, source, support);
    chip.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show());
    chip.addEventListener("focus", () => chip.matches(":focus-visible") && show());
    chip.addEventListener("pointerleave", () => this.#hideSoon());
    chip.addEventListener("blur", () => this.hide());
  }

  /** Take the preview away; return whether there was one. */
  hide() {
    clearTimeout(this.#timer);
    const shown = this.#chip !== null;
    this.#chip?.removeAttribute("aria-describedby");
    this.#chip = null;
    this.#root.hidden = true;
    return shown;
  }

  #hideSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), LINGER_MS);
  }

  #show(chip, source, support) {
    this.hide();
    this.#chip = chip;
    chip.setAttribute("aria-describedby", this.#root.id);
    this.#root.replaceChildren(...content(source, support));
    this.#root.hidden = false;
    this.#place(chip.getBoundingClientRect());
  }

  #place(chip) {
    const { offsetWidth: width, offsetHeight: height } = this.#root;
    const left = Math.min(chip.left - MARGIN, document.documentElement.clientWidth - width - MARGIN);
    const above = chip.top - height - MARGIN;
    this.#root.style.left = `${Math.max(MARGIN, left)}px`;
    this.#root.style.top = `${above >= MARGIN ? above : chip.bottom + MARGIN}px`;
  }
}

function content(source, support) {
  const fine = [provenanceLine(source), source.speaker].filter(Boolean).join(" · ");
  return [
    element("p", { class: "title", dir: "auto" }, source.document_title),
    element("p", { class: "fine" }, fine),
    element("blockquote", { dir: "auto" }, source.cited_text),
    element("p", { class: "fine" }, SUPPORT[support]),
  ];
}
