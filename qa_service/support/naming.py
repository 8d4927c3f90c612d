"""The names of a sentence, and whether passages have them, as they are or in another form; places are left out.

Known variants: a surname for the whole name, a country for its people and its capital, initials for what they stand
for, another spelling. A given name that the passages lack is not made up: "Ada River" does not rest on "River".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qa_service.language.alike import same_spelling
from qa_service.language.gazetteer import DAYS, MONTHS, TITLES, country_key, office_words
from qa_service.language.names import Spotted, spot
from qa_service.language.runs import unusual
from qa_service.language.words import is_function_word, plain, term, words
from qa_service.types import Sentence

from .grounds import Grounds, Line

_NEAR = 5  # words within which the parts of one person's name stand
_SPELLABLE = 5  # letters from which another spelling is accepted


@lru_cache(maxsize=256)  # several features ask for those of the same sentence
def names_of(text: str) -> tuple[Spotted, ...]:
    """The names of a sentence, as ``language.names`` spots them."""
    return spot(text, [Sentence(0, 0, len(text), 0)])


def parts(name: Spotted) -> tuple[str, ...]:
    """The words of a name as they are compared, without titles, offices and linking words."""
    return parts_of(name.surface)


def parts_of(surface: str) -> tuple[str, ...]:
    """The same for a surface."""
    spelt = [(word.text, plain(word.text)) for word in words(surface)]
    told = [(raw, one) for raw, one in spelt if not is_function_word(raw) and one not in TITLES and one not in DAYS]
    kept = [one for raw, one in told if one not in MONTHS and (one not in office_words() or len(told) == 1)]
    return tuple(kept)


def is_known(name: Spotted, grounds: Grounds) -> bool:
    """Whether passages have a name of a sentence."""
    if name.key:
        return name.key in grounds.countries
    wanted = parts(name)
    if all(_has(part, name, grounds) for part in wanted):
        return name.kind != "person" or len(wanted) < 2 or any(_together(wanted, line) for line in grounds.all_lines)
    return _is_shortened(name.surface, grounds) or _is_ordinary(name, grounds)


def stands_in(name: Spotted, line: Line) -> bool:
    """Whether a line has a name, or the last part of it; a country also by its people."""
    if name.key:
        return f"@{name.key}" in line.keys
    wanted = parts(name)
    return not wanted or any(alike(wanted[-1], word) for word in line.spelt)


def _has(part: str, name: Spotted, grounds: Grounds) -> bool:
    if part in grounds.spelt or part in grounds.acronyms or country_key(part) in grounds.countries:
        return True
    stem = term(part)
    inflected = name.kind != "person" and stem in grounds.keys
    return inflected or (len(part) >= _SPELLABLE and any(alike(part, word) for word in grounds.spelt))


def alike(left: str, right: str) -> bool:
    """Whether two words of names are one, spelt alike."""
    if left == right or min(len(left), len(right)) < _SPELLABLE or left[0] != right[0]:
        return left == right
    return unusual(left) and same_spelling(left, right)


def _together(wanted: Sequence[str], line: Line) -> bool:
    """Whether the parts of a name stand close together, in their order."""
    for at, last in enumerate(line.spelt):
        near = line.spelt[max(0, at - _NEAR) : at]
        if alike(wanted[-1], last) and all(any(alike(part, word) for word in near) for part in wanted[:-1]):
            return True
    return False


def _is_shortened(surface: str, grounds: Grounds) -> bool:
    """Whether the passages have the initials of a name: "WHO" for "World Health Organization"."""
    initials = "".join(word.text[0].casefold() for word in words(surface) if word.capitalised)
    return len(initials) > 1 and initials in grounds.acronyms & grounds.spelt


def _is_ordinary(name: Spotted, grounds: Grounds) -> bool:
    """Whether a single capitalised word at the beginning of a sentence is no name: "Vaccinated people may …"."""
    return (
        name.start == 0
        and " " not in name.surface
        and name.surface.endswith(("ed", "ing", "ly", "s"))
        and (term(name.surface) in grounds.keys)
    )
