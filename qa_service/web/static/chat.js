/** The chat page: puts its parts together and says what happens when something is asked. */

import { keepAbreast } from "./abreast.js";
import { keepLanguageLinks, namedConversation, namedQuestion } from "./address.js";
import { Asking } from "./asking.js";
import { Composer } from "./composer.js";
import { confirmedLoss } from "./dialogs.js";
import { button } from "./dom.js";
import { History } from "./history.js";
import { listen } from "./keys.js";
import { Panel } from "./panel.js";
import { Preview } from "./preview.js";
import { Showing } from "./showing.js";
import { Sidebar } from "./sidebar.js";
import { t } from "./texts.js";
import { Transcript } from "./transcript.js";
import { Turn } from "./turn.js";

const status = document.getElementById("status");

const panel = new Panel();
const preview = new Preview(document.getElementById("preview"));
const transcript = new Transcript();
const sidebar = new Sidebar();
const composer = new Composer(begin, () => asking.stop());
const history = new History({
  open: (id) => {
    sidebar.leave();
    showing.open(id);
  },
  renamed: (id, title) => showing.renamed(id, title),
  deleted: (id) => showing.deleted(id),
});
const showing = new Showing({
  transcript,
  history,
  composer,
  newTurn,
  say,
  leaving: () => {
    asking.abandon();
    preview.hide();
    panel.close();
  },
  resting: () => !asking.busy && !transcript.written,
});
const asking = new Asking({
  composer,
  say,
  accepted,
  get conversation() {
    return showing.conversation;
  },
});
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

function begin(question) {
  if (!free()) return;
  const turn = newTurn(question);
  transcript.add(turn);
  showing.begun();
  run(turn);
}

async function again(turn) {
  if (!free()) return;
  if (turn.position === null) transcript.toEnd(turn); // it was never stored, so nothing that came after rests on it
  const later = transcript.after(turn);
  if (later > 0 && !(await confirmedLoss(later))) return;
  turn.focus();
  run(turn);
}

function edited(turn, question) {
  if (turn.position === null) transcript.toEnd(turn);
  turn.question = question;
  turn.focus();
  run(turn);
}

async function run(turn) {
  const { conversation } = showing;
  await asking.run(turn);
  if (showing.conversation !== conversation) return;
  if (conversation.gone) showing.lost(turn);
  if (conversation.keepsOlder(turn)) turn.offer(button(t("turn.before"), () => showing.show(conversation.id), { class: "quiet" }));
}

function free() {
  if (asking.busy) say(t("status.busy"));
  return !asking.busy;
}

function accepted(turn) {
  transcript.dropAfter(turn);
  history.refresh();
}

function startOver() {
  sidebar.leave();
  showing.startOver();
}

document.getElementById("new-conversation").addEventListener("click", startOver);
document.getElementById("history-new").addEventListener("click", startOver);
for (const example of document.querySelectorAll("#welcome .suggestion")) {
  example.addEventListener("click", () => begin(example.textContent));
}
addEventListener("popstate", () => showing.show(namedConversation()));
listen({
  composer: () => {
    panel.close();
    composer.focus();
  },
  escape: () => preview.hide() || panel.close(),
});

history.refresh();
const [asked, id] = [namedQuestion(), namedConversation()];
keepLanguageLinks(id);
if (id !== null) await showing.show(id);
if (asked !== null) begin(asked);
keepAbreast(showing);
