/** The box that questions are typed into: it grows, counts, sends on Enter and can be stopped. */

const LONGEST = 2000;
const WARN_FROM = 1800;

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
    if (matchMedia("(pointer: fine)").matches) this.focus();
  }

  /** Put the caret into the box. */
  focus() {
    this.#box.focus({ preventScroll: true });
  }

  /** Put `question` into the box to be changed. */
  edit(question) {
    this.#box.value = question;
    this.#measure();
    this.focus();
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
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
    const length = [...this.#box.value.trim()].length;
    this.#length.textContent = length < WARN_FROM ? "" : `${length.toLocaleString("en")} of ${LONGEST.toLocaleString("en")}`;
    this.#length.classList.toggle("over", length > LONGEST);
  }
}
