"""What kind of thing a question wants: a time, a place, a number, a cause, somebody's words, a summary …

The first pattern that fits decides, so the order matters: "how many hours" is a duration before it is a number.
"""

from __future__ import annotations

import re
from typing import Literal

from qa_service.language.words import term

Want = Literal[
    "statement",
    "speaker",
    "person",
    "body",
    "time",
    "place",
    "duration",
    "number",
    "cause",
    "yes_no",
    "summary",
    "text",
]

HARD: frozenset[Want] = frozenset({"time", "duration", "number", "place", "person", "speaker"})  # nothing else will do

_START = r"^(?:and |so |but )?"
_SAID = (
    r"sa(?:id|ys?)|told|claim\w*|believ\w*|wrote|described|called|words|quote\w*|statement|announced|warned|insisted"
    r"|stressed|emphasi[sz]ed|admitted|hoped|asked|accused|labell?ed|pointed out|thinks?|expressed|noted|added"
)
_OFFICIAL = (
    r"person|people|politicians?|ministers?|presidents?|leaders?|officials?|diplomats?|secretar(?:y|ies)|spokes\w+"
    r"|envoys?"
)
_BODY = (
    r"event|organi[sz]ation|company|team|group|agency|gathering|forum|council|conference|party|newspaper|channel|network"
    r"|university|ministry|programme|program|film|book|award|law|treaty|agreement"
)
_TOLD: tuple[tuple[Want, tuple[str, ...]], ...] = (
    (
        "summary",
        (
            r"\bsummar\w+", r"\bsum up\b", r"\boverview\b", r"\b(?:main|key) points?\b",
            r"\bwhat (?:is|are) .* about\b", r"^(?:please )?tell me (?:more )?about\b",
        ),
    ),
    (
        "duration",
        (
            r"\bhow long\b(?! ago)", r"\bhow much time\b", r"\b(?:duration|length) of\b", r"\blength\s*\??$",
            r"\bhow many (?:seconds|minutes|hours|days|weeks|months|years)\b",
        ),
    ),
    (
        "number",
        (
            r"\bhow (?:many|much|often|frequently|old|far|fast|deep|tall|large|big|high)\b",
            r"\bwhat (?:number|percentage|share|amount)\b",
        ),
    ),
    (
        "time",
        (
            r"^when\b", r"\bwhen (?:did|was|were|is|are|will|do|does|has|have|had|would|should|exactly)\b",
            r"\b(?:what|which) (?:day|date|year|month|time|weekday)\b", r"\bhow long ago\b",
        ),
    ),
    (
        "place",
        (
            _START + r"where\b", r"\bwhere (?:did|was|were|is|are|do|does|has|have|had|will)\b",
            r"\b(?:what|which) (?:city|country|place|town|venue|location|capital|region|continent)\b",
        ),
    ),
    (
        "cause",
        (
            r"\bwhy\b", r"\bwhat reason\b", r"\bwhat (?:caused|prompted|led to|made|triggered)\b", r"\bhow come\b",
            r"\breasons? (?:for|behind)\b",
        ),
    ),
    ("speaker", (rf"\bwho(?:se)?\b.*\b(?:{_SAID})\b", rf"\bwhich (?:{_OFFICIAL})\b.*\b(?:{_SAID})\b")),
    (
        "person",
        (
            _START + r"(?:who|whom|whose)\b", r"\b(?:by|with|to|from) whom\b", r"\bname of\b",
            r"\bwho (?:is|was|were|are|did|met|has|had|will)\b", r"\bwhat (?:person|politician|minister|official)s?\b",
            rf"\bwhich (?:[\w.]+ ){{0,2}}?(?:{_OFFICIAL})\b",
        ),
    ),
    ("body", (rf"\b(?:which|what) (?:[\w.]+ ){{0,2}}?(?:{_BODY})\b",)),
    ("yes_no", (_START + r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b",)),
)  # fmt: skip
_PATTERNS = tuple((want, re.compile("|".join(patterns), re.IGNORECASE)) for want, patterns in _TOLD)

# Words that name the kind of thing wanted ("which day", "how long"): an answer need not have them.
_NAMES: dict[Want, str] = {
    "duration": "long length duration many much time second minute hour day week month year",
    "number": "many much often number amount", "time": "day date week month year time weekday",
    "place": "city country place town venue location take region continent",
    "summary": "summary summarize summarise sum overview main key point short brief give tell article",
    "body": "event gathering organisation organization company group team",
    "person": "person politician name official", "cause": "reason cause prompted", "speaker": "words",
}  # fmt: skip


def terms_in(listed: str) -> frozenset[str]:
    """The terms of the words in a list, white space between them."""
    return frozenset(map(term, listed.split()))


_TERMS = {want: terms_in(names) for want, names in _NAMES.items()}


def want_of(question: str) -> Want:
    """The kind of thing that a question wants; ``text`` when nothing in particular."""
    return next((want for want, pattern in _PATTERNS if pattern.search(question)), "text")


def terms_of(want: Want) -> frozenset[str]:
    """The terms that only name the kind of thing wanted."""
    return _TERMS.get(want, frozenset())
