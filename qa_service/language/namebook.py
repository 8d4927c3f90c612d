"""Who bears which name: surfaces that mean the same bearer become one ``Name``; questions are left to ``references``.

"Sergei Lavrov", "Sergey Lavrov" and "Lavrov" are one man; "Pomeo" is a misspelling of "Pompeo". This is decided by
surname, given name and spelling distance. A surname alone means its bearer who was named last in the same document;
bearers known from other documents come in only where the document itself names none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from qa_service.language.alike import Spellings, same_spelling
from qa_service.language.gazetteer import capitals, countries, country_key
from qa_service.language.names import Spotted
from qa_service.language.offices import office_tag
from qa_service.language.runs import unusual
from qa_service.language.words import plain, word_set, words
from qa_service.types import Mention, Name, NameKind

_GENERATIONS = word_set("jr sr ii iii iv")
_PLACE = 0.2  # share of uses behind "in" from which a name is that of a place
_PARTICLES = word_set("de la du van von der den di da bin ibn al el")  # begin a surname, are no given name


@dataclass(eq=False, slots=True)
class _Bearer:
    """A person while the documents are read: the given names and surfaces met, the offices told."""

    surname: str
    given: set[str] = field(default_factory=set)
    surfaces: Counter[str] = field(default_factory=Counter)
    offices: set[str] = field(default_factory=set)

    def may_be(self, given: Iterable[str]) -> bool:
        """Whether someone with these given names and this surname can be the same person."""
        theirs = set(given)
        return not theirs or not self.given or self.is_called(theirs)

    def is_called(self, given: Iterable[str]) -> bool:
        """Whether one of these given names is known as theirs, spelt or shortened in another way."""
        return any(_same_given(one, other) for one in given for other in self.given)


class Register:
    """Collects the names of all documents, then says which bearer each one means."""

    def __init__(self, documents: Sequence[Sequence[Spotted]]) -> None:
        documents = _with_places(documents)
        self._documents = documents
        self._people: dict[str, list[_Bearer]] = defaultdict(list)  # by surname
        self._spelt: dict[str, str] = {}  # surname → the more frequent spelling of it
        self._kinds: dict[str, Counter[NameKind]] = defaultdict(Counter)
        self._surfaces: dict[str, Counter[str]] = defaultdict(Counter)
        self._introduce([s for document in documents for s in document if s.kind == "person" and not s.key])
        self._merge_spellings()
        self._bearers = [self._resolve(document) for document in documents]
        self._count()
        self._adopt()

    def _introduce(self, people: Sequence[Spotted]) -> None:
        """Whoever is named in full comes first, so that surnames alone ("President River") mean one of them."""
        parts = [_split(spotted.surface) for spotted in people]
        for given, surname in sorted(parts, key=lambda part: -len(part[0])):
            bearer = next((b for b in self._people[surname] if b.may_be(given[:1])), None)
            if bearer is None:
                bearer = _Bearer(surname)
                self._people[surname].append(bearer)
            bearer.given.update(given[:1], (name for name in given[1:] if len(name) > 1))

    def _merge_spellings(self) -> None:
        """Let the rarer spelling of a surname mean the bearers of the more frequent one."""
        flat = (s for document in self._documents for s in document if not s.key)
        counts = Counter(_split(spotted.surface)[1] for spotted in flat)
        spellings = Spellings(counts)
        for rare in sorted(self._people, key=lambda surname: (counts[surname], surname)):
            common = [n for n in spellings.of(rare) if counts[n] > counts[rare] and (self._people.get(n) or unusual(n))]
            if common and self._people[rare]:
                self._merge(rare, max(common, key=lambda name: counts[name]))

    def _merge(self, rare: str, common: str) -> None:
        theirs = self._people[common]
        pairs = [(b, next((t for t in theirs if t.may_be(b.given)), None)) for b in self._people[rare]]
        if theirs and any(into is None for _, into in pairs):
            return
        for bearer, into in pairs:
            if into is None:
                bearer.surname = common
                theirs.append(bearer)
            else:
                into.given |= bearer.given
        del self._people[rare]
        self._spelt[rare] = common

    def _with_surname(self, surname: str) -> list[_Bearer]:
        while surname in self._spelt:
            surname = self._spelt[surname]
        return self._people.get(surname, [])

    def _resolve(self, document: Sequence[Spotted]) -> list[_Bearer | None]:
        """The person that each name of a document means, if it means one."""
        full = [self._in_full(spotted) for spotted in document]
        here = _Named()
        for bearer, spotted in reversed(list(zip(full, document, strict=True))):  # the first named in full, to begin
            if bearer:
                here.hear(bearer, spotted)
        found: list[_Bearer | None] = []
        for bearer, spotted in zip(full, document, strict=True):
            bearer = bearer or self._alone(spotted, here)
            if bearer:
                here.hear(bearer, spotted)
            found.append(bearer)
        return found

    def _in_full(self, spotted: Spotted) -> _Bearer | None:
        given, surname = _split(spotted.surface)
        if spotted.key or not given or spotted.kind in ("organisation", "place"):
            return None
        return next((b for b in self._with_surname(surname) if b.is_called(given[:1])), None)

    def _alone(self, spotted: Spotted, here: _Named) -> _Bearer | None:
        given, surname = _split(spotted.surface)
        if spotted.key or given:
            return None
        known = self._with_surname(surname)
        local = next((here.by_surname[b.surname] for b in known if b.surname in here.by_surname), None)
        local = local or (here.by_given.get(surname) if spotted.kind != "place" else None)
        if local or spotted.kind == "place":
            return local
        return max(known, key=lambda bearer: bearer.surfaces.total(), default=None)

    def _count(self) -> None:
        for document, bearers in zip(self._documents, self._bearers, strict=True):
            for spotted, bearer in zip(document, bearers, strict=True):
                if bearer:
                    bearer.surfaces[spotted.surface] += 1
                    bearer.offices.update(filter(None, [office_tag(spotted.office)]))

    def _adopt(self) -> None:
        """Give the surfaces that are a person's whole name to that person; every other one stands for itself."""
        people = {_key(bearer): bearer for bearer in self._borne()}
        for document, bearers in zip(self._documents, self._bearers, strict=True):
            for at, spotted in enumerate(document):
                keys = _plain_keys(spotted) if bearers[at] is None else []
                if not spotted.key and keys and keys[0] in people:
                    bearers[at], keys = people[keys[0]], []
                for key in keys:
                    self._kinds[key][spotted.kind] += 1
                    self._surfaces[key][spotted.surface] += 1

    def _borne(self) -> list[_Bearer]:
        return [bearer for bearers in self._people.values() for bearer in bearers if bearer.surfaces]

    def names(self) -> tuple[Name, ...]:
        """Every bearer, people first; no two have the same key."""
        people = [
            Name(_key(b), _display(b), "person", tuple(sorted(b.surfaces)), tuple(sorted(b.offices)))
            for b in self._borne()
        ]
        others = [
            Name(key, _other_display(key, surfaces), _kind(key, self._kinds[key]), _variants(key, surfaces))
            for key, surfaces in sorted(self._surfaces.items())
        ]
        return (*sorted(people, key=lambda name: name.key), *others)

    def mentions(self, document: int) -> tuple[Mention, ...]:
        """The mentions of one document, in order. A capital is mentioned together with its country."""
        found: list[Mention] = []
        for spotted, bearer in zip(self._documents[document], self._bearers[document], strict=True):
            keys = [_key(bearer)] if bearer else _plain_keys(spotted)
            found.extend(Mention(key, spotted.sentence, spotted.start, spotted.end) for key in keys)
        return tuple(found)


def _with_places(documents: Sequence[Sequence[Spotted]]) -> list[list[Spotted]]:
    """The names of all documents, where a place elsewhere is a place: "New Norfolk voted", since "in New Norfolk"."""
    kinds: dict[str, Counter[NameKind]] = defaultdict(Counter)
    for spotted in (s for document in documents for s in document):
        kinds[spotted.surface][spotted.kind] += 1
    places = {surface for surface, of in kinds.items() if of["place"] >= _PLACE * of.total() and of["place"] > 1}
    moved = places & {surface for surface, of in kinds.items() if of["person"]}
    return [[_as_place(s) if s.surface in moved else s for s in document] for document in documents]


def _as_place(spotted: Spotted) -> Spotted:
    return replace(spotted, kind="place") if spotted.kind == "person" else spotted


@dataclass(slots=True)
class _Named:
    """Whom a document has named last by each surname and given name."""

    by_surname: dict[str, _Bearer] = field(default_factory=dict)
    by_given: dict[str, _Bearer] = field(default_factory=dict)

    def hear(self, bearer: _Bearer, spotted: Spotted) -> None:
        """Note that ``bearer`` is the one named last."""
        self.by_surname[bearer.surname] = bearer
        given = _split(spotted.surface)[0]
        if len(given) == 1:  # the first of more words may be something else: "Senator of Vermont Ada River"
            self.by_given[given[0]] = bearer


def _split(surface: str) -> tuple[tuple[str, ...], str]:
    """Given names and surname as they are compared; a single word is a surname. "Jr." belongs to the surname."""
    parts = [plain(word.text) for word in words(surface)] or [plain(surface)]
    last = 2 if len(parts) > 2 and parts[-1] in _GENERATIONS else 1
    given = parts[:-last]
    while given and given[0] in _PARTICLES:
        given = given[1:]
    return tuple(part for part in given if part not in _PARTICLES), " ".join(parts[-last:])


def _same_given(left: str, right: str) -> bool:
    """Whether two given names can be one: spelt alike, or one the initial of the other."""
    initial = (len(left) == 1 or len(right) == 1 or "." in left + right) and left[:1] == right[:1]
    return initial or same_spelling(left, right)


def _plain_keys(spotted: Spotted) -> list[str]:
    if spotted.key:
        return [spotted.key]
    key = spotted.surface.casefold()
    return [key, capitals()[key]] if key in capitals() else [key]


def _key(bearer: _Bearer) -> str:
    return _display(bearer).casefold()


def _display(bearer: _Bearer) -> str:
    rest = [(count, len(surface), surface) for surface, count in bearer.surfaces.items()]
    full = [item for item in rest if _split(item[2])[0]]
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


def _without_country(surface: str) -> str:
    """The "Foreign Ministry" of "Latvian Foreign Ministry": what its own country's papers call it; else nothing."""
    first, _, rest = surface.partition(" ")
    return rest if country_key(first) else ""


def _variants(key: str, surfaces: Counter[str]) -> tuple[str, ...]:
    aliases = [alias for alias, country in countries().items() if country == key]
    aliases += [bare for surface in surfaces if (bare := _without_country(surface))]
    aliases += [capital for capital, country in capitals().items() if country == key]
    return tuple(sorted({*surfaces, *aliases}))
