/** The list of documents: searches as one types and goes on where it ended, without leaving the page. */

import { append, load, take } from "./library-page.js";
import { t } from "./texts.js";

const PAUSE_MS = 250; // after the last key, so that not every letter is searched for

export class List {
  #form = document.getElementById("search");
  #query = document.getElementById("query");
  #only = document.getElementById("only");
  #pages = document.getElementById("pages");
  #running = new AbortController();
  #timer = 0;
  #fail;

  /** `fail(error)` is told when a list cannot be had. */
  constructor(fail) {
    this.#fail = fail;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show();
    });
    this.#query.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.show(), PAUSE_MS);
    });
    this.#pages.addEventListener("click", (event) => {
      if (event.target.id !== "more" || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#more(event.target.href);
    });
  }

  /** Show the beginning of the list as it is asked for; the address follows, so that coming back shows the same. */
  async show(...others) {
    clearTimeout(this.#timer);
    const address = this.#address();
    await this.#load(address, (page) => {
      take(page, "found", "list", "pages", ...others);
      history.replaceState(null, "", address);
    });
  }

  /** Show everything there is, now that there is more. */
  async showAll() {
    this.#query.value = "";
    this.#form.elements.source?.remove();
    this.#only?.remove();
    await this.show("holdings");
  }

  /** Count again, now that there is less; the rows stay as they are, for the reader is among them. */
  async recount() {
    await this.#load(this.#address(), (page) => take(page, "holdings"));
    this.#tell();
  }

  async #more(address) {
    await this.#load(address, (page) => {
      const [first] = append(page, "list");
      take(page, "pages");
      this.#tell();
      first?.querySelector("a").focus();
    });
  }

  #tell() {
    const key = document.getElementById("more") ? "library.found.more" : "library.found";
    document.getElementById("found").textContent = t(key, { n: document.getElementById("list").childElementCount });
  }

  async #load(address, use) {
    this.#running.abort();
    this.#running = new AbortController();
    try {
      use(await load(address, this.#running.signal));
    } catch (error) {
      if (error.name !== "AbortError") this.#fail(error);
    }
  }

  #address() {
    const given = [...new FormData(this.#form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(given).toString();
    return this.#form.action + (query && `?${query}`);
  }
}
