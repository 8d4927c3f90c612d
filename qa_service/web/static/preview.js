/** Shows the cited words among their neighbours beside a chip, while a pointer or the focus rests on it or after a tap. */

import { getDocument, ServiceError } from "./client.js";
import { button, element } from "./dom.js";
import { sliceByCodePoints, utf16Offset } from "./offsets.js";
import { marked } from "./paragraphs.js";
import { surroundings } from "./surroundings.js";
import { t } from "./texts.js";
import { provenanceLine } from "./words.js";

const MARGIN = 8;
const LINGER_MS = 120; // long enough to move the pointer from the chip into the preview

export class Preview {
  #root;
  #chip = null;
  #timer = 0;

  constructor(root) {
    this.#root = root;
    root.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    root.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.#hideSoon());
    root.addEventListener("focusout", (event) => this.#isMine(event.relatedTarget) || this.hide());
    document.addEventListener("pointerdown", (event) => this.#isMine(event.target) || this.hide());
    addEventListener("scroll", () => this.#place(), { passive: true });
  }

  /** Show `source` whenever `chip` is pointed at, focused, or tapped for the first time; the next tap is the chip's. */
  attach(chip, source, support) {
    chip.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.#hint(chip, source, support));
    chip.addEventListener("focus", () => chip.matches(":focus-visible") && this.#hint(chip, source, support));
    chip.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.#hideSoon());
    chip.addEventListener("blur", (event) => this.#isMine(event.relatedTarget) || this.hide());
    chip.addEventListener("click", (event) => this.#tapped(event, chip, source, support), { capture: true });
  }

  /** Take the preview away; return whether there was one. */
  hide() {
    clearTimeout(this.#timer);
    const chip = this.#chip;
    if (chip === null) return false;
    if (this.#root.contains(document.activeElement)) chip.focus({ preventScroll: true });
    chip.removeAttribute("aria-describedby");
    this.#chip = null;
    this.#root.hidden = true;
    return true;
  }

  #isMine(target) {
    return target !== null && (this.#root.contains(target) || this.#chip?.contains(target) === true);
  }

  #hideSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), LINGER_MS);
  }

  #hint(chip, source, support) {
    if (this.#chip === chip) return clearTimeout(this.#timer);
    this.#root.setAttribute("role", "tooltip");
    this.#root.removeAttribute("aria-label");
    this.#show(chip, source, support);
    chip.setAttribute("aria-describedby", this.#root.id);
  }

  /** A finger cannot rest on a chip, so its first tap stands for that; what can be pressed makes it a dialog. */
  #tapped(event, chip, source, support) {
    if (event.pointerType !== "touch" || this.#chip === chip) return;
    event.stopImmediatePropagation();
    const open = button(t("preview.open"), () => this.hide() && chip.click(), { class: "quiet" });
    this.#root.setAttribute("role", "dialog");
    this.#root.setAttribute("aria-label", chip.getAttribute("aria-label"));
    this.#show(chip, source, support, open);
    open.focus({ preventScroll: true });
  }

  #show(chip, source, support, ...more) {
    const quote = element("blockquote", { dir: "auto" }, marked(source.cited_text));
    this.hide();
    this.#chip = chip;
    this.#root.replaceChildren(...heading(source), quote, element("p", { class: "fine" }, t(`support.${support}`)), ...more);
    this.#root.hidden = false;
    this.#place();
    this.#surround(quote, source);
  }

  /** Put the neighbouring sentences around the quote, unless the document is out of reach or another by now. */
  async #surround(quote, source) {
    const stored = await getDocument(source.document_id).catch((error) => {
      if (!(error instanceof ServiceError)) throw error;
      return null;
    });
    const [start, end] = [source.start_char_index, source.end_char_index];
    if (stored === null || !quote.isConnected || sliceByCodePoints(stored.text, start, end) !== source.cited_text) return;
    const { before, after } = surroundings(stored.text, utf16Offset(stored.text, start), utf16Offset(stored.text, end));
    quote.prepend(before);
    quote.append(after);
    this.#place();
  }

  #place() {
    if (this.#chip === null) return;
    const chip = this.#chip.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.#root;
    const { clientWidth, clientHeight } = document.documentElement;
    const left = Math.min(chip.left - MARGIN, clientWidth - width - MARGIN);
    const above = chip.top - height - MARGIN;
    const below = Math.min(chip.bottom + MARGIN, clientHeight - height - MARGIN); // a low screen has room on neither side
    this.#root.style.left = `${Math.max(MARGIN, left)}px`;
    this.#root.style.top = `${Math.max(MARGIN, above >= MARGIN ? above : below)}px`;
  }
}

function heading(source) {
  const fine = [provenanceLine(source), source.speaker].filter(Boolean).join(" · ");
  return [
    element("p", { class: "title", dir: "auto" }, source.document_title),
    element("p", { class: "fine", dir: "auto" }, fine),
  ];
}
