/** Talks to the service; every failure comes out as a `ServiceError` whose message a person can act on. */

import { readEvents } from "./sse.js";

const UNREACHABLE = "The service cannot be reached. Check that it is running, then try again.";
const CUT_OFF = "The connection broke before the answer was complete. Try again.";

export class ServiceError extends Error {}

/** Yield the events of one answer, up to and including `done`. */
export async function* ask(request, signal) {
  const response = await send("ask", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream, application/json" },
    body: JSON.stringify(request),
    signal,
  });
  for await (const event of unbroken(readEvents(response.body))) {
    if (event.name === "error") throw new ServiceError(event.data.error.message);
    yield event;
    if (event.name === "done") return;
  }
  throw new ServiceError(CUT_OFF);
}

const documents = new Map();

/** Return a stored document with its text; one that was fetched before is not fetched again. */
export async function getDocument(id) {
  if (!documents.has(id)) {
    const response = await send(`documents/${encodeURIComponent(id)}`, { headers: { Accept: "application/json" } });
    documents.set(id, await response.json());
  }
  return documents.get(id);
}

/** Return the address of a document's page, with the span highlighted if there is one. */
export function permalink(source) {
  const path = `documents/${encodeURIComponent(source.document_id)}/view`;
  if (source.start_char_index === undefined) return path;
  return `${path}?start=${source.start_char_index}&end=${source.end_char_index}#cited`;
}

async function send(path, options) {
  const response = await fetch(path, options).catch((error) => {
    throw error.name === "AbortError" ? error : new ServiceError(UNREACHABLE);
  });
  if (!response.ok) throw new ServiceError(await reason(response));
  return response;
}

async function reason(response) {
  const body = await response.json().catch(() => null);
  return body?.error?.message ?? `The service answered with status ${response.status}.`;
}

async function* unbroken(events) {
  try {
    yield* events;
  } catch (error) {
    throw error.name === "AbortError" ? error : new ServiceError(CUT_OFF);
  }
}
