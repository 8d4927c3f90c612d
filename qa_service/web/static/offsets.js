/**
 * Converts offsets: the service counts Unicode code points, JavaScript strings count UTF-16 units.
 * A character outside the basic plane, such as most emoji, is one of the first and two of the second.
 */

const BEYOND_BASIC_PLANE = /[\ud800-\udbff][\udc00-\udfff]/;

/** Return where in `text`, in UTF-16 units, the code point number `offset` begins. */
export function utf16Offset(text, offset) {
  if (!BEYOND_BASIC_PLANE.test(text)) return Math.min(offset, text.length);
  let units = 0;
  for (let points = 0; points < offset && units < text.length; points += 1) {
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

/** Return the code points of `text` from `start` up to `end`, exclusive. */
export function sliceByCodePoints(text, start, end) {
  return text.slice(utf16Offset(text, start), utf16Offset(text, end));
}
