/** Says who wrote an answer where a language model is configured: the model, or the documents in its place and why. */

import { element } from "./dom.js";
import { around, t } from "./texts.js";

/** Return the line that says so, or `null` where there is nothing to say; answers of older versions know less. */
export function authorship({ mode, name, note = null, withheld = 0 }) {
  const said = mode === "llm" ? [[t("model.wrote", { name })]] : [];
  if (mode === "llm" && withheld > 0) said.push([t("model.withheld", { n: withheld })]);
  if (note !== null) said.push(because(mode === "llm" ? "model.broke" : "model.unused", note));
  if (said.length === 0) return null;
  return element("p", { class: "fine" }, ...said.flatMap((words, index) => (index > 0 ? [" · ", ...words] : words)));
}

/** The service gives its reasons in English. */
function because(key, note) {
  const [before, after] = around(key, "note");
  return [before, element("span", { lang: "en" }, note), after];
}
