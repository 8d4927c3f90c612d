"""The turns of an interview that is printed as it was held: a label at the beginning of a line tells who speaks.

Labels are told from captions and lists of facts by what they are: in double brackets, or somebody's name that comes
back beside another label. What is attributed within a turn is read by ``statements``, as anywhere else.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from qa_service.language.gazetteer import office_words
from qa_service.language.words import word_set
from qa_service.types import Mention, Name, Sentence

_WORD = r"[^\W\d_a-z][\w.'’-]*"
_LABEL = re.compile(
    rf"(?P<open>\(\()(?P<double>[^()\n]{{1,60}})\)\)(?:[ \t]*:|(?=\s|$))"
    rf"|[*_\[]{{0,3}}(?P<plain>{_WORD}(?: (?:{_WORD}|of|the|de|der|van|von)){{0,4}})[*_\]]{{0,3}}:[*_]{{0,3}}(?=\s|$)"
)
_ROLES = word_set("q a interviewer interviewee host moderator question answer audience caller narrator")
_INITIALS = re.compile(r"[A-Z]{1,4}")
_ENDED = re.compile(r"[.!?…:;,–—-][\"”’')\]]*$")
_HEADING = 10  # words of a line without a full stop that is a heading, not spoken
_ASKS = 0.5  # share of turns that end with a question from which their speaker is the one who asks


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose words a sentence is: the name as shown, its key (empty for none), and where the words begin."""

    shown: str
    key: str
    start: int


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A label with the sentences of the paragraph that it opens."""

    label: str
    sentences: tuple[Sentence, ...]
    start: int
    end: int  # of the label with its marks


def turns(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], names: Mapping[str, Name]
) -> dict[int, Turn | None]:
    """The turn of each sentence of an interview, by ``Sentence.index``; None for a question of the one who asks.

    A turn goes on over paragraphs up to the next label, but that of the one who asks, and the last one, end with their
    own. Empty where the text is no interview.
    """
    labelled = list(_labelled(text, sentences))
    first = {each.label: each for each in reversed(labelled)}
    called = {label: _speaker(each, mentions, names) for label, each in first.items()}
    accepted = _accepted(text, labelled, called)
    spoken = [each for each in labelled if each.label in accepted]
    askers = _askers(text, spoken)
    found: dict[int, Turn | None] = {}
    for at, each in enumerate(spoken):
        following = spoken[at + 1].start if at + 1 < len(spoken) and each.label not in askers else 0
        for sentence in _of_turn(text, each, following, sentences):
            asked = each.label in askers and text[sentence.start : sentence.end].rstrip("\"”’')] ").endswith("?")
            shown, key = called[each.label]
            found[sentence.index] = None if asked else Turn(shown, key, max(sentence.start, each.end))
    return found


def _labelled(text: str, sentences: Sequence[Sentence]) -> Iterator[_Labelled]:
    """Each paragraph that begins with what may be a label."""
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        paragraph = tuple(group)
        found = _LABEL.match(text, paragraph[0].start, paragraph[-1].end)
        if found:
            yield _Labelled(found["double"] or found["plain"], paragraph, *found.span())


def _speaker(each: _Labelled, mentions: Sequence[Mention], names: Mapping[str, Name]) -> tuple[str, str]:
    """Whom a label means: somebody whom the text names with these initials, the name in it, or as it is written."""
    inside = sorted((m for m in mentions if each.start <= m.start and m.end <= each.end), key=lambda m: m.start - m.end)
    abbreviated = (m.key for m in mentions if _initials(names[m.key].display) == each.label)
    key = next(abbreviated, next((m.key for m in inside), ""))
    return (names[key].display if key else each.label), key


def _initials(name: str) -> str:
    """
    >>> _initials("Ada M. River"), _initials("Oslo")
    ('AMR', 'O')
    """
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _accepted(text: str, labelled: Sequence[_Labelled], called: Mapping[str, tuple[str, str]]) -> frozenset[str]:
    """The labels that tell who speaks."""
    count = Counter(each.label for each in labelled)
    double = {each.label for each in labelled if text.startswith("((", each.start)}
    plain = {
        label
        for label, (_, key) in called.items()
        if label not in double and (key or _INITIALS.fullmatch(label) or _is_role(label))
    }
    coming_back = [label for label in plain if count[label] > 1]
    return frozenset(double | (plain if len(coming_back) > 1 else set()))


def _is_role(label: str) -> bool:
    last = label.casefold().split()[-1]
    return last in _ROLES or last in office_words()


def _askers(text: str, spoken: Sequence[_Labelled]) -> frozenset[str]:
    """The labels of those who mostly ask."""
    asked: dict[str, list[bool]] = defaultdict(list)
    for each in spoken:
        asked[each.label].append(text[each.start : each.sentences[-1].end].rstrip("\"”’')] ").endswith("?"))
    return frozenset(label for label, each in asked.items() if sum(each) >= _ASKS * len(each))


def _of_turn(text: str, each: _Labelled, following: int, sentences: Sequence[Sentence]) -> Iterable[Sentence]:
    """The sentences of a turn up to where the next one begins, headings left out; its paragraph alone if there is none.

    A sentence with nothing behind its label is none.
    """
    yield from (s for s in each.sentences if each.end < s.end)
    place = each.sentences[-1].index + 1
    while place < len(sentences) and sentences[place].start < following:
        if not _is_heading(text, sentences[place]):
            yield sentences[place]
        place += 1


def _is_heading(text: str, sentence: Sentence) -> bool:
    written = text[sentence.start : sentence.end]
    return not _ENDED.search(written) and len(written.split()) <= _HEADING
