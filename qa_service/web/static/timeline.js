/** Draws when the documents that an answer cites were published, from the first day to the last. */

import { drawn, element } from "./dom.js";
import { day, t } from "./texts.js";

const RADIUS = 11; // pixels; a dot has the number of its first citation in it
const LANE = 2 * RADIUS + 4; // pixels from one row of dots to the next
const EDGE = 5; // percent of the width that the first and the last dot keep from the ends
const APART = 9; // percent of the width below which two dots would touch on a narrow screen

/** Return the drawing with the same as a list, or `null` where the cited documents are of one day. */
export function timeline(citations) {
  const dated = documentsByDay(citations);
  if (new Set(dated.map((each) => each.day)).size < 2) return null;
  const [first, last] = [dated[0].day, dated.at(-1).day];
  const ends = [first, last].map((each) => element("time", { datetime: each }, day(each)));
  return element(
    "section",
    { class: "timeline" },
    element("h3", {}, t("timeline.title")),
    drawing(dated, t("timeline.name", { first: day(first), last: day(last) })),
    element("p", { class: "ends fine", "aria-hidden": "true", dir: "ltr" }, ...ends),
    element("ol", { class: "visually-hidden" }, ...dated.map(listed)),
  );
}

function documentsByDay(citations) {
  const found = new Map();
  for (const { number, sources } of citations) {
    for (const { document_id: id, document_title: title, published_at: published } of sources) {
      if (published && !found.has(id)) found.set(id, { title, day: published, number });
    }
  }
  return [...found.values()].sort((one, other) => one.day.localeCompare(other.day) || one.number - other.number);
}

function drawing(dated, name) {
  const placed = inLanes(dated);
  const height = LANE * (1 + Math.max(...placed.map(({ lane }) => lane)));
  const axis = drawn("line", { x1: "0%", x2: "100%", y1: height + 1, y2: height + 1, class: "axis" });
  const picture = drawn("svg", { width: "100%", height: height + 2, role: "img", "aria-label": name });
  picture.append(axis, ...placed.map((each) => dot(each, height)));
  return picture;
}

function inLanes(dated) {
  const [from, to] = [dated[0].day, dated.at(-1).day].map(Date.parse);
  const free = []; // where each lane is empty again
  return dated.map((each) => {
    const x = EDGE + ((100 - 2 * EDGE) * (Date.parse(each.day) - from)) / (to - from);
    const found = free.findIndex((end) => end <= x);
    const lane = found < 0 ? free.length : found;
    free[lane] = x + APART;
    return { ...each, x, lane };
  });
}

function dot({ x, lane, number, title, day: published }, height) {
  const place = { x: `${x}%`, y: height - LANE * lane - RADIUS - 2 };
  const label = drawn("title", {});
  label.textContent = `${day(published)}: ${title}`;
  const text = drawn("text", { ...place, dy: "0.36em", "text-anchor": "middle" });
  text.textContent = String(number);
  const made = drawn("g", {});
  made.append(label, drawn("circle", { cx: place.x, cy: place.y, r: RADIUS }), text);
  return made;
}

function listed({ day: published, title, number }) {
  return element("li", {}, element("time", { datetime: published }, day(published)), `: [${number}] ${title}`);
}
