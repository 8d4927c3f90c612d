/** Takes in documents: files that are chosen or dropped anywhere on the page, and pasted texts. */

import { element } from "./dom.js";
import { Jobs } from "./library-jobs.js";
import { addFiles, addText } from "./library-service.js";
import { t } from "./texts.js";

const READABLE = /\.(txt|md|jsonl)$/i;

export class Upload {
  #jobs = new Jobs();
  #problem = document.getElementById("upload-problem");
  #added;

  /** `added(documents, name)` is told what was added under which name. */
  constructor(added) {
    this.#added = added;
    const picker = document.getElementById("files");
    picker.addEventListener("change", () => {
      this.#files([...picker.files]);
      picker.value = ""; // so that the same file can be chosen again
    });
    document.getElementById("paste-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#text(event.currentTarget);
    });
    listenForDrops((files) => this.#files(files));
  }

  #files(files) {
    const readable = files.filter(({ name }) => READABLE.test(name));
    const others = files.filter((file) => !readable.includes(file)).map(({ name }) => name);
    this.#say(others.length > 0 ? t("library.add.kinds", { names: others.join(", ") }) : null);
    if (readable.length === 0) return;
    const name = readable.length === 1 ? readable[0].name : t("library.job.files", { n: readable.length });
    this.#run(name, () => addFiles(readable));
  }

  async #text(form) {
    const given = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
    if (given.text === undefined) return form.elements.text.focus();
    this.#say(null);
    const sent = await this.#run(given.title ?? t("library.paste.unnamed"), () => addText(given));
    if (sent) form.reset(); // what could not be added stays to be put right
  }

  async #run(name, start) {
    try {
      await this.#added(await this.#jobs.run(name, start), name);
      return true;
    } catch (error) {
      this.#say(t("library.job.failed", { name, message: error.message }));
      return false;
    }
  }

  #say(words) {
    this.#problem.replaceChildren(...(words === null ? [] : [element("p", { class: "problem", dir: "auto" }, words)]));
  }
}

/** Call `take(files)` with the files that are dropped anywhere; while some hover, the page shows that it takes them. */
function listenForDrops(take) {
  const zone = document.getElementById("drop");
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  const hover = (hovering) => zone.classList.toggle("hovered", hovering);
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    hover(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) hover(false); // it left the window, not only an element
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    hover(false);
    take([...event.dataTransfer.files]);
  });
}
