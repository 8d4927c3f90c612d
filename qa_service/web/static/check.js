/** Reads every citation of an answer again from the stored documents, and says for each in words how it stands. */

import { ServiceError, verify } from "./client.js";
import { button, element } from "./dom.js";
import { t } from "./texts.js";

export class Check {
  #answer;
  #say;

  /** `say(words)` tells the outcome in one sentence. */
  constructor(answer, say) {
    this.#answer = answer;
    this.#say = say;
    this.button = button(t("check.button"), () => this.#run(), { class: "quiet" });
    this.result = element("div", { class: "check" });
  }

  async #run() {
    this.button.disabled = true;
    try {
      this.#show(await verify(this.#answer.id));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.result.replaceChildren(element("p", { class: "problem", role: "alert" }, error.message));
    } finally {
      this.button.disabled = false;
    }
  }

  #show({ citations }) {
    const cited = new Map(this.#answer.citations.map((citation) => [citation.id, citation]));
    const failed = citations.filter(({ verified }) => !verified).length;
    const words = failed === 0 ? t("check.all", { n: citations.length }) : t("check.failed", { n: failed });
    const items = citations.map((citation) => item(citation, cited.get(citation.id)));
    const title = element("p", { class: failed === 0 ? "good" : "bad" }, words);
    this.result.replaceChildren(title, element("ul", {}, ...items));
    this.#say(words);
  }
}

function item({ verified, sources }, { number, sources: [first] }) {
  const badge = element("span", { class: "number" }, String(number));
  const quoted = element("span", { class: "cited-text", dir: "auto" }, first.cited_text);
  const reasons = [...new Set(sources.filter((source) => !source.verified).map(({ reason }) => reason))];
  const words = verified ? t("check.same") : reasons.map((reason) => t(`check.${reason}`)).join(" ");
  return element("li", { class: verified ? "good" : "bad" }, badge, quoted, element("span", {}, words));
}
