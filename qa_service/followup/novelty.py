"""How much of a question is new to the conversation; ``unsaid`` and ``pronouns`` tell new topics from follow-ups by it.

The measure is the surprisal of its content words in English (Shannon 1948, "A mathematical theory of communication",
§ 6), summed over those that the last turns did not use: "Was the album a hit?" brings little, "Which mineral did
smelters stop using in 1986?" a lot.
"""

from __future__ import annotations

import math
from functools import cache

from qa_service.followup.memory import Memory
from qa_service.language.words import english, is_function_word, plain, term, words

_UNKNOWN = 7.0  # digits of surprisal of a word that the list of English words lacks


def novelty(question: str, memory: Memory) -> float:
    """Sum of log10(1 / share of English text) over the content words that are new; numbers count nothing."""
    new = [w.text for w in words(question) if not is_function_word(w.text) and w.text[0].isalpha()]
    told = memory.told
    return sum(_surprisal(plain(word)) for word in new if term(word) not in told)


def _surprisal(word: str) -> float:
    usage = english().get(word)
    return math.log10(_total() / (usage.count + 1)) if usage else _UNKNOWN


@cache
def _total() -> int:
    return sum(usage.count for usage in english().values())
