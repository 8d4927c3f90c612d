/** The dialogs of the page: are you sure, another name, the keys. Each gives the focus back to where it came from. */

import { t } from "./texts.js";

/** Ask whether to go on; `action` is what the button that says so reads. */
export function confirmed({ title, text, action }) {
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-title").textContent = title;
  document.getElementById("confirm-text").textContent = text;
  document.getElementById("confirm-yes").textContent = action;
  return answered(dialog);
}

/** Ask for another name; return `null` if the present one is to stay. */
export async function newName(present) {
  const box = document.getElementById("rename-name");
  box.value = present;
  const opened = answered(document.getElementById("rename"));
  box.select();
  const name = (await opened) ? box.value.trim() : "";
  return name === "" || name === present ? null : name;
}

/** Show which keys do what. */
export function showKeys() {
  document.getElementById("keys").showModal();
}

/** Return the question that stands before later turns are lost. */
export function confirmedLoss(later) {
  return confirmed({ title: t("again.title"), text: t("again.text", { n: later }), action: t("turn.again") });
}

document.getElementById("rename-cancel").addEventListener("click", () => document.getElementById("rename").close());

function answered(dialog) {
  dialog.returnValue = ""; // Esc leaves it as it was
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
