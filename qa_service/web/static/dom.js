/** Makes elements. Data goes in as text nodes and attributes only, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Return a new element; `null` and `false` among the attributes and children are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

/** Return a new element of a drawing. */
export function drawn(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** Return a new button that calls `act` with its click event. */
export function button(label, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/** Return a link that opens elsewhere, or `null` if `url` is not a web address. */
export function webLink(url, label) {
  if (!/^https?:\/\//i.test(url ?? "")) return null;
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** Scroll `inner` to the middle of `outer`, without moving anything around them. */
export function scrollWithin(outer, inner) {
  const shift = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top;
  const room = Math.max(0, outer.clientHeight - inner.offsetHeight) / 2;
  outer.scrollTo({ top: outer.scrollTop + shift - room, behavior: motion() });
}

/** Return how to scroll, given what the reader prefers. */
export function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
