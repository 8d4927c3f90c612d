/** Shows a stored document beside the conversation with the cited span marked, and steps through the citations. */

import { getDocument, permalink, ServiceError } from "./client.js";
import { button, element, scrollWithin, webLink } from "./dom.js";
import { sliceByCodePoints, utf16Offset } from "./offsets.js";
import { markedParagraphs } from "./paragraphs.js";
import { t } from "./texts.js";
import { provenance } from "./words.js";

const SHEET = matchMedia("(max-width: 1099px)"); // below this width the panel lies over the page; see panel.css

const STEPS = { "[": -1, "]": 1, ArrowLeft: -1, ArrowRight: 1 };

const part = (name) => document.getElementById(`panel-${name}`);

export class Panel {
  #root = document.getElementById("panel");
  #shade = document.getElementById("shade");
  #behind = [document.getElementById("main"), document.querySelector(".top")];
  #references = [];
  #current = null;
  #opener = null;

  constructor() {
    this.#root.addEventListener("keydown", (event) => this.#onKey(event));
    part("close").addEventListener("click", () => this.close());
    part("previous").addEventListener("click", () => this.#step(-1));
    part("next").addEventListener("click", () => this.#step(1));
    this.#shade.addEventListener("click", () => this.close());
    SHEET.addEventListener("change", () => this.#layOut());
  }

  get isOpen() {
    return !this.#root.hidden;
  }

  /** Show `reference`, one of `references`; the focus goes to the title and on closing back to `opener`. */
  open(reference, references, opener) {
    this.#opener = opener;
    this.#references = references;
    this.#root.hidden = false;
    this.#layOut();
    this.#show(reference);
    part("title").focus({ preventScroll: true });
  }

  /** Put the panel away. */
  close() {
    if (!this.isOpen) return;
    this.#root.hidden = true;
    this.#layOut();
    this.#mark(null);
    this.#opener?.focus({ preventScroll: true });
  }

  #layOut() {
    const modal = this.isOpen && SHEET.matches;
    this.#shade.hidden = !modal;
    for (const behind of this.#behind) behind.inert = modal;
    this.#root.setAttribute("role", modal ? "dialog" : "complementary");
    this.#root.ariaModal = modal ? "true" : null;
    document.body.classList.toggle("with-panel", this.isOpen);
  }

  #onKey(event) {
    const by = STEPS[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // elsewhere on the page the brackets go from chip to chip
    if (this.#index() >= 0 && this.#references[this.#index() + by]) this.#step(by);
  }

  #step(by) {
    this.#show(this.#references[this.#index() + by]);
    part("title").focus({ preventScroll: true });
  }

  #index() {
    return this.#references.findIndex((reference) => reference.key === this.#current?.key);
  }

  #show(reference) {
    this.#mark(reference);
    const { source } = reference;
    part("title").textContent = source.document_title;
    part("meta").replaceChildren(...provenance(source).map((text) => element("li", {}, text)));
    if (source.speaker) part("meta").append(element("li", {}, t("source.speaker", { speaker: source.speaker })));
    part("links").replaceChildren(element("a", { href: permalink(source), target: "_blank" }, t("panel.page")));
    part("links").append(webLink(source.url, t("document.original")) ?? "");
    this.#showPosition();
    this.#load(reference);
  }

  #showPosition() {
    const index = this.#index();
    const last = this.#references.length - 1;
    part("position").textContent = index < 0 ? t("sources.related") : t("panel.position", { position: index + 1, last: last + 1 });
    part("previous").disabled = index <= 0;
    part("next").disabled = index < 0 || index >= last;
  }

  async #load(reference) {
    part("check").replaceChildren();
    part("text").replaceChildren(element("p", { class: "fine" }, t("panel.opening")));
    try {
      const stored = await getDocument(reference.source.document_id);
      if (this.#current === reference) this.#showText(reference, stored.text);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (this.#current === reference) this.#showFailure(reference, error.message);
    }
  }

  #showText({ source, support }, text) {
    const cited = source.cited_text !== undefined;
    const same = cited && sliceByCodePoints(text, source.start_char_index, source.end_char_index) === source.cited_text;
    const span = same ? [source.start_char_index, source.end_char_index].map((at) => utf16Offset(text, at)) : [0, 0];
    part("text").replaceChildren(...markedParagraphs(text, ...span));
    part("check").textContent = cited ? verdict(same, support) : "";
    part("check").classList.toggle("changed", cited && !same);
    const mark = part("text").querySelector("mark");
    part("body").scrollTop = 0;
    // On a very low screen it is the whole panel that scrolls, see panel.css.
    if (mark) [part("body"), this.#root].forEach((scroller) => scrollWithin(scroller, mark));
  }

  #showFailure(reference, message) {
    const retry = button(t("panel.retry"), () => this.#load(reference), { class: "quiet" });
    part("text").replaceChildren(element("div", { class: "problem", role: "alert" }, element("p", {}, message), retry));
  }

  #mark(reference) {
    this.#current = reference;
    for (const chip of document.querySelectorAll(":is(.chip, .card, .opener)[aria-expanded]")) chip.removeAttribute("aria-expanded");
    if (reference !== null) this.#opener?.setAttribute("aria-expanded", "true");
  }
}

function verdict(same, support) {
  if (!same) return t("panel.changed");
  return t(support === "supported" ? "panel.bears" : "panel.same");
}
