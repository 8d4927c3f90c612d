"""Says in one sentence what the documents do not tell, and which part of the question that is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.language.references import Reference
from qa_service.questions.question import Question
from qa_service.questions.speech import ABOUT
from qa_service.questions.wants import Want
from qa_service.types import Missing

_ASKED: dict[Want, str] = {
    "time": "when", "place": "where", "duration": "how long", "number": "how many", "cause": "why",
    "person": "who", "speaker": "who said so", "yes_no": "whether",
}  # fmt: skip
_HOW = re.compile(r"\bhow\s+(?:many|much|often|frequently|old|far|fast|deep|tall|large|big|high)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:in|at|on|with|to|after|before|during)\s+(?:the\s+)?$", re.IGNORECASE)


def unknown_names(question: Question) -> list[Missing]:
    """Names that no document mentions."""
    return [Missing(u.surface, f"None of the documents mentions {u.surface}.") for u in question.unknown]


def not_together(names: Sequence[Reference]) -> Missing:
    """Names that are known, but not in one document; a single one is not in those that may be cited."""
    listed = listing(list(dict.fromkeys(name.surface for name in names)))
    if len(names) == 1:
        return Missing(listed, f"None of the documents that may be cited mentions {listed}.")
    return Missing(listed, f"No document speaks of {listed} together.")


def no_occasion(question: Question) -> Missing:
    """A meeting or call that is not told."""
    named = question.occasion.parties if question.occasion else ()
    parties = listing(list(dict.fromkeys(party.surface for party in named)))
    what = _occasion(question)
    return Missing(f"{what} between {parties}", f"None of the documents tells of a {what} between {parties}.")


def _occasion(question: Question) -> str:
    return "call" if question.occasion and question.occasion.kind == "call" else "meeting"


def not_quoted(question: Question) -> Missing:
    """Someone whose words are asked for and who is not quoted."""
    who = listing([speaker.surface for speaker in question.speakers])
    return Missing(who, f"The documents do not quote {who}.")


def not_quoted_on(question: Question) -> Missing:
    """Someone who is quoted, but not on the meeting or call that the question speaks of."""
    who = listing([speaker.surface for speaker in question.speakers])
    keys = {key for speaker in question.speakers for key in speaker.keys}
    parties = question.occasion.parties if question.occasion else ()
    others = listing([party.surface for party in parties if not keys & set(party.keys)])
    what = _occasion(question)
    part = f"{what} with {others}" if others else what
    return Missing(part, f"The documents quote {who}, but not on a {part}.")


def not_quoted_at(question: Question, place: Reference) -> Missing:
    """Someone who is quoted, but not at the place that the question names."""
    who = listing([speaker.surface for speaker in question.speakers])
    return Missing(place.surface, f"The documents quote {who}, but not in {place.surface}.")


def not_quoted_so(question: Question) -> Missing:
    """Someone who is quoted, but not about this."""
    who = listing([speaker.surface for speaker in question.speakers])
    part = about(question)
    return Missing(part, f"The documents quote {who}, but not on this: {part}.") if part else not_quoted(question)


def not_said(question: Question) -> Missing:
    """The documents know the names, but do not say what is asked."""
    names = listing(list(dict.fromkeys(name.surface for name in question.names)))
    how = _HOW.search(question.text) if question.want == "number" else None
    asked = how[0].casefold() if how else _ASKED.get(question.want, "")
    part = question.text.strip()
    if names and asked:
        return Missing(part, f"The documents mention {names}, but do not say {asked}: “{part}”")
    if names:
        return Missing(part, f"The documents mention {names}, but do not answer this: “{part}”")
    return Missing(part, f"The documents do not answer this: “{part}”")


def depends(clause: str) -> Missing:
    """A part that is about whoever the part before should have found."""
    part = clause.strip(" ?.,;")
    return Missing(part, f"Nothing tells who is meant in “{part}”, since the part before it has no answer.")


def too_many(clause: str, most: int) -> Missing:
    """A question beyond those that are answered at once."""
    return Missing(clause.strip(" ?.,;"), f"Only the first {most} questions of a message are answered.")


def sentence(missing: Sequence[Missing]) -> str:
    """All reasons as one sentence, each once."""
    first, *others = dict.fromkeys(each.reason for each in missing)
    if not others:
        return first
    return "; ".join([first.rstrip("."), *(f"{o[0].lower()}{o[1:]}".rstrip(".") for o in others)]) + "."


def about(question: Question) -> str:
    """The words of the question that say what is asked about: "the pandemic in A" of "say in A about the pandemic"."""
    last = max((speaker.end for speaker in question.speakers), default=0)
    found = ABOUT.search(question.text, last)
    if found:
        between = [r.start for r in question.others if last <= r.start < found.start()]
        before = question.text[_with_preposition(question.text, min(between)) : found.start()] if between else ""
        return f"{question.text[found.end() :].strip(' ?.!')} {before.strip()}".strip()
    spans = [(r.start, r.end) for r in question.others] + [(w.start, w.end) for w in question.topic]
    if question.occasion:
        at = question.text.find(question.occasion.surface)
        spans.append((at, at + len(question.occasion.surface)))
    if not spans:
        return ""
    return question.text[min(start for start, _ in spans) : max(end for _, end in spans)].strip(" ?.!")


def _with_preposition(text: str, start: int) -> int:
    """Where the preposition before ``start`` begins, if one stands there."""
    found = _PREPOSITION.search(text[:start])
    return found.start() if found else start


def listing(items: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return "".join(items) if len(items) < 2 else " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
