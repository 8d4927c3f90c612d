/** Gives the scripts their texts in the page's language, from the catalogue that the page carries; see web/texts.py. */

const texts = JSON.parse(document.getElementById("texts").textContent);
const locale = texts["language.locale"];
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
const days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const times = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });

/** Return the text of `key` with `{name}` replaced by `values.name`; `values.n` picks the singular or the plural. */
export function t(key, values = {}) {
  return form(key, values.n).replace(/\{(\w+)\}/g, (place, name) => shown(values[name]) ?? place);
}

/** Return the text of `key` cut at `{name}` into `[before, after]`, for an element that stands at that place. */
export function around(key, name) {
  return t(key).split(`{${name}}`);
}

/** Return "12 May 2017" for "2017-05-12", and `null` for nothing. */
export function day(date) {
  return date ? days.format(new Date(`${date}T00:00:00Z`)) : null;
}

/** Return "12 May, 15:04" for a moment in ISO 8601, at the reader's clock. */
export function moment(iso) {
  return times.format(new Date(iso));
}

function form(key, count) {
  const plural = count === undefined ? undefined : texts[`${key}.${plurals.select(count)}`];
  return plural ?? texts[`${key}.other`] ?? texts[key] ?? key;
}

function shown(value) {
  return typeof value === "number" ? numbers.format(value) : value;
}
