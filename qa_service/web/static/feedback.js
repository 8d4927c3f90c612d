/** Two thumbs for an answer; the one that points down asks what is wrong. What was said is stored and shown. */

import { sendFeedback, ServiceError } from "./client.js";
import { button, element } from "./dom.js";
import { thumb } from "./icons.js";
import { t } from "./texts.js";

const REASONS = ["citation_missing", "citation_wrong", "not_in_my_documents", "inaccurate", "other"];
const LONGEST_COMMENT = "2000";

export class Feedback {
  #answer;
  #given;
  #say;
  #up = thumbButton("up", () => this.#send({ rating: "up", reasons: [], comment: "" }, this.#up));
  #down = thumbButton("down", () => this.#toggleForm());
  #form = null;

  /** What is to stand beside the other tools, and what below them. */
  buttons = [this.#up, this.#down];
  below = element("div", { class: "feedback" });

  /** `given` is what is stored already, or `null`; `say(words)` tells what happened. */
  constructor(answer, given, say) {
    this.#answer = answer;
    this.#given = given;
    this.#say = say;
    this.#showState();
  }

  #toggleForm() {
    if (this.#form !== null) return this.#closeForm();
    this.#form = form(this.#given, (feedback) => this.#send(feedback, this.#down), () => this.#closeForm());
    this.below.replaceChildren(this.#form);
    this.#down.ariaExpanded = "true";
    this.#form.elements[0].querySelector("input").focus();
  }

  #closeForm() {
    this.#form = null;
    this.#showState();
    this.#down.focus();
  }

  async #send(feedback, pressed) {
    try {
      await sendFeedback({ answer_id: this.#answer, ...feedback });
      this.#given = feedback;
      this.#form = null;
      this.#showState();
      this.#say(t("feedback.thanks"));
      pressed.focus();
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.below.querySelector(".problem")?.remove();
      this.below.append(element("p", { class: "problem", role: "alert" }, error.message));
    }
  }

  #showState() {
    this.#up.ariaPressed = String(this.#given?.rating === "up");
    this.#down.ariaPressed = String(this.#given?.rating === "down");
    this.#down.ariaExpanded = "false";
    this.below.replaceChildren(...(this.#given === null ? [] : [element("p", { class: "fine" }, words(this.#given))]));
  }
}

function thumbButton(way, act) {
  const made = button("", act, { class: "quiet thumb", "aria-label": t(`feedback.${way}`) });
  made.append(thumb(way));
  return made;
}

function form(given, send, cancel) {
  const boxes = REASONS.map((reason) => checkbox(reason, given?.reasons.includes(reason) ?? false));
  const reasons = element("fieldset", {}, element("legend", {}, t("feedback.what")), ...boxes);
  const comment = element("textarea", { name: "comment", rows: "2", maxlength: LONGEST_COMMENT, dir: "auto" });
  comment.value = given?.comment ?? "";
  const labelled = element("label", {}, t("feedback.comment"), comment);
  const row = element("div", { class: "row" }, element("button", {}, t("feedback.send")));
  row.append(button(t("dialog.cancel"), cancel, { class: "quiet" }));
  const made = element("form", {}, reasons, labelled, row);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ rating: "down", reasons: new FormData(made).getAll("reason"), comment: comment.value.trim() });
  });
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    cancel();
  });
  return made;
}

function checkbox(reason, checked) {
  const box = element("input", { type: "checkbox", name: "reason", value: reason, checked });
  return element("label", { class: "choice" }, box, t(`feedback.reason.${reason}`));
}

function words({ rating, reasons, comment }) {
  if (rating === "up") return t("feedback.stored.up");
  const said = [...reasons.map((reason) => t(`feedback.reason.${reason}`)), comment && `“${comment}”`].filter(Boolean);
  return said.length === 0 ? t("feedback.stored.down") : t("feedback.stored.why", { why: said.join(", ") });
}
