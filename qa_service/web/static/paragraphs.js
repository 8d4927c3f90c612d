/** Cuts a stored text into paragraph elements with one span of it marked; the server's page does the same. */

import { element } from "./dom.js";
import { t } from "./texts.js";

/** Return `<p>` elements for the non-empty lines of `text`; `start` and `end` are UTF-16 offsets. */
export function markedParagraphs(text, start, end) {
  return [...text.matchAll(/[^\n]*\S[^\n]*/g)].map((line) => {
    const [from, to] = [line.index, line.index + line[0].length];
    const [first, last] = [start, end].map((offset) => Math.min(Math.max(offset, from), to));
    const mark = first < last ? marked(text.slice(first, last)) : null;
    return element("p", { dir: "auto" }, text.slice(from, first), mark, text.slice(last, to));
  });
}

/** Return `text` marked as cited; a screen reader says the attributes around it, see document.css. */
export function marked(text) {
  return element("mark", { "data-before": t("mark.before"), "data-after": t("mark.after") }, text);
}
