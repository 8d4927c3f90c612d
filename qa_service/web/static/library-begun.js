/** Remembers in this browser what was begun here, until its end was shown: also when the page is loaded anew. */

import { remember, remembered } from "./memory.js";

const NAME = `jobs ${new URL(document.baseURI).pathname}`; // another service may be on the same host

/** Return the jobs whose end was not shown yet, each `{ id, name }`, in the order in which they were begun. */
export function begun() {
  try {
    return JSON.parse(remembered(NAME) ?? "[]").filter(({ id, name }) => id && name);
  } catch {
    return []; // somebody else has written it
  }
}

/** Remember a job, as long as it takes. */
export function begin({ id }, name) {
  store([...others(id), { id, name }]);
}

/** Forget a job: its end is shown, or it is no longer known. */
export function end({ id }) {
  store(others(id));
}

function others(id) {
  return begun().filter((job) => job.id !== id);
}

function store(jobs) {
  remember(NAME, JSON.stringify(jobs));
}
