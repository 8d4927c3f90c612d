/** Draws the few pictures that the page has, in the colour of the text around them. */

import { drawn } from "./dom.js";

const HAND = "M7 11v9H3v-9zm0 0 4-8c1.8 0 2.7 1.3 2.3 3l-.8 3H19a2 2 0 0 1 2 2.3l-1 6.9A2 2 0 0 1 18 20H7";

/** Return a thumb that points `"up"` or `"down"`. */
export function thumb(way) {
  const path = drawn("path", { d: HAND, transform: way === "down" ? "rotate(180 12 12)" : "rotate(0)" });
  const picture = drawn("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
  picture.append(path);
  return picture;
}
