"""Finds the sentences of a text as exact spans; how many of them make a passage is the business of ``chunk``.

The rules, in the order in which they are asked at each stop (``.``, ``!``, ``?``, ``…`` and their Asian forms):

1. A line is a paragraph, and no sentence leaves its paragraph; lines that were wrapped at a width are one paragraph.
2. Closing quotes, brackets and reference marks after a stop belong to it.
3. No sentence ends inside a balanced quotation, unless that is very long.
4. White space follows, or the text is glued: ``ended.The next``, but not ``U.S.President`` and not an address.
5. What follows can open a sentence: it is no small letter, and no punctuation that carries on.
6. The word before a full stop is no abbreviation. Titles never end a sentence; ``No.`` does not before a number;
   ``U.S.``, ``Inc.``, ``a.m.``, ``Jan.`` and initials end one only before a word that typically opens one.
7. A question or an exclamation in quotes goes on where its speaker follows: ``"Why?" Smith asked``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from .types import Sentence

Span = tuple[int, int]

LONGEST_QUOTATION = 600  # characters; a longer one is cut like any other text
_WINDOW = 40  # characters looked at before a stop: no abbreviation is longer, and the time stays linear

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WRAPPED = 50  # characters in a line from which its end may be a wrap
_ENDED = re.compile(r"[.!?…:;][\"”’')\]]*\s*$")
_ITEM = re.compile(r"\s*(?:[#>|*•–-]|\d{1,3}[.)]\s|$)")
_STOP = re.compile(r"[.!?…]+|[。！？।۔؟]+")
_TAIL = re.compile(r"[\"”“’'»)\]}」』]|\[\d{1,3}\]")
_OPENING = re.compile(r"[\s\"“„«‘'’(\[{¿¡•*]*")
_MARK = re.compile(r"[\"“”„«»]")
_BREAK = re.compile(r"[\s\"“”„«»‘()\[\]{}—–/,;:]")
_CARRIES_ON = frozenset(".,;:!?…%/)]}”»&=")

_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}|[A-Z]")  # U.S, a.m before their last stop, and an initial
_GLUED = re.compile(r"[^\W\d_]{2}[\"”’')]*$")
_ADDRESS = re.compile(r"://|@|\bwww\.")
_LIST_NUMBER = re.compile(r"\W*\d{1,3}$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    "Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof Rev Fr Hon Pres Gov Govs Sen Sens Rep Reps Amb Sec Supt Atty Gen Adm "
    "Lt Col Maj Capt Cmdr Sgt Cpl Pvt Brig Insp Det Ft Mt v vs cf approx ca viz e.g i.e E.g I.e"
)
_NUMBERED = _words("No Nos no nos Fig Figs fig figs p pp Vol vol Art art Ch ch Op op Nr nr par ver")
_ABBREVIATIONS = _words(
    "Inc Co Corp Ltd Bros Cos LLC PLC Univ Dept dept Assn Intl Natl Govt govt Jr Sr Esq St Ste Ave Blvd Rd Hwy Sq "
    "etc al est Ph.D Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa "
    "Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta"
)
_STARTERS = re.compile(
    r"(?:The|An?|This|That|These|Those|He|She|It|They|We|You|I|His|Her|Its|Their|Our|My|There|Here|In|On|At|By|To|For|"
    r"From|With|As|Of|If|When|While|After|Before|Since|During|Until|Despite|Because|Although|Though|But|And|Or|So|Yet|"
    r"Then|Also|However|Meanwhile|Moreover|According|Asked|Earlier|Later|Both|Some|Many|Most|Several|Each|Every|"
    r"What|Who|Why|How|Where|Which|Is|Are|Was|Were|Do|Does|Did|Not?)(?![\w.])"
)
_SPEAKER = re.compile(
    r"\s+(?:[^\W\d_a-z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|added|adds|told|wrote|writes|tweeted|shouted|"
    r"exclaimed|replied|responded|wondered|cried|declared|demanded|quipped|joked)\b"
)


def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of ``text`` in order; together they cover everything in it but white space.

    Offsets count code points; no span has white space at its ends, nor a line break within that is not a wrap.
    Takes linear time.
    """
    found: list[Sentence] = []
    paragraph = 0
    for line in _paragraphs(text):
        spans = [span for piece in _pieces(text, line) if (span := _stripped(text, piece))]
        found += [Sentence(len(found) + n, start, end, paragraph) for n, (start, end) in enumerate(spans)]
        paragraph += bool(spans)
    return tuple(found)


def _paragraphs(text: str) -> Iterator[Span]:
    """The spans of lines, a wrapped line together with those that carry it on."""
    start = end = -1
    for line in _LINE.finditer(text):
        if start >= 0 and _is_wrap(text, (start, end), line):
            end = line.end()
            continue
        if start >= 0:
            yield start, end
        start, end = line.span()
    if start >= 0:
        yield start, end


def _is_wrap(text: str, before: Span, line: re.Match[str]) -> bool:
    """Whether a line break stands inside a sentence: a long line without a stop, and prose right behind it."""
    last = text.rfind("\n", *before) + 1 or before[0]
    return (
        text[before[1] : line.start()] == "\n"
        and before[1] - last >= _WRAPPED
        and not _ENDED.search(text, max(last, before[1] - 4), before[1])
        and not _ITEM.match(line.group())
        and not _ITEM.match(text, last)
    )


def _pieces(text: str, line: Span) -> Iterator[Span]:
    """Cut a line after each stop that ends a sentence."""
    start = line[0]
    quotations, openers = _quotations(text, line)
    for stop in _STOP.finditer(text, *line):
        end = _tail_end(text, stop.end(), line[1], openers)
        if not _quoted(quotations, stop.start(), end) and _ends(text, line, stop.span(), end):
            yield start, end
            start = end
    yield start, line[1]


def _stripped(text: str, span: Span) -> Span | None:
    """The span without the white space at its ends, or None where nothing else is in it."""
    piece = text[slice(*span)]
    start = span[0] + len(piece) - len(piece.lstrip())
    length = len(piece.strip())
    return (start, start + length) if length else None


def _quotations(text: str, line: Span) -> tuple[list[Span], frozenset[int]]:
    """The balanced double quotations of a line that are short enough to protect, and where each opens.

    A mark that must open one while another is open shows that the earlier one was never closed.
    """
    spans: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text, *line):
        at = match.start()
        opens, closes = _role(text, at, line)
        if opened is not None and (closes or (text[opened] == "„" and text[at] == "“")):
            spans.append((opened, at + 1))
            opened = None
        elif opens:
            opened = at
    openers = frozenset(start for start, _ in spans)
    return [(start, end) for start, end in spans if end - start <= LONGEST_QUOTATION], openers


def _role(text: str, at: int, line: Span) -> tuple[bool, bool]:
    """Whether the quotation mark at ``at`` may open and may close; a straight one is judged by its neighbours."""
    if text[at] != '"':
        return text[at] in "“„«", text[at] in "”»"
    before = text[at - 1] if at > line[0] else " "
    after = text[at + 1] if at + 1 < line[1] else " "
    free_before = before.isspace() or before in "([{—–-/‘'"
    free_after = after.isspace() or after in ".,;:!?)]}—–-…"
    return free_before or not free_after, free_after or not free_before


def _quoted(quotations: list[Span], stop: int, end: int) -> bool:
    """Whether a sentence that ends at ``end`` would be cut off inside a quotation."""
    at = bisect_right(quotations, (stop, 0)) - 1
    return at >= 0 and stop < quotations[at][1] and end < quotations[at][1]


def _tail_end(text: str, end: int, limit: int, openers: frozenset[int]) -> int:
    """Where the closing marks that follow a stop end."""
    while end not in openers and (mark := _TAIL.match(text, end, limit)):
        end = mark.end()
    return end


def _ends(text: str, line: Span, stop: Span, end: int) -> bool:
    """Whether the stop (with closing marks up to ``end``) ends a sentence: rules 4 to 7."""
    opening = _OPENING.match(text, end, line[1])
    at = opening.end() if opening else end
    if at >= line[1] or text[stop[0]] in "。！？।۔؟":
        return True
    before = text[max(line[0], stop[0] - _WINDOW) : stop[0]]
    if not text[end].isspace() and not _is_glued(text, before, end):
        return False
    if text[at].islower() or text[at] in _CARRIES_ON:
        return False
    if text[slice(*stop)] == ".":
        listed = stop[0] - line[0] < _WINDOW and _LIST_NUMBER.match(before)
        return not listed and not _is_abbreviation(_BREAK.split(before)[-1], text, at)
    return end == stop[1] or text[stop[1] - 1] in ".…" or not _SPEAKER.match(text, end, line[1])


def _is_glued(text: str, before: str, end: int) -> bool:
    """Whether a sentence ends at ``end`` although no space follows: ``ended.The``, never within an address."""
    following = text[end : end + 2]
    opens = following[:1].isupper() and (following[1:].islower() or following[1:].isspace())
    opens = opens or following[:1] in '"“„«'
    return opens and bool(_GLUED.search(before)) and before[-1].islower() and not _ADDRESS.search(before.split()[-1])


def _is_abbreviation(word: str, text: str, at: int) -> bool:
    """Whether ``word``, which stands before a full stop, goes on with the word at ``at``."""
    if word in _TITLES:
        return True
    if word in _NUMBERED:
        return text[at].isdigit()
    shortened = word in _ABBREVIATIONS or _ACRONYM.fullmatch(word)
    return bool(shortened) and not _STARTERS.match(text, at)
