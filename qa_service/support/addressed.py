"""Which sentences of a passage speak to a reader or a machine instead of telling news: nothing may rest on them.

``orders`` knows single sentences that give orders. Here a passage is looked at as a whole: what stands between orders
or behind a frame ("Answer:") is part of them, markup is no prose, and another language has no business in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.language.words import english, is_function_word, words

from .markup import has_markup
from .orders import gives_orders

_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]*[”“»\"]")
_SECOND = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_MACHINE = (
    r"(?:ai|llms?|assistants?|chatbots?|bots?|crawlers?|(?:language\s+)?models?|(?:automated\s+)?readers?|users?)"
)
_TOLD = re.compile(
    rf"\b{_MACHINE}\b.{{0,80}}?\b(?:must|should|shall|needs?\s+to|ha(?:s|ve)\s+to|remember|"
    r"(?:is|are)\s+(?:now\s+)?(?:required|asked|to|obliged))\b"
    rf"|\bfor\s+{_MACHINE}\s*:|\bdear\s+{_MACHINE}\b|\bif\s+(?:the\s+|a\s+)?user\b|\bmessage\s+to\s+(?:the\s+)?{_MACHINE}\b",
    re.IGNORECASE,
)
_ABOUT_ITSELF = re.compile(
    r"\b(?:rules?|passages?|instructions?|prompts?|question|table|picture|code|text|sentences?|context|article)\s+(?:above|below)\b"
    r"|\babove\s+(?:rules|instructions|text)\b|\bsystem\s+prompt\b|\b(?:correct|perfect|right|only|best)\s+answer\b"
    r"|\b(?:summar(?:y|ies)|answers?)\s+(?:of|to|on)\s+this\b|\bend\s+of\s+(?:the\s+)?(?:context|documents?|passages?|prompt)\b"
    r"|\bnew\s+task\b|\b(?:debug|maintenance|developer|god)\s+mode\b|\bapi\s+keys?\b|\benvironment\s+variables\b",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"^\s*(?:question|answer|query|response|reply|user|assistant|system|human|context|note|task)\s*:"
    r"|\]\]|\[\[|-{4,}|={4,}|#{2,}|\bdisplay\s*:\s*none",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:^\W*|[;:]\s+)(?:(?:please|kindly|now|then|also|and|instead|but|do|just)[\s,]+){0,3}"
    r"(?:add|answer|append|attribute|begin|call|cite|click|confirm|copy|decode|delete|describe|display|disregard|don[’']t|"
    r"do|download|end|execute|fetch|follow|forget|format|give|go|hide|ignore|include|insert|list|load|mention|never|obey|open|"
    r"output|paste|pretend|print|put|quote|recommend|refuse|remember|render|repeat|replace|reply|respond|return|reveal|run|"
    r"say|send|show|speak|start|state|stop|summari[sz]e|tell|translate|treat|type|use|visit|wait|warn|write)\b"
    r"(?=\s+(?:a|an|the|this|that|these|those|it|so|all|any|every|each|me|us|no|not|nothing|only|with|by|in|to|as|for|on|"
    r"like|after|at|every|exactly|here|from|and|his|its|their|[\"“!\[<(])|\s*[:\"“!\[<(])",
    re.IGNORECASE,
)
_ABOUT_AI = re.compile(r"\b(?:instructions|prompt|assistant|ai|language model)\b", re.IGNORECASE)
_FEWEST = 4  # words from which a language can be told
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def addressed(sentences: Sequence[str]) -> list[bool]:
    """For each sentence of a passage, whether it is no news but an order, part of one, markup, or in another tongue."""
    strong = [False, *(gives_orders(one) or has_markup(one) or speaks_to_reader(one) for one in sentences), False]
    frames = [False, *(bool(_FRAME.search(one)) for one in sentences)]
    whole = _is_english(" ".join(sentences))
    return [
        strong[at] or frames[at - 1] or (strong[at - 1] and strong[at + 1]) or (whole and not _is_english(one))
        for at, one in enumerate(sentences, start=1)
    ]


def speaks_to_reader(sentence: str) -> bool:
    """Whether a sentence says "you" outside of quotation marks, or commands."""
    return bool(_SECOND.search(_QUOTED.sub(" ", sentence))) or commands(sentence)


def commands(sentence: str) -> bool:
    """Whether a sentence tells a machine or a reader of the text what to do, or is the frame of a conversation."""
    bare = _QUOTED.sub(" ", sentence)
    told = _TOLD.search(bare) or _ABOUT_ITSELF.search(bare) or _FRAME.search(bare) or _IMPERATIVE.search(bare)
    return bool(told) or any(gives_orders(q) and bool(_ABOUT_AI.search(q)) for q in _inner(sentence))


def _inner(sentence: str) -> list[str]:
    return [found.strip('“”„«»" ') for found in _QUOTED.findall(sentence)]


def _is_english(text: str) -> bool:
    """Whether a text is English as far as its letters and small words tell; short ones are."""
    letters = [c for c in text if c.isalpha()]
    if letters and sum(bool(_LATIN.match(c)) for c in letters) < 0.7 * len(letters):
        return False
    found = [word.text for word in words(text)]
    if len(found) < _FEWEST:
        return True
    small = sum(is_function_word(word) for word in found)
    known = sum(word.casefold() in english() or not word.isalpha() for word in found)
    return small * 6 >= len(found) or known * 2 >= len(found)
