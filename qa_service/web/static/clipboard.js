/** Copies text, and says on the pressed button how that went. */

import { t } from "./texts.js";

const SHOWN_MS = 2500;

/** Copy `text`; `pressed` reads `done` for a moment, or why nothing was copied. */
export async function copyInto(pressed, text, done) {
  const label = pressed.dataset.label ?? pressed.textContent;
  pressed.dataset.label = label;
  const copied = await write(text);
  pressed.textContent = copied ? done : t("turn.copy_refused");
  setTimeout(() => (pressed.textContent = label), SHOWN_MS);
}

async function write(text) {
  // Over plain HTTP to another machine a browser has no clipboard at all.
  return navigator.clipboard?.writeText(text).then(() => true, () => false) ?? false;
}
