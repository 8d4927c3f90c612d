/** Keeps the page abreast of what other tabs do to its conversation: looks again whenever the reader comes back. */

import { getConversation, ServiceError } from "./client.js";

/**
 * `page` has `resting()`, which returns the conversation if it may be drawn anew now, else `null`; `renew(stored)` and
 * `lost()`, called with what is stored by now, or when the conversation is not there any more.
 */
export function keepAbreast(page) {
  let looking = false;
  const look = async () => {
    if (looking || document.hidden) return;
    looking = true;
    await compare(page).finally(() => (looking = false));
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look); // a window beside this one was in use: both are visible all the time
}

async function compare(page) {
  const conversation = page.resting();
  if (conversation === null || conversation.kept.length === 0) return;
  const { kept } = conversation;
  const untouched = () => page.resting() === conversation && conversation.kept === kept;
  try {
    const stored = await getConversation(conversation.id);
    if (untouched()) page.renew(stored);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.status === 404 && untouched()) page.lost(); // any other failure is told when something is asked
  }
}
