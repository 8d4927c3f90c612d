/**
 * Takes parts of this page anew from the service, as the service draws them: what the list and the charts look like is
 * said once, in the template, and works without scripts too.
 */

import { ServiceError } from "./client.js";
import { t } from "./texts.js";

/** Return another state of this page as an inert document: nothing in it is loaded or run. */
export function load(address, signal) {
  const asked = new XMLHttpRequest();
  asked.open("GET", address);
  asked.responseType = "document";
  asked.setRequestHeader("Accept", "text/html");
  return new Promise((resolve, reject) => {
    const fail = (message) => reject(new ServiceError(message, asked.status));
    asked.addEventListener("load", () => {
      if (asked.status === 200 && asked.response) resolve(asked.response);
      else fail(t("error.status", { status: String(asked.status) }));
    });
    asked.addEventListener("error", () => fail(t("error.unreachable")));
    asked.addEventListener("abort", () => reject(new DOMException("Another was asked for.", "AbortError")));
    signal?.addEventListener("abort", () => asked.abort());
    asked.send();
  });
}

/** Put what stands in the elements with these ids in `page` into their like here. */
export function take(page, ...ids) {
  for (const id of ids) document.getElementById(id).replaceChildren(...adopted(page, id));
}

/** Put what stands in the element with this id in `page` after what is in its like here; return what was put there. */
export function append(page, id) {
  const more = adopted(page, id);
  document.getElementById(id).append(...more);
  return more.filter((node) => node instanceof HTMLElement);
}

function adopted(page, id) {
  return [...page.getElementById(id).childNodes].map((node) => document.importNode(node, true));
}
