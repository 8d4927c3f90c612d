/** Cuts the text of an answer into cited parts and what stands between them, without the `[n]` markers. */

import { utf16Offset } from "./offsets.js";

/** Return `{ text, citations }` in reading order; what is between cited parts has no citations. */
export function pieces(answer, citations) {
  const numbers = new Set(citations.map((citation) => citation.number));
  const made = [];
  let reached = 0;
  for (const span of spans(answer, citations)) {
    made.push({ text: withoutMarkers(answer.slice(reached, span.start), numbers), citations: [] });
    made.push({ text: answer.slice(Math.max(span.start, reached), span.end), citations: span.citations });
    reached = Math.max(reached, span.end);
  }
  made.push({ text: withoutMarkers(answer.slice(reached), numbers), citations: [] });
  return made.filter((piece) => piece.text !== "" || piece.citations.length > 0);
}

function spans(answer, citations) {
  const found = new Map();
  for (const citation of citations) {
    const key = `${citation.start}-${citation.end}`;
    const [start, end] = [utf16Offset(answer, citation.start), utf16Offset(answer, citation.end)];
    if (!found.has(key)) found.set(key, { start, end, citations: [] });
    found.get(key).citations.push(citation);
  }
  return [...found.values()].sort((one, other) => one.start - other.start || one.end - other.end);
}

function withoutMarkers(text, numbers) {
  return text.replace(/\s*\[(\d+)\]/g, (marker, number) => (numbers.has(Number(number)) ? "" : marker));
}
