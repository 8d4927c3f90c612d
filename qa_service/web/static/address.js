/** Keeps the address in step with what the page shows, so that reloading, going back and sending it to oneself work. */

import { t } from "./texts.js";

const query = () => new URLSearchParams(location.search);

/** Return which conversation the address names, `null` for a new one. */
export function namedConversation() {
  return query().get("c");
}

/** Return the question that the address asks, `null` if none; it is asked once, so it is taken out of the address. */
export function namedQuestion() {
  const question = query().get("q")?.trim() || null;
  if (query().has("q")) history.replaceState(null, "", addressOf(namedConversation()));
  return question;
}

/** Return the address of a conversation, or of a new one for `null`. */
export function addressOf(conversation) {
  return conversation === null ? location.pathname : `?${new URLSearchParams({ c: conversation })}`;
}

/** Put `conversation` into the address, as a step that can be gone back. */
export function go(conversation) {
  if (conversation !== namedConversation()) history.pushState(null, "", addressOf(conversation));
  keepLanguageLinks(conversation);
}

/** Give the window the name of what it shows. */
export function nameWindow(title) {
  document.title = title ? `${title} · ${t("site.name")}` : t("site.name");
}

/** Make the links to other languages lead to the conversation that is shown. */
export function keepLanguageLinks(conversation) {
  for (const link of document.querySelectorAll("a.language")) {
    const wanted = new URLSearchParams(new URL(link.href).search);
    wanted.delete("q");
    if (conversation === null) wanted.delete("c");
    else wanted.set("c", conversation);
    link.href = `?${wanted}`;
  }
}
