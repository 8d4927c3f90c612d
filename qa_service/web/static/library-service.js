/** Talks to the service about its stock of documents; how, and what becomes of failures, is for `client`. */

import { json } from "./client.js";

/** Send `files` to be added; return the job that does it. */
export function addFiles(files) {
  const form = new FormData();
  for (const file of files) form.append("files", file);
  return json("POST", "documents", { body: form });
}

/** Send a text with what is known about it to be added; return the job that does it. */
export function addText(text) {
  return json("POST", "documents", { body: text });
}

/** Return how far a job is. */
export function getJob(id) {
  return json("GET", `jobs/${encodeURIComponent(id)}`);
}

/** Delete a document; return what went with it. */
export function deleteDocument(id) {
  return json("DELETE", `documents/${encodeURIComponent(id)}`);
}
