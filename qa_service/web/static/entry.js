/** One conversation in the list: opens it, and unfolds what can be done with it: rename, export, delete. */

import { addressOf } from "./address.js";
import { deleteConversation, exportAddress, renameConversation, ServiceError } from "./client.js";
import { confirmed, newName } from "./dialogs.js";
import { button, element } from "./dom.js";
import { moment, t } from "./texts.js";

/** Return the entry; `actions` has `open(id)`, `renamed(id, title)`, `deleted(id)` and `refresh(index)`. */
export function entry(conversation, actions) {
  const tools = element("div", { class: "entry-tools", hidden: true });
  const made = element("li", { "data-conversation": conversation.id }, link(conversation, actions), unfold(conversation, tools), tools);
  tools.append(
    button(t("entry.rename"), () => attempt(tools, () => rename(conversation, made, actions)), { class: "quiet" }),
    download(conversation, "markdown"),
    download(conversation, "json"),
    button(t("entry.delete"), () => attempt(tools, () => remove(conversation, made, actions)), { class: "quiet alarming" }),
  );
  return made;
}

function link({ id, title, updated, turns }, { open }) {
  const name = element("span", { class: "name", dir: "auto" }, title ?? t("entry.untitled"));
  const fine = element("span", { class: "fine" }, `${moment(updated)} · ${t("entry.turns", { n: turns })}`);
  const made = element("a", { class: "open", href: addressOf(id) }, name, fine);
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab or window is wanted
    event.preventDefault();
    open(id);
  });
  return made;
}

function unfold({ title }, tools) {
  const label = t("entry.more", { title: title ?? t("entry.untitled") });
  const turn = (event) => {
    tools.hidden = !tools.hidden;
    event.currentTarget.ariaExpanded = String(!tools.hidden);
  };
  return button("⋯", turn, { class: "quiet more", "aria-label": label, "aria-expanded": "false" });
}

function download({ id }, format) {
  return element("a", { href: exportAddress(id, format), download: "" }, t(`entry.export.${format}`));
}

async function rename({ id, title }, item, actions) {
  const name = await newName(title ?? "");
  if (name === null) return;
  await renameConversation(id, name);
  actions.renamed(id, name);
  await actions.refresh(indexOf(item));
}

async function remove({ id, title, turns }, item, actions) {
  const text = t("entry.delete.text", { title: title ?? t("entry.untitled"), n: turns });
  if (!(await confirmed({ title: t("entry.delete.title"), text, action: t("entry.delete") }))) return;
  const index = indexOf(item);
  await deleteConversation(id);
  actions.deleted(id);
  await actions.refresh(index);
}

function indexOf(item) {
  return [...item.parentNode.children].indexOf(item);
}

async function attempt(tools, act) {
  tools.querySelector(".problem")?.remove();
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    tools.append(element("p", { class: "problem", role: "alert" }, error.message));
  }
}
