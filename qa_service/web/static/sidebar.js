/** Holds the list of conversations: a column on wide screens, a drawer that is a dialog on all others. */

import { remember, remembered } from "./memory.js";

const COLUMN = matchMedia("(min-width: 1360px)"); // as in history.css
const CHOICE = "history";

export class Sidebar {
  #list = document.getElementById("history");
  #column = document.getElementById("sidebar");
  #drawer = document.getElementById("drawer");
  #toggle = document.getElementById("history-toggle");

  constructor() {
    this.#toggle.addEventListener("click", () => this.#press());
    document.getElementById("history-close").addEventListener("click", () => this.close());
    this.#drawer.addEventListener("close", () => this.#layOut());
    this.#drawer.addEventListener("click", (event) => event.target === this.#drawer && this.#drawer.close());
    COLUMN.addEventListener("change", () => this.#layOut());
    this.#layOut();
  }

  /** Put the list away. */
  close() {
    if (this.#drawer.open) return this.#drawer.close();
    remember(CHOICE, "closed");
    this.#layOut();
    this.#toggle.focus();
  }

  /** Put the drawer away, because what it was opened for is done; a column stays. */
  leave() {
    if (this.#drawer.open) this.#drawer.close();
  }

  #press() {
    if (COLUMN.matches) {
      remember(CHOICE, this.#column.hidden ? "open" : "closed");
    } else {
      this.#drawer.showModal();
      document.getElementById("history-title").focus();
    }
    this.#layOut();
  }

  #layOut() {
    if (COLUMN.matches && this.#drawer.open) this.#drawer.close();
    const home = COLUMN.matches ? this.#column : this.#drawer;
    if (this.#list.parentNode !== home) home.append(this.#list);
    this.#column.hidden = !COLUMN.matches || remembered(CHOICE) === "closed";
    document.body.classList.toggle("with-history", !this.#column.hidden);
    this.#toggle.ariaExpanded = String(!this.#column.hidden || this.#drawer.open);
  }
}
