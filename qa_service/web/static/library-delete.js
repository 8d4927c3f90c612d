/** Asks before a document is deleted, deletes it, and puts the focus where the reader goes on. */

import { deleteDocument } from "./library-service.js";
import { element } from "./dom.js";
import { t } from "./texts.js";

export class Deletion {
  #dialog = document.getElementById("delete");
  #title = document.getElementById("delete-title");
  #problem = document.getElementById("delete-problem");
  #yes = document.getElementById("delete-yes");
  #no = document.getElementById("delete-no");
  #row = null;

  /** `deleted(words)` is told in words what is gone, after its row. */
  constructor(list, deleted) {
    list.addEventListener("click", (event) => {
      const pressed = event.target.closest(".delete");
      if (pressed) this.#ask(pressed.closest("[data-id]"));
    });
    this.#no.addEventListener("click", () => this.#dialog.close()); // the browser puts the focus back
    this.#yes.addEventListener("click", () => this.#delete(deleted));
  }

  #ask(row) {
    this.#row = row;
    this.#title.textContent = t("library.delete.ask", { title: titleOf(row) });
    this.#problem.replaceChildren();
    this.#busy(false);
    this.#dialog.showModal();
  }

  async #delete(deleted) {
    const row = this.#row;
    this.#busy(true);
    try {
      const gone = await deleteDocument(row.dataset.id);
      this.#dialog.close();
      leave(row);
      deleted(wordsFor(gone));
    } catch (error) {
      this.#problem.replaceChildren(element("p", { class: "problem" }, error.message));
      this.#busy(false);
      this.#no.focus();
    }
  }

  #busy(busy) {
    this.#dialog.setAttribute("aria-busy", String(busy));
    this.#yes.disabled = busy;
  }
}

/** Take a row away; the focus goes to the next one, or to the heading if it was the last. */
function leave(row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (next?.querySelector("a") ?? document.getElementById("documents-title")).focus();
}

function titleOf(row) {
  return row.querySelector("h3").textContent.trim();
}

function wordsFor({ title, passages, statements }) {
  const counts = { passages: t("passages", { n: passages }), statements: t("statements", { n: statements }) };
  return t("library.deleted", { title, ...counts });
}
