/** The form in which a question is changed where it stands in the conversation. */

import { button, element } from "./dom.js";
import { t } from "./texts.js";

/**
 * Return the form. `later` is how many turns follow, which a changed question removes; `done` gets the new question,
 * or `null` if it is to stay as it is.
 */
export function editor(question, later, done) {
  const box = element("textarea", { name: "question", rows: "2", dir: "auto", maxlength: "2000", required: true });
  box.value = question;
  box.ariaLabel = t("turn.edit");
  const send = element("button", {}, t("turn.again"));
  const cancel = button(t("dialog.cancel"), () => done(null), { class: "quiet" });
  const loss = later > 0 && element("p", { class: "fine" }, t("turn.edit.later", { n: later }));
  const title = element("h2", { class: "visually-hidden" }, t("turn.edit"));
  const form = element("form", { class: "editor" }, title, box, loss, element("div", { class: "row" }, send, cancel));
  form.addEventListener("submit", (event) => submit(event, box, done));
  form.addEventListener("keydown", (event) => onKey(event, form, done));
  return form;
}

function submit(event, box, done) {
  event.preventDefault();
  const question = box.value.trim();
  if (question !== "") done(question);
}

function onKey(event, form, done) {
  if (event.key === "Escape") {
    event.stopPropagation(); // the panel beside it stays open
    done(null);
  }
  const asks = event.target === form.elements.question && event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (!asks) return;
  event.preventDefault();
  form.requestSubmit();
}
