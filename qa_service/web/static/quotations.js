/** The choice of quotations only, where a language model would write the answers; remembered in this browser. */

import { remember, remembered } from "./memory.js";

const CHOICE = "quotations-only";

const box = document.getElementById(CHOICE); // is not there without a language model

if (box !== null) {
  box.checked = remembered(CHOICE) === "on";
  box.addEventListener("change", () => remember(CHOICE, box.checked ? "on" : "off"));
}

/** Return in which mode to ask. */
export function mode() {
  return box?.checked ? "extractive" : "auto";
}
