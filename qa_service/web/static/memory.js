/** Remembers small choices in this browser, as far as it lets pages remember anything. */

const PREFIX = "qa.";

/** Return what was remembered under `name`, or `null`. */
export function remembered(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null; // a browser may forbid it
  }
}

/** Remember `value` under `name`. */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // forbidden or full: the choice then holds until the page is left
  }
}
