/** The chat page: puts its parts together and says what happens between them. */

import { go, keepLanguageLinks, namedConversation, namedQuestion, nameWindow } from "./address.js";
import { Asking } from "./asking.js";
import { getConversation, ServiceError } from "./client.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { confirmedLoss } from "./dialogs.js";
import { button, element } from "./dom.js";
import { History } from "./history.js";
import { listen } from "./keys.js";
import { Panel } from "./panel.js";
import { Preview } from "./preview.js";
import { Sidebar } from "./sidebar.js";
import { t } from "./texts.js";
import { Transcript } from "./transcript.js";
import { Turn } from "./turn.js";

const welcome = document.getElementById("welcome");
const status = document.getElementById("status");
const heading = document.getElementById("conversation-title");
const newConversation = document.getElementById("new-conversation");

const panel = new Panel();
const preview = new Preview(document.getElementById("preview"));
const transcript = new Transcript();
const sidebar = new Sidebar();
const history = new History({ open, renamed, deleted });
const page = { conversation: new Conversation(null, began), composer: new Composer(begin, () => asking.stop()), say, accepted };
const asking = new Asking(page);
const actions = {
  ask: begin,
  again,
  edited,
  free,
  say,
  open: openSource,
  preview: (...shown) => preview.attach(...shown),
  after: (turn) => transcript.after(turn),
};

function say(words) {
  status.textContent = words;
}

function newTurn(question) {
  return new Turn(question, actions);
}

function openSource(reference, references, opener) {
  preview.hide();
  panel.open(reference, references, opener);
}

// Asking

function begin(question) {
  if (!free()) return;
  const turn = newTurn(question);
  transcript.add(turn);
  showWelcome(false);
  asking.run(turn);
}

async function again(turn) {
  if (!free()) return;
  if (turn.position === null) transcript.toEnd(turn); // it was never stored, so nothing that came after rests on it
  const later = transcript.after(turn);
  if (later > 0 && !(await confirmedLoss(later))) return;
  turn.focus();
  asking.run(turn);
}

function edited(turn, question) {
  if (turn.position === null) transcript.toEnd(turn);
  turn.question = question;
  turn.focus();
  asking.run(turn);
}

function free() {
  if (asking.busy) say(t("status.busy"));
  return !asking.busy;
}

function accepted(turn) {
  transcript.dropAfter(turn);
  history.refresh();
}

function began(id) {
  go(id);
  nameWindow(transcript.firstQuestion);
  history.current = id;
}

// Which conversation is shown

function open(id) {
  sidebar.leave();
  go(id);
  show(id);
}

async function show(id) {
  const conversation = leave(id);
  if (id === null) return;
  say(t("status.opening"));
  try {
    const stored = await getConversation(id);
    if (page.conversation === conversation) draw(stored);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (page.conversation === conversation) fail(error);
  }
}

function leave(id) {
  asking.abandon();
  preview.hide();
  panel.close();
  transcript.show([]);
  page.conversation = new Conversation(id, began);
  history.current = id;
  showWelcome(id === null);
  nameWindow(null);
  say("");
  return page.conversation;
}

function draw({ title, turns }) {
  nameWindow(title);
  showWelcome(turns.length === 0);
  transcript.show(turns.map(stored));
  say(t("status.opened", { n: turns.length }));
  page.composer.focusUnlessTouched();
}

function stored({ question, answer, feedback }) {
  const turn = newTurn(question);
  page.conversation.place(turn);
  if (answer === null) turn.withoutAnswer();
  else turn.finish(answer, feedback);
  return turn;
}

function fail(error) {
  say("");
  const message = error.status === 404 ? t("conversation.gone") : error.message;
  const retry = button(t("panel.retry"), () => show(page.conversation.id));
  const fresh = button(t("history.new"), startOver, { class: "quiet" });
  const row = element("div", { class: "row" }, ...(error.status === 404 ? [fresh] : [retry, fresh]));
  transcript.tell(element("div", { class: "problem", role: "alert" }, element("p", {}, message), row));
}

function startOver() {
  sidebar.leave();
  go(null);
  leave(null);
  page.composer.focus();
}

function showWelcome(shown) {
  welcome.hidden = !shown;
  heading.hidden = shown;
  newConversation.hidden = shown;
}

function renamed(id, title) {
  if (id === page.conversation.id) nameWindow(title);
}

function deleted(id) {
  if (id !== page.conversation.id) return;
  go(null);
  leave(null);
}

// From the start

newConversation.addEventListener("click", startOver);
document.getElementById("history-new").addEventListener("click", startOver);
for (const example of welcome.querySelectorAll(".suggestion")) {
  example.addEventListener("click", () => begin(example.textContent));
}
addEventListener("popstate", () => show(namedConversation()));
listen({
  composer: () => {
    panel.close();
    page.composer.focus();
  },
  escape: () => preview.hide() || panel.close(),
});

history.refresh();
const [asked, id] = [namedQuestion(), namedConversation()];
keepLanguageLinks(id);
if (id !== null) await show(id);
if (asked !== null) begin(asked);
