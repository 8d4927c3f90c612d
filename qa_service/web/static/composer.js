/** The box that questions are typed into: it grows, counts, sends on Enter and can be stopped. */

import { t } from "./texts.js";

const LONGEST = 2000;
const WARN_FROM = 1800;
const GROWS_ALONE = CSS.supports("field-sizing", "content"); // then nothing need be measured while somebody types

export class Composer {
  #form = document.getElementById("composer");
  #box = document.getElementById("question");
  #send = document.getElementById("send");
  #stop = document.getElementById("stop");
  #length = document.getElementById("length");
  #busy = false;

  /** `ask(question)` is called with what was typed, `stop()` when the reader has waited enough. */
  constructor(ask, stop) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(ask);
    });
    this.#box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit(ask);
    });
    this.#box.addEventListener("input", () => this.#measure());
    this.#stop.addEventListener("click", stop);
    this.focusUnlessTouched();
  }

  /** Put the caret into the box. */
  focus() {
    this.#box.focus({ preventScroll: true });
  }

  /** Do so where that opens no keyboard over half of the screen. */
  focusUnlessTouched() {
    if (matchMedia("(pointer: fine)").matches) this.focus();
  }

  /** Show that an answer is being made, during which typing goes on and sending waits. */
  set busy(busy) {
    const held = document.activeElement === this.#stop;
    this.#busy = busy;
    this.#send.hidden = busy;
    this.#stop.hidden = !busy;
    if (held) this.focus();
  }

  #submit(ask) {
    const question = this.#box.value.trim();
    if (this.#busy || question === "") return;
    this.#box.value = "";
    this.#measure();
    ask(question);
  }

  #measure() {
    if (!GROWS_ALONE) grow(this.#box);
    const length = [...this.#box.value.trim()].length;
    const words = length < WARN_FROM ? "" : t("composer.length", { n: length, most: LONGEST });
    if (this.#length.textContent !== words) this.#length.textContent = words;
    this.#length.classList.toggle("over", length > LONGEST);
  }
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}
