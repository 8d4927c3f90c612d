"""Has a language model word questions: a follow-up so that it stands alone, a compound question as its parts.

What it gives back is used only if it keeps what was asked and brings in nothing; None stands for "as before".
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence

from qa_service.language.words import is_function_word, term, words
from qa_service.model import LanguageModel, ModelFailed, complete
from qa_service.prompts import Prompt
from qa_service.support.markup import has_markup
from qa_service.types import Turn

from .cut import visible

_TURNS = 6  # of the conversation, that a follow-up is read with
_LONGEST_TURN = 600  # characters of a turn that are read
_MOST = 4  # parts of a question
_TOKENS = 120
_SHARE = 0.3  # of the time for the whole answer that wording a question may take
_LEAD = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)]|[\w -]{0,30}question:)\s*", re.IGNORECASE)
_ASKING = r"\b(?:who|whom|whose|what|when|where|why|which|how)\b"
_COMPOUND = re.compile(  # two questions, or a request that is none: only then is it worth the time to ask
    rf"\?.*\?|{_ASKING}.*\b(?:and|or)\b.*{_ASKING}|^(?:please|tell|give|list|explain|compare|show)\b.*(?:,|\band\b)",
    re.IGNORECASE | re.DOTALL,
)
_LONG = 9  # words from which a question may be compound
_FREE = 2  # words that a wording may add: verbs of asking and of what happens
_PLAIN = frozenset(map(term, "say tell speak talk discuss mention call meet happen take place do think about".split()))


def standalone(
    model: LanguageModel, prompt: Prompt, question: str, history: Sequence[Turn], deadline: float
) -> str | None:
    """The question with what it leaves to the conversation; None where the model does not say it, or invents."""
    said = [f"{turn.role}: {turn.content[:_LONGEST_TURN]}" for turn in history[-_TURNS:]]
    lines = _lines(model, prompt, deadline, conversation="\n".join(said), question=question)
    if len(lines) != 1 or not _keeps(lines[0], question):
        return None
    sources = [question, *(turn.content for turn in history)]
    return lines[0] if brings_in_nothing(lines[0], sources, _FREE) else None


def parts(model: LanguageModel, prompt: Prompt, question: str, deadline: float) -> tuple[str, ...] | None:
    """The questions of a message that may hold several; None where it holds one, or the model invents."""
    if len(words(question)) < _LONG or not _COMPOUND.search(question):
        return None
    lines = _lines(model, prompt, deadline, question=question)
    if not 2 <= len(lines) <= _MOST or not _keeps(" ".join(lines), question):
        return None
    return tuple(lines) if all(brings_in_nothing(line, [question], 0) for line in lines) else None


def brings_in_nothing(text: str, sources: Iterable[str], free: int) -> bool:
    """Whether a wording is plain text whose names, numbers and telling words stand in the sources.

    ``free`` is how many other words, in small letters, it may have besides plain ones such as "say".
    """
    if has_markup(text) or not any(letter.isalpha() for letter in text):
        return False
    known = {key for source in sources for key in _telling(source)} | _PLAIN
    new = {key: word for key, word in _telling(text).items() if key not in known}
    return len(new) <= free and all(word.islower() for word in new.values())


def _lines(model: LanguageModel, prompt: Prompt, deadline: float, **values: str) -> list[str]:
    """What the model writes, line by line; nothing if it fails, since there is another way."""
    now = time.monotonic()
    try:
        text = complete(model, prompt.fill(**values), _TOKENS, now + (deadline - now) * _SHARE)
    except ModelFailed:
        return []
    lines = (_LEAD.sub("", visible(line)).strip().strip('"“”') for line in text.splitlines())
    return [line for line in lines if line]


def _keeps(text: str, question: str) -> bool:
    """Whether a wording has the names, the numbers and most of what the question tells, and is not much longer."""
    asked = {key: word for key, word in _telling(question).items() if key not in _PLAIN}
    lost = asked.keys() - _telling(text).keys()
    whole = all(asked[key].islower() for key in lost) and 2 * len(lost) <= len(asked)
    return whole and len(text) <= 2 * len(question) + 200


def _telling(text: str) -> dict[str, str]:
    """The words of a text that tell something, by their term."""
    return {term(word.text): word.text for word in words(text) if not is_function_word(word.text)}
