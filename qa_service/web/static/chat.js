/** The chat page: asks, draws the turns as answers arrive, and listens to the keyboard. */

import { ask, ServiceError } from "./client.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { motion } from "./dom.js";
import { Panel } from "./panel.js";
import { Preview } from "./preview.js";
import { Turn } from "./turn.js";
import { count } from "./words.js";

const welcome = document.getElementById("welcome");
const transcript = document.getElementById("transcript");
const status = document.getElementById("status");
const newConversation = document.getElementById("new-conversation");

const conversation = new Conversation();
const panel = new Panel();
const preview = new Preview(document.getElementById("preview"));
const composer = new Composer(begin, stop);
let running = null;

function begin(question) {
  if (running) return;
  const turn = new Turn(question, {
    ask: begin,
    edit: (text) => composer.edit(text),
    retry: () => run(turn),
    open: (reference, references, opener) => {
      preview.hide();
      panel.open(reference, references, opener);
    },
    preview: (chip, source, support) => preview.attach(chip, source, support),
  });
  welcome.hidden = true;
  newConversation.hidden = false;
  transcript.append(turn.root);
  run(turn);
}

async function run(turn) {
  if (running) return;
  const mine = new AbortController();
  running = { turn, controller: mine };
  composer.busy = true;
  turn.restart();
  say("Searching…");
  turn.root.scrollIntoView({ block: "start", behavior: motion() });
  try {
    await follow(turn, mine.signal);
  } catch (error) {
    if (!mine.signal.aborted) fail(turn, error);
  } finally {
    if (running?.controller === mine) running = null;
    composer.busy = running !== null;
  }
}

async function follow(turn, signal) {
  const request = { question: turn.question, history: conversation.history() };
  for await (const { name, data } of ask(request, signal)) {
    if (signal.aborted) return;
    if (name === "start") turn.understood(data.standalone_question);
    if (name === "documents") say(`Reading ${count(data.documents.length, "document")}…`);
    if (name === "delta") turn.extend(data);
    if (name === "citation") turn.cite(data);
    if (name === "done") finish(turn, data);
  }
}

function finish(turn, answer) {
  turn.finish(answer);
  conversation.add(turn.question, answer.answer_plain);
  turn.root.scrollIntoView({ block: "start", behavior: motion() });
  const sources = new Set(answer.citations.map((citation) => citation.number)).size;
  if (answer.status === "not_found") say("The documents do not answer this");
  else say(`${answer.status === "partial" ? "Part of the answer" : "Answer"} ready, ${count(sources, "source")}`);
}

function fail(turn, error) {
  say("");
  turn.fail(error instanceof ServiceError ? error.message : "This page could not show the answer. Reload it and try again.");
  turn.root.scrollIntoView({ block: "nearest", behavior: motion() });
  if (!(error instanceof ServiceError)) throw error;
}

function stop() {
  running?.turn.stop();
  abandon();
  say("Stopped");
}

function abandon() {
  running?.controller.abort();
  running = null;
  composer.busy = false;
}

function say(words) {
  status.textContent = words;
}

function startOver() {
  abandon();
  panel.close();
  conversation.clear();
  transcript.replaceChildren();
  welcome.hidden = false;
  newConversation.hidden = true;
  say("");
  composer.focus();
}

function onKey(event) {
  const typing = event.target.closest("input, textarea, [contenteditable]");
  if (event.key === "Escape" && !preview.hide()) panel.close();
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    panel.close();
    composer.focus();
  }
}

newConversation.addEventListener("click", startOver);
document.addEventListener("keydown", onKey);
for (const example of welcome.querySelectorAll(".suggestion")) {
  example.addEventListener("click", () => begin(example.textContent));
}
