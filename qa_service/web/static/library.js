/** The page of all documents: joins its list, adding and deleting, and says once what has happened. */

import { element } from "./dom.js";
import { Deletion } from "./library-delete.js";
import { List } from "./library-list.js";
import { around, t } from "./texts.js";
import { Upload } from "./upload.js";

const MOST_NAMED = 5; // documents that are named when they were added; more are only counted

const news = document.getElementById("news");
const list = new List((error) => tell([error.message], "problem"));

function tell(words, kind = "done") {
  news.replaceChildren(element("span", { class: kind, dir: "auto" }, ...words));
}

function linked({ id, title }, index) {
  const link = element("a", { href: `documents/${encodeURIComponent(id)}/view`, dir: "auto" }, title);
  return index === 0 ? [link] : [", ", link];
}

/** Say what was added, with a link to each: where the list has it depends on its date. */
function tellAdded(documents, name) {
  const [before, after] = around("library.job.done", "name");
  const what = documents.length > MOST_NAMED ? [t("documents", { n: documents.length })] : documents.flatMap(linked);
  tell(documents.length > 0 ? [before, ...what, after] : [t("library.job.same", { name })]);
}

async function added(documents, name) {
  tellAdded(documents, name);
  await list.showAll();
}

/** What was begun on an earlier page comes in beside what the reader does now: the list stays as it is asked for. */
async function addedMeanwhile(documents, name) {
  tellAdded(documents, name);
  await list.show("holdings");
}

async function deleted(words) {
  tell([words]);
  await list.recount();
}

document.documentElement.classList.add("with-scripts"); // shows what needs them
new Upload(added, addedMeanwhile);
new Deletion(document.getElementById("list"), deleted);
