/** Shows what is being added, each with a bar, and asks the service how far it is. */

import { element } from "./dom.js";
import { ServiceError } from "./client.js";
import { begin, end } from "./library-begun.js";
import { getJob } from "./library-service.js";
import { t } from "./texts.js";

const SOON_MS = 300;
const LATER_MS = 2000;
const MOST_MISSES = 5; // times in a row that the service may be out of reach before that is told

// What is said in each state and stage of a job; a stage that is not known here is not told.
const SAYS = {
  sending: "library.job.sending",
  queued: "library.job.queued",
  reading: "library.job.reading",
  passages: "library.job.passages",
  sentences: "library.job.sentences",
  words: "library.job.words",
  writing: "library.job.writing",
};

export class Jobs {
  #list = document.getElementById("jobs");

  /** Show one more job under `name`, begun by `start()`; return its documents when it is done, or throw why not. */
  async run(name, start) {
    return this.#shown(new Row(name, "sending"), async (row) => {
      const job = await start();
      begin(job, name);
      return followed(job, row);
    });
  }

  /** Show a job that was begun before this page was loaded, as `run` does; return `null` if it is no longer known. */
  async resume({ id, name }) {
    return this.#shown(new Row(name, "queued"), async (row) => {
      try {
        return await followed(await asked(id), row);
      } catch (error) {
        if (error.status !== 404) throw error;
        end({ id });
        return null;
      }
    });
  }

  async #shown(row, work) {
    this.#list.append(row.root);
    try {
      return await work(row);
    } finally {
      row.root.remove();
    }
  }
}

class Row {
  #name;
  #words = element("span", { dir: "auto" });
  #bar;

  constructor(name, stage) {
    this.#name = name;
    this.#bar = element("progress", { "aria-label": name });
    this.root = element("li", {}, this.#words, this.#bar);
    this.tell(stage);
  }

  /** Tell what goes on, once for each stage, so that a screen reader is not flooded. */
  tell(stage) {
    const words = SAYS[stage] && t(SAYS[stage], { name: this.#name });
    if (words && words !== this.#words.textContent) this.#words.textContent = words;
  }

  show({ status, stage, done, total }) {
    this.tell(status === "queued" ? "queued" : stage);
    if (total > 0 && status === "running") {
      this.#bar.max = total;
      this.#bar.value = done;
    } else this.#bar.removeAttribute("value");
  }
}

async function followed(job, row) {
  let pause = SOON_MS;
  for (let state = job; ; state = await asked(job.id)) {
    row.show(state);
    if (state.status === "done" || state.status === "failed") end(job); // whoever called shows it now
    if (state.status === "done") return state.documents;
    if (state.status === "failed") throw new ServiceError(state.error.message);
    await rest(pause);
    pause = Math.min(pause * 1.3, LATER_MS);
  }
}

async function asked(id) {
  for (let misses = 1; ; misses += 1) {
    try {
      return await getJob(id);
    } catch (error) {
      if (error.status !== null || misses === MOST_MISSES) throw error; // an answer of the service is final
      await rest(LATER_MS);
    }
  }
}

function rest(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
