/** Talks to the service; every failure comes out as a `ServiceError` whose message a person can act on. */

import { readEvents } from "./sse.js";
import { t } from "./texts.js";

export class ServiceError extends Error {
  /** `status` is that of the response, `null` if there was none. */
  constructor(message, status = null) {
    super(message);
    this.status = status;
  }
}

/**
 * Ask in a stored conversation; yield `accepted` as soon as the question is kept, then the events of the answer, up to
 * and including `done`. `turn` is the body of the request.
 */
export async function* ask(conversation, turn, signal) {
  const headers = { Accept: "text/event-stream, application/json" };
  const response = await send("POST", `${pathOf(conversation)}/turns`, { headers, body: turn, signal });
  yield { name: "accepted", data: null };
  for await (const event of unbroken(readEvents(response.body))) {
    if (event.name === "error") throw new ServiceError(event.data.error.message);
    yield event;
    if (event.name === "done") return;
  }
  throw new ServiceError(t("error.cut_off"));
}

/** Begin a conversation; return it as the list has it. */
export function createConversation(signal) {
  return json("POST", "conversations", { body: {}, signal });
}

/** Return one page of the conversations of this browser, newest first: `{ conversations, next_cursor }`. */
export function listConversations(query, cursor) {
  const wanted = Object.entries({ query, cursor }).filter(([, value]) => value);
  return json("GET", `conversations?${new URLSearchParams(wanted)}`);
}

/** Return a conversation with its turns. */
export function getConversation(id, signal) {
  return json("GET", pathOf(id), { signal });
}

/** Give a conversation another title. */
export function renameConversation(id, title) {
  return json("PATCH", pathOf(id), { body: { title } });
}

/** Delete a conversation with its turns. */
export function deleteConversation(id) {
  return json("DELETE", pathOf(id));
}

/** Return where a conversation can be downloaded as `"markdown"` or `"json"`. */
export function exportAddress(id, format) {
  return `${pathOf(id)}/export?format=${format}`;
}

/** Return the address of the page of one answer, for other people. */
export function answerAddress(id) {
  return new URL(`answers/${encodeURIComponent(id)}/view`, document.baseURI).href;
}

/** Store what the reader thinks of an answer. */
export function sendFeedback(feedback) {
  return json("POST", "feedback", { body: feedback });
}

/** Read every citation of a stored answer again, now. */
export function verify(answerId) {
  return json("POST", "verify", { body: { answer_id: answerId } });
}

const documents = new Map();

/** Return a stored document with its text; one that was fetched before, or is on its way, is not fetched again. */
export async function getDocument(id) {
  if (!documents.has(id)) {
    const fetched = json("GET", `documents/${encodeURIComponent(id)}`);
    documents.set(id, fetched);
    fetched.catch(() => documents.delete(id));
  }
  return documents.get(id);
}

/** Return the address of a document's page, with the span highlighted if there is one. */
export function permalink(source) {
  const path = `documents/${encodeURIComponent(source.document_id)}/view`;
  if (source.start_char_index === undefined) return path;
  return `${path}?start=${source.start_char_index}&end=${source.end_char_index}#cited`;
}

function pathOf(conversation) {
  return `conversations/${encodeURIComponent(conversation)}`;
}

/** Send a request and return what the service says; `body` is sent as JSON, or as a form if it is one. */
export async function json(method, path, options = {}) {
  const response = await send(method, path, options);
  return response.json().catch(unreached);
}

async function send(method, path, { headers = { Accept: "application/json" }, body, signal } = {}) {
  const options = { method, headers, signal };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { ...headers, "Content-Type": "application/json" };
  }
  const response = await fetch(path, options).catch(unreached);
  if (!response.ok) throw new ServiceError(await reason(response), response.status);
  return response;
}

function unreached(error) {
  throw error.name === "AbortError" ? error : new ServiceError(t("error.unreachable"));
}

async function reason(response) {
  const body = await response.json().catch(() => null);
  return body?.error?.message ?? t("error.status", { status: String(response.status) });
}

async function* unbroken(events) {
  try {
    yield* events;
  } catch (error) {
    throw error.name === "AbortError" ? error : new ServiceError(t("error.cut_off"));
  }
}
