/** The list of conversations: loads, searches and pages it; what one entry looks like and can do is in `entry`. */

import { listConversations, ServiceError } from "./client.js";
import { button, element } from "./dom.js";
import { entry } from "./entry.js";
import { t } from "./texts.js";

const PAUSE_MS = 200; // after the last key, before a search is sent

export class History {
  #actions;
  #current = null;
  #cursor = null;
  #asked = 0; // counts requests, so that an answer that was overtaken is passed over
  #list = document.getElementById("history-list");
  #query = document.getElementById("history-query");
  #note = document.getElementById("history-note");
  #more = document.getElementById("history-more");

  /** `actions` has `open(id)`, `renamed(id, title)` and `deleted(id)`. */
  constructor(actions) {
    this.#actions = { ...actions, refresh: (focus) => this.#refreshAt(focus) };
    let pause = 0;
    this.#query.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.refresh(), PAUSE_MS);
    });
    this.#more.addEventListener("click", () => this.#load(this.#cursor));
  }

  /** Mark the conversation that the page shows; `null` for none of them. */
  set current(id) {
    this.#current = id;
    for (const item of this.#list.children) markCurrent(item, id);
  }

  /** Load the list again from its beginning. */
  refresh() {
    return this.#load(null);
  }

  async #load(cursor) {
    this.#asked += 1;
    const mine = this.#asked;
    try {
      const page = await listConversations(this.#query.value.trim(), cursor);
      if (mine === this.#asked) this.#show(page, cursor !== null);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (mine === this.#asked) this.#fail(error.message);
    }
  }

  #show({ conversations, next_cursor }, further) {
    const items = conversations.map((conversation) => entry(conversation, this.#actions));
    if (further) this.#list.append(...items);
    else this.#list.replaceChildren(...items);
    if (further) items[0]?.querySelector("a").focus();
    this.#cursor = next_cursor;
    this.#more.hidden = next_cursor === null;
    this.#note.textContent = this.#list.children.length > 0 ? "" : t(this.#query.value.trim() ? "history.none" : "history.empty");
    this.current = this.#current;
  }

  #fail(message) {
    const retry = button(t("panel.retry"), () => this.refresh(), { class: "quiet" });
    this.#note.replaceChildren(element("span", { role: "alert" }, message), " ", retry);
  }

  async #refreshAt(index) {
    await this.refresh();
    const links = this.#list.querySelectorAll("a.open");
    (links[Math.min(index, links.length - 1)] ?? this.#query).focus();
  }
}

function markCurrent(item, id) {
  const link = item.querySelector("a.open");
  if (item.dataset.conversation === id) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
}
