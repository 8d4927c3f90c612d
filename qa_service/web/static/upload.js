/** Takes in documents: files that are chosen or dropped anywhere on the page, and pasted texts. */

import { element } from "./dom.js";
import { begun } from "./library-begun.js";
import { Jobs } from "./library-jobs.js";
import { addFiles, addText } from "./library-service.js";
import { t } from "./texts.js";

const READABLE = /\.(txt|md|jsonl)$/i;

export class Upload {
  #jobs = new Jobs();
  #problem = document.getElementById("upload-problem");
  #added;

  /**
   * `added(documents, name)` is told what was added under which name; `meanwhile(documents, name)` is told it where that
   * was begun before this page was loaded.
   */
  constructor(added, meanwhile) {
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
    for (const job of begun()) this.#show(job.name, () => this.#jobs.resume(job), meanwhile);
  }

  #files(files) {
    const readable = files.filter(({ name }) => READABLE.test(name));
    const others = files.filter((file) => !readable.includes(file)).map(({ name }) => name);
    this.#say(others.length > 0 ? t("library.add.kinds", { names: others.join(", ") }) : null);
    if (readable.length === 0) return;
    const name = readable.length === 1 ? readable[0].name : t("library.job.files", { n: readable.length });
    this.#show(name, () => this.#jobs.run(name, () => addFiles(readable)));
  }

  async #text(form) {
    const given = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
    if (given.text === undefined) return form.elements.text.focus();
    this.#say(null);
    const name = given.title ?? t("library.paste.unnamed");
    const sent = await this.#show(name, () => this.#jobs.run(name, () => addText(given)));
    if (sent) form.reset(); // what could not be added stays to be put right
  }

  /** Tell how a job ends that `follow()` shows, `added` if well; return whether it did. */
  async #show(name, follow, added = this.#added) {
    try {
      const documents = await follow();
      if (documents !== null) await added(documents, name);
      return true;
    } catch (error) {
      this.#problem.append(problem(t("library.job.failed", { name, message: error.message })));
      return false;
    }
  }

  /** Say what is wrong with what is given now, instead of what was wrong before. */
  #say(words) {
    this.#problem.replaceChildren(...(words === null ? [] : [problem(words)]));
  }
}

function problem(words) {
  return element("p", { class: "problem", dir: "auto" }, words);
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
