/** Listens to the keyboard: single keys work wherever nobody is typing, and can be switched off. */

import { showKeys } from "./dialogs.js";
import { remember, remembered } from "./memory.js";

const SWITCH = "single-keys";

/** Begin to listen; `actions` has `composer()` for `/` and `escape()` for Esc. */
export function listen({ composer, escape }) {
  const single = document.getElementById("keys-single");
  const dialogs = [...document.querySelectorAll("dialog")]; // not looked for at each key: a conversation may be long
  const keys = { "/": composer, "[": () => step(-1), "]": () => step(1), "?": showKeys };
  single.checked = remembered(SWITCH) !== "off";
  single.addEventListener("change", () => remember(SWITCH, single.checked ? "on" : "off"));
  document.getElementById("keys-open").addEventListener("click", showKeys);
  document.addEventListener("keydown", (event) => {
    if (dialogs.some((dialog) => dialog.open)) return; // it has keys of its own
    if (event.key === "Escape") escape();
    const act = keys[event.key];
    if (act === undefined || !single.checked || isTyped(event)) return;
    event.preventDefault();
    act();
  });
}

function isTyped(event) {
  const command = event.metaKey || (event.ctrlKey && !event.altKey); // both at once is how some keyboards type "["
  return command || event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function step(by) {
  const chips = [...document.querySelectorAll("#transcript .chip")];
  const here = document.activeElement;
  const before = chips.filter((chip) => chip.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING).length;
  const next = by < 0 ? before - 1 : before + (chips[before] === here ? 1 : 0);
  chips[Math.min(Math.max(next, 0), chips.length - 1)]?.focus();
}
