/** Talks to the service about its stock of documents; what fails comes out as a `ServiceError` for people. */

import { ServiceError } from "./client.js";
import { t } from "./texts.js";

/** Send `files` to be added; return the job that does it. */
export function addFiles(files) {
  const form = new FormData();
  for (const file of files) form.append("files", file);
  return send("POST", "documents", { body: form });
}

/** Send a text with what is known about it to be added; return the job that does it. */
export function addText(text) {
  return send("POST", "documents", { body: JSON.stringify(text), headers: { "Content-Type": "application/json" } });
}

/** Return how far a job is. */
export function getJob(id) {
  return send("GET", `jobs/${encodeURIComponent(id)}`);
}

/** Delete a document; return what went with it. */
export function deleteDocument(id) {
  return send("DELETE", `documents/${encodeURIComponent(id)}`);
}

async function send(method, path, { body, headers = {} } = {}) {
  const options = { method, body, headers: { Accept: "application/json", ...headers } };
  const response = await fetch(path, options).catch(() => {
    throw new ServiceError(t("error.unreachable"));
  });
  const told = await response.json().catch(() => null);
  if (response.ok && told) return told;
  throw new ServiceError(told?.error?.message ?? t("error.status", { status: String(response.status) }), response.status);
}
