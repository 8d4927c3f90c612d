"""Takes a message apart into the questions in it: "When and where did A meet B, and what did he say?" has three.

Here it is told where one question ends and the next begins, in the words that were typed; what a later one leaves
unsaid is filled in by ``carry``, and how the answers are put together stands in ``compose.together``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa_service.language.grammar import (
    ABOUT,
    ARTICLE,
    AUXILIARY,
    COURTESY,
    JOINING,
    LINK,
    OTHER_SUBJECT,
    POINTER,
    POSSESSIVE,
    REQUEST,
    SUBJECT,
    either,
    whole,
)
from qa_service.language.interrogatives import ALONE, CIRCUMSTANCE, PREPOSED, WITH_NOUN, WORD
from qa_service.language.references import Reference
from qa_service.questions.question import Question

MOST = 6  # questions of one message that are answered

_AUX = rf"{AUXILIARY}(?=\s|$)"
_WHEN = either(CIRCUMSTANCE, "who", "whom", "what")
_SOMEONE = rf"(?:{SUBJECT}\b|there|any\w*|{POINTER}|[A-Z]\w+|{either('the', POSSESSIVE)}\s+\w+)"
_NO_NOUN = rf"{either(SUBJECT, OTHER_SUBJECT, POINTER, ARTICLE, POSSESSIVE)}\b"
_ASKS = (  # how a question goes on behind "and"
    rf"{PREPOSED}(?:{WORD}|{WITH_NOUN}\s+(?!{_NO_NOUN})[\w'’-]+(?:\s+[\w'’-]+){{0,3}}?)"
    rf"\s+{_AUX}\s*\S"  # "where did", "how many people were"; not "how it should"
    r"|who(?:se)?(?:\s+else)?\s+(?!(?:and|or)\b)\w+"
    r"|how\s+(?:many|much)\s+\w+\s+\w+"
    r"|what\s+(?:happened|caused|led|made|prompted|triggered|else|about)\b"
    r"|which\s+(?:\w+\s+){1,2}\w+(?:ed|s|t|d)\b"
    rf"|(?-i:{AUXILIARY}\s+{_SOMEONE})"
    rf"|{ALONE}(?:\s+and\s+{ALONE})?(?:\s+exactly)?\s*\??\s*$"
    rf"|{ABOUT}\s+\w"
)
_TOLD = rf"{PREPOSED}{WORD}\s+\S+\s+\w+"  # and behind "Tell me where A met B and": "what he said"
_AND, _AND_TOLD = (
    re.compile(
        rf"(?P<gap>(?:\s*[,;]\s*|\s+){JOINING}\s+|\s*;\s*"
        rf"|\s*,\s*(?=(?:what|when|where|why|how)\b(?:\s+[\w'’-]+){{0,3}}?\s+{_AUX}))"
        rf"(?:(?:also|then|if\s+so)\s*,?\s+)?(?=(?:{asks}))",
        re.IGNORECASE,
    )
    for asks in (_ASKS, f"{_ASKS}|{_TOLD}")
)
_POLITE = rf"^(?:{either(LINK, COURTESY)}\b[\s,!.]*)*"
_INVERTED = re.compile(  # an auxiliary where a question has it: "what did", "how many people were", "was the"
    rf"{_POLITE}(?:{PREPOSED}(?:{WORD}|{WITH_NOUN}(?:\s+[\w.'’-]+){{1,4}}?)\s+{_AUX}|{_AUX})",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"{_POLITE}(?:who(?:se)?|what|which|how\s+(?:many|much)|{REQUEST}|name)\b", re.IGNORECASE)
_END = re.compile(r"(?<=[?])[\s?]+(?=\S)|(?<=\w{3}[.!;])\s+(?=[A-Z])")
_LEAD = re.compile(
    r"^(?:please\s+)?(?:(?:can|could|would)\s+you\s+(?:please\s+)?(?:tell|explain\s+to)\s+me|tell\s+me|let\s+me\s+know"
    r"|do\s+you\s+know|i(?:['’]d|\s+would)\s+like\s+to\s+know|i\s+want\s+to\s+know|find\s+out|explain)\s+"
    rf"(?={PREPOSED}{WORD}\b)",
    re.IGNORECASE,
)
_WORDS_FIRST = re.compile(
    rf"^(?P<words>{_WHEN}(?:\s*,\s*{_WHEN})*\s*,?\s+and\s+{_WHEN})\s+(?P<rest>(?!and\b)\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN_WORDS = re.compile(r"\s*,\s*and\s+|\s*,\s*|\s+and\s+", re.IGNORECASE)
_RELATIVE = re.compile(r"\S\s+(?:who|which|that|whose)\s", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:joint(?:ly)?|together|each other|one another)\b", re.IGNORECASE)
_SEVERALLY = re.compile(r"\b(?:both|each|respectively)\s+|\s+(?:each|respectively)\b", re.IGNORECASE)
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_ABOUT = whole(ABOUT)
_AGREE = re.compile(
    r"\b(?P<sides>\S.{0,120}?)\s+(?:(?:dis)?agree\w*|differ\w*|see\s+eye\s+to\s+eye|at\s+odds|of\s+one\s+mind"
    r"|contradict(?:\s+each\s+other)?)\s+(?:with\s+each\s+other\s+)?(?:on|about|over|regarding|as to|in)\s+"
    r"(?P<about>.+)",
    re.IGNORECASE | re.DOTALL,
)


def clauses(text: str) -> tuple[str, ...]:
    """The questions of a message in the words of whoever typed it, in order; the whole text if there is but one.

    What is no question ("I have read about the talks.") stays with the question that follows it.
    """
    found = [clause for sentence in _sentences(text) for clause in _joined(sentence)]
    if len(found) < 2:
        return (text,)
    return tuple(_LEAD.sub("", clause, count=1) for clause in found)


def _sentences(text: str) -> Iterator[str]:
    """Stretches of the text with one question sentence each."""
    pieces = _END.split(text)
    if sum(map(_is_question, pieces)) < 2:
        yield text
        return
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if _is_question(piece):
            yield " ".join(held)
            held = []
    # what follows the last question is no question and asks for nothing


def _is_question(piece: str) -> bool:
    bare = bool(re.fullmatch(rf"{ALONE}(?:\s+and\s+{ALONE})?\s*\?", piece.strip(), re.IGNORECASE))
    return bare or bool(_INVERTED.match(piece) or _OPENS.match(piece) or _WORDS_FIRST.match(piece))


def _joined(sentence: str) -> Iterator[str]:
    """The questions that one sentence joins by "and", those with several question words in front taken apart."""
    at = 0
    told = _LEAD.match(sentence)
    if told or _is_question(sentence):
        for gap in (_AND_TOLD if told else _AND).finditer(sentence):
            if gap.start() > at and not _goes_on(sentence[at : gap.start()], sentence[gap.end() :]):
                yield from _by_word(sentence[at : gap.start()])
                at = gap.end()
    yield from _by_word(sentence[at:])


def _goes_on(before: str, behind: str) -> bool:
    """Whether what stands behind "and" goes on with what stands before it and is no question of its own.

    That is so in "the man who met A and who called B", behind a question word alone ("when and where did …"), and for
    an "about" that has none before it.
    """
    if re.fullmatch(rf"(?:{_WHEN}(?:\s*,\s*|\s+and\s+)?)+", before.strip(), re.IGNORECASE):
        return True
    if _ABOUT.match(behind):
        return not _ABOUT.search(before)
    if re.match(rf"{_AUX}", behind, re.IGNORECASE):
        return not _INVERTED.match(before)  # "Which family made brandy and were settlers?"
    return bool(re.match(r"(?:who|which|whose)\s", behind, re.IGNORECASE)) and bool(_RELATIVE.search(before))


def _by_word(clause: str) -> Iterator[str]:
    """ "When and where did A meet B?" → "When did A meet B?", "Where did A meet B?"."""
    lead = _LEAD.match(clause)
    found = _WORDS_FIRST.match(clause[lead.end() :] if lead else clause)
    if found is None or not re.match(rf"{_AUX}|\w+", found["rest"], re.IGNORECASE):
        yield clause
        return
    for word in _BETWEEN_WORDS.split(found["words"]):
        yield f"{word} {found['rest']}"


@dataclass(frozen=True, slots=True)
class View:
    """One of several people whose words a question asks for, and the question put for them alone."""

    surface: str
    text: str


def views(question: Question) -> tuple[View, ...]:
    """The question once for each of those whose words it asks for, where these are several; else nothing.

    What people say together ("their joint statement") is not taken apart.
    """
    asked = question.speakers
    if len(asked) < 2 or _TOGETHER.search(question.text):
        return ()
    before, behind = question.text[: asked[0].start], question.text[asked[-1].end :]
    before = re.sub(r"^compare\s+", "", _SEVERALLY.sub("", before), flags=re.IGNORECASE)
    behind = _SEVERALLY.sub("", behind)
    return tuple(View(s.surface, f"{_THE.sub('', before)}{_with_the(question.text, s)}{behind}") for s in asked)


def agreement(question: Question) -> tuple[View, ...]:
    """ "Do A and B agree on C?" asked of each by themselves: "What did A say about C?"; else nothing."""
    found = _AGREE.search(question.text)
    if found is None:
        return ()
    sides = [r for r in question.others if r.kind != "place" and found.start("sides") <= r.start < found.end("sides")]
    about = found["about"].strip(" ?.")
    if len(sides) < 2 or not about:
        return ()
    text = question.text
    return tuple(View(side.surface, f"What did {_with_the(text, side)} say about {about}?") for side in sides)


def _with_the(text: str, name: Reference) -> str:
    """A name with the article that stands before it: "the Kremlin"."""
    return f"the {name.surface}" if _THE.search(text[: name.start]) else name.surface
