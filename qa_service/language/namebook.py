"""Who bears which name: surfaces that mean the same bearer become one ``Name``, and words of a question find it.

"Sergei Lavrov", "Sergey Lavrov" and "Lavrov" are one man; "Pomeo" is a misspelling of "Pompeo". This is decided by
surname, first name and spelling distance, never by a list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .gazetteer import capitals, countries
from .names import Spotted, office_tag
from qa_service.types import Mention, Name, NameKind
from .words import english, words

_SOUNDS = str.maketrans("eiouycqzvwjx", "aaaaakksffgk")  # letters that are written for one another across languages
_SHORT, _LONG = 6, 8  # letters; below _SHORT only a missing, doubled or swapped letter is forgiven, from _LONG two errors


def same_spelling(left: str, right: str) -> bool:
    """Whether two case-folded words are spellings of one name.

    >>> same_spelling("pompeo", "pomeo"), same_spelling("sergei", "sergey"), same_spelling("obama", "osama")
    (True, True, False)
    """
    if left == right:
        return True
    shorter, longer = sorted((len(left), len(right)))
    sound, other = left.translate(_SOUNDS), right.translate(_SOUNDS)
    if shorter < 4 or longer - shorter > 2 or sound[0] != other[0]:
        return False
    distance = OSA.distance(left, right)
    if sound == other and shorter >= _SHORT:
        return distance <= 2
    if _known(left) and _known(right):
        return False
    if sound == other or shorter >= _LONG:
        return distance <= 2
    substituted = len(left) == len(right) and sorted(left) != sorted(right)
    return distance == 1 and (shorter >= _SHORT or not substituted)


def _known(word: str) -> bool:
    return word in english() or word in countries()


@dataclass(slots=True)
class _Bearer:
    """A person while the documents are read: the first names and surfaces met, with their counts."""

    surname: str
    first: Counter[str]
    surfaces: Counter[str]
    offices: set[str]

    def may_be(self, first: str) -> bool:
        return not first or not self.first or any(same_spelling(first, known) for known in self.first)


class Register:
    """Collects the names of all documents, then says which bearer each one means."""

    def __init__(self, documents: Sequence[Sequence[Spotted]]) -> None:
        self._documents = documents
        self._people: list[_Bearer] = []
        self._by_surname: dict[str, list[_Bearer]] = defaultdict(list)
        self._kinds: dict[str, Counter[NameKind]] = defaultdict(Counter)
        self._surfaces: dict[str, Counter[str]] = defaultdict(Counter)
        self._collect()

    def _collect(self) -> None:
        flat = [spotted for document in self._documents for spotted in document]
        for spotted in flat:
            if spotted.kind == "person" and not spotted.key:
                self._add_person(*_split(spotted.surface), spotted.surface)
        self._merge_spellings(flat)
        for spotted in flat:
            person = self._person(spotted)
            if person is not None:
                person.surfaces[spotted.surface] += spotted.kind != "person"
                person.offices.update(filter(None, [office_tag(spotted.office)]))
            for key in [] if person else _plain_keys(spotted):
                self._kinds[key][spotted.kind] += 1
                self._surfaces[key][spotted.surface] += 1

    def _add_person(self, first: str, surname: str, surface: str) -> None:
        bearers = self._by_surname[surname]
        bearer = next((b for b in bearers if b.may_be(first)), None)
        if bearer is None:
            bearer = _Bearer(surname, Counter(), Counter(), set())
            self._people.append(bearer)
            bearers.append(bearer)
        bearer.first.update([first] if first else [])
        bearer.surfaces[surface] += 1

    def _merge_spellings(self, flat: Iterable[Spotted]) -> None:
        """Let the rarer spelling of a surname mean the bearers of the more frequent one."""
        counts = Counter(_split(spotted.surface)[1] for spotted in flat)
        for rare in sorted(self._by_surname, key=lambda surname: (counts[surname], surname)):
            for common in counts:
                if counts[common] > counts[rare] and rare != common and same_spelling(rare, common):
                    self._merge(rare, common)
                    break

    def _merge(self, rare: str, common: str) -> None:
        for bearer in self._by_surname[rare]:
            for surface, count in bearer.surfaces.items():
                first = next(iter(bearer.first), "")
                self._add_person(first, common, surface)
                self._by_surname[common][-1].surfaces[surface] += count - 1
            self._people.remove(bearer)
        self._by_surname[rare] = self._by_surname[common]

    def _person(self, spotted: Spotted) -> _Bearer | None:
        if spotted.key:
            return None
        first, surname = _split(spotted.surface)
        bearers = self._by_surname.get(surname, [])
        fitting = [bearer for bearer in bearers if bearer.may_be(first)]
        return max(fitting, key=lambda bearer: bearer.surfaces.total(), default=None)

    def names(self) -> tuple[Name, ...]:
        """Every bearer, people first."""
        people = [
            Name(_key(b), _display(b), "person", tuple(sorted(b.surfaces)), tuple(sorted(b.offices))) for b in self._people
        ]
        others = [
            Name(key, _other_display(key, surfaces), _kind(key, self._kinds[key]), _variants(key, surfaces))
            for key, surfaces in sorted(self._surfaces.items())
        ]
        return tuple([*sorted(people, key=lambda name: name.key), *others])

    def mentions(self, document: int) -> tuple[Mention, ...]:
        """The mentions of one document, in order. A capital is mentioned together with its country."""
        found: list[Mention] = []
        for s in self._documents[document]:
            person = self._person(s)
            keys = [_key(person)] if person else _plain_keys(s)
            found.extend(Mention(key, s.sentence, s.start, s.end) for key in keys)
        return tuple(found)


def _split(surface: str) -> tuple[str, str]:
    """First name and surname, case-folded; the first name is empty for a single word."""
    parts = [word.text.casefold() for word in words(surface)] or [surface.casefold()]
    return (parts[0] if len(parts) > 1 else "", parts[-1])


def _plain_keys(spotted: Spotted) -> list[str]:
    if spotted.key:
        return [spotted.key]
    key = spotted.surface.casefold()
    return [key, capitals()[key]] if key in capitals() else [key]


def _key(bearer: _Bearer) -> str:
    return _display(bearer).casefold()


def _display(bearer: _Bearer) -> str:
    full = [(count, len(surface), surface) for surface, count in bearer.surfaces.items() if " " in surface]
    rest = [(count, len(surface), surface) for surface, count in bearer.surfaces.items()]
    matching = [item for item in full if _split(item[2])[1] == bearer.surname]
    if full and not matching and len(rest) > len(full):  # the full name is met in a misspelling only
        surname = max(item for item in rest if item not in full)[2]
        return f"{max(full)[2].split()[0]} {surname}"
    return max(matching or full or rest)[2]


def _other_display(key: str, surfaces: Counter[str]) -> str:
    if key in countries().values():
        return key.title()
    return surfaces.most_common(1)[0][0]


def _kind(key: str, kinds: Counter[NameKind]) -> NameKind:
    if key in countries().values():
        return "place"
    return kinds.most_common(1)[0][0]


def _variants(key: str, surfaces: Counter[str]) -> tuple[str, ...]:
    aliases = [alias for alias, country in countries().items() if country == key]
    aliases += [capital for capital, country in capitals().items() if country == key]
    return tuple(sorted({*surfaces, *aliases}))
