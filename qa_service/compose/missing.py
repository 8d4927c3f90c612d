"""Says in one sentence what the documents do not tell, and which part of the question that is."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.language.references import Reference
from qa_service.question import Question
from qa_service.types import Missing
from qa_service.wants import Want

_ASKED: dict[Want, str] = {
    "time": "when", "place": "where", "duration": "how long", "number": "how many", "cause": "why", "person": "who",
    "speaker": "who said so",
}  # fmt: skip


def unknown_names(question: Question) -> list[Missing]:
    """Names that no document mentions."""
    return [Missing(u.surface, f"None of the documents mentions {u.surface}.") for u in question.unknown]


def not_together(names: Sequence[Reference]) -> Missing:
    """Names that are known, but not in one document; a single one is not in those that may be cited."""
    listed = listing([name.surface for name in names])
    if len(names) == 1:
        return Missing(listed, f"None of the documents that may be cited mentions {listed}.")
    return Missing(listed, f"No document speaks of {listed} together.")


def no_occasion(question: Question) -> Missing:
    """A meeting or call that is not told."""
    parties = listing([party.surface for party in question.occasion.parties]) if question.occasion else ""
    what = "call" if question.occasion and question.occasion.kind == "call" else "meeting"
    return Missing(f"{what} between {parties}", f"None of the documents tells of a {what} between {parties}.")


def not_quoted(question: Question) -> Missing:
    """Someone whose words are asked for and who is not quoted."""
    who = listing([speaker.surface for speaker in question.speakers])
    return Missing(who, f"The documents do not quote {who}.")


def not_quoted_so(question: Question) -> Missing:
    """Someone who is quoted, but not about this or not on this occasion."""
    who = listing([speaker.surface for speaker in question.speakers])
    part = about(question)
    return Missing(part, f"The documents quote {who}, but not on this: {part}.") if part else not_quoted(question)


def not_said(question: Question) -> Missing:
    """The documents know the names, but do not say what is asked."""
    names = listing(list(dict.fromkeys(name.surface for name in question.names)))
    asked = _ASKED.get(question.want, "")
    part = question.text.strip()
    if names and asked:
        return Missing(part, f"The documents mention {names}, but do not say {asked}: {part}")
    return Missing(part, f"The documents do not answer this: {part}")


def about(question: Question) -> str:
    """The words of the question that say what is asked about."""
    spans = [(r.start, r.end) for r in question.others] + [(w.start, w.end) for w in question.topic]
    if question.occasion:
        at = question.text.find(question.occasion.surface)
        spans.append((at, at + len(question.occasion.surface)))
    if not spans:
        return ""
    return question.text[min(start for start, _ in spans) : max(end for _, end in spans)].strip(" ?.!")


def listing(items: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return items[0] if len(items) == 1 else " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
