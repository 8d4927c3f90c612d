/** Runs one question at a time: sends it, hands the events of its answer to its turn, and says how far it is. */

import { ServiceError } from "./client.js";
import { t } from "./texts.js";

export class Asking {
  #page;
  #running = null;

  /** `page` has `conversation`, `composer`, `say(words)`, and `accepted(turn)`, called once the question is stored. */
  constructor(page) {
    this.#page = page;
  }

  get busy() {
    return this.#running !== null;
  }

  /** Ask the question of `turn` and draw what comes. */
  async run(turn) {
    if (this.busy) return;
    const mine = { turn, controller: new AbortController() };
    this.#running = mine;
    this.#page.composer.busy = true;
    turn.restart();
    this.#page.say(t("status.searching"));
    turn.reveal();
    try {
      await this.#follow(turn, mine.controller.signal);
    } catch (error) {
      if (!mine.controller.signal.aborted) this.#fail(turn, error);
    } finally {
      if (this.#running === mine) this.#rest();
    }
  }

  /** Stop the question that runs; it stays, with what of its answer has come. */
  stop() {
    this.#running?.turn.stop();
    this.abandon();
    this.#page.say(t("status.stopped"));
  }

  /** Let go of the question that runs, if one does. */
  abandon() {
    this.#running?.controller.abort();
    this.#rest();
  }

  #rest() {
    this.#running = null;
    this.#page.composer.busy = false;
  }

  async #follow(turn, signal) {
    for await (const { name, data } of this.#page.conversation.ask(turn, signal)) {
      if (signal.aborted) return;
      this.#take(turn, name, data);
    }
  }

  #take(turn, name, data) {
    if (name === "accepted") this.#page.accepted(turn);
    if (name === "start") this.#start(turn, data.standalone_question);
    if (name === "documents") this.#page.say(searched(data.documents));
    if (name === "delta") turn.extend(data);
    if (name === "citation") turn.cite(data);
    if (name === "done") this.#finish(turn, data);
  }

  #start(turn, standalone) {
    if (turn.understood(standalone)) this.#page.say(t("status.searching_for", { question: standalone }));
  }

  #finish(turn, answer) {
    turn.finish(answer);
    turn.reveal();
    this.#page.say(outcome(answer));
  }

  #fail(turn, error) {
    this.#page.say("");
    turn.fail(error instanceof ServiceError ? error.message : t("error.page"));
    turn.reveal("nearest");
    if (!(error instanceof ServiceError)) throw error;
  }
}

function searched(documents) {
  const { documents: all, passages } = document.getElementById("transcript").dataset; // of the index, as it was when the page was made
  const within = { documents: t("documents", { n: Number(all) }), passages: t("passages", { n: Number(passages) }) };
  return t("status.searched", { n: documents.length, ...within });
}

function outcome({ status, citations }) {
  if (status === "not_found") return t("status.not_found");
  const sources = new Set(citations.map((citation) => citation.number)).size;
  return t(status === "partial" ? "status.partial" : "status.answered", { n: sources });
}
