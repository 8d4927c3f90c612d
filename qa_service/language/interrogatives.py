"""The words that questions are asked with, as pieces of regular expressions: "when", "on which day", "by how much".

Auxiliaries and other closed classes are left to ``grammar``, whose rules for pieces hold here too; what kind of answer
a question wants is decided in ``wants``.
"""

from __future__ import annotations

import re

from qa_service.language.grammar import AUXILIARY, PREPOSITION, either, one_of

WORD = one_of("what which whose who whom when where why how")
WITH_NOUN = one_of("what which whose how")  # these may have words between them and the verb: "how many people were"
_KIND = one_of("day date year month weekday time city country town place venue occasion event reason")
_WITH_WHOM = rf"{one_of('with to from by')}\s+whom"
HOW_OFTEN = r"how(?:\s+(?:long|often|far|many\s+times))?"

PREPOSED = rf"(?:{PREPOSITION}\s+)?"  # may stand before a question word: "in which", "to whom"
WHAT_KIND = rf"{PREPOSED}{one_of('what which')}\s+{_KIND}"
CIRCUMSTANCE = either("when", "where", "why", HOW_OFTEN, _WITH_WHOM, WHAT_KIND)  # asks nothing without a sentence
HOW_MUCH = r"(?:by|with|for)\s+how\s+(?:many|much)(?:\s+\w+)?"
ALONE = either(CIRCUMSTANCE, HOW_MUCH)  # may be the whole of a question that goes on with the one before: "and when?"

_FIRST_WORDS = re.compile(
    rf"^{PREPOSED}(?:{WORD}(?:\s+[\w-]+){{0,3}}?\s+(?={AUXILIARY}\b)|(?:{HOW_OFTEN}|how\s+(?:many|much)|{WORD})\s+)",
    re.IGNORECASE,
)


def asked_anew(word: str, last: str) -> str:
    """The question ``last`` with other words to ask it with, without its question mark.

    >>> asked_anew("why", "On which day did Ada River leave")
    'Why did Ada River leave'
    """
    rest = _FIRST_WORDS.sub("", last)
    return f"{word.capitalize()} {rest[:1].lower() + rest[1:] if rest == last else rest}"
