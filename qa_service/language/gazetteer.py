"""General knowledge that reading news takes: countries and their people, offices, days and months.

Nobody in particular stands in here: countries come from ``countryinfo``, offices are kinds of office.
"""

from __future__ import annotations

from functools import cache
from typing import Any

# Kinds of office → the nouns and phrases that name one. Two phrases of one kind may mean the same person.
OFFICES: dict[str, tuple[str, ...]] = {
    "diplomat": (
        "foreign minister", "secretary of state", "foreign secretary", "minister of foreign affairs", "diplomat",
        "top diplomat", "chief diplomat", "head of diplomacy", "head of the diplomacy", "foreign policy chief",
    ),
    "head of state": ("president", "president-elect", "head of state", "leader", "king", "queen", "emperor"),
    "head of government": ("prime minister", "premier", "chancellor", "head of government"),
    "deputy": ("vice president", "deputy minister", "deputy prime minister", "deputy"),
    "spokesperson": ("spokesman", "spokeswoman", "spokesperson", "press secretary"),
    "ambassador": ("ambassador", "envoy", "consul"),
    "minister": ("minister", "secretary"),
    "legislator": ("senator", "congressman", "congresswoman", "representative", "lawmaker", "mp", "speaker"),
    "soldier": ("general", "admiral", "colonel", "commander"),
    "local": ("mayor", "governor", "sheriff"),
    "judge": ("judge", "justice", "attorney", "prosecutor", "lawyer"),
    "manager": ("chairman", "chairwoman", "chair", "chief executive", "ceo", "director", "head", "chief", "boss"),
    "scholar": ("professor", "dr", "doctor", "researcher", "analyst", "expert", "scientist", "author"),
    "courtesy": ("mr", "mrs", "ms", "miss", "sir", "lord", "lady", "prince", "princess", "pope", "bishop", "captain"),
}  # fmt: skip

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

# Spoken forms that the country library lacks.
_ALSO = {
    "u.s": "united states", "u.s.a": "united states", "usa": "united states", "america": "united states",
    "u.k": "united kingdom", "uk": "united kingdom", "britain": "united kingdom", "icelandic": "iceland",
    "american": "united states", "americans": "united states", "u.a.e": "united arab emirates", "uae": "united arab emirates",
}  # fmt: skip


@cache
def countries() -> dict[str, str]:
    """Every name of a country or its people, case-folded → the country's key.

    >>> countries()["russian"], countries()["u.s"]
    ('russia', 'united states')
    """
    found = dict(_ALSO)
    for key, info in _facts().items():
        people = str(info.get("demonym") or "")
        plural = people + "s" if people.endswith(("n", "i")) else ""
        for alias in (key, people, plural, *info.get("altSpellings", ())):
            if len(alias) > 3 and alias.isascii():
                found.setdefault(alias.casefold(), key)
    return found


@cache
def capitals() -> dict[str, str]:
    """The case-folded name of a capital → the key of its country, for which it often stands."""
    found = {}
    for key, info in _facts().items():
        capital = str(info.get("capital") or "").removesuffix(" D.C.")
        if len(capital) > 3:
            found.setdefault(capital.casefold(), key)
    return found


@cache
def _facts() -> dict[str, dict[str, Any]]:
    from countryinfo import all_countries

    # The most populous first: "Congolese" or "Korean" then means the larger of two.
    facts = sorted((c.info() for c in all_countries()), key=lambda info: -float(info.get("population") or 0))
    return {str(info["name"]).casefold(): info for info in facts if info.get("name")}


@cache
def office_words() -> frozenset[str]:
    """Every word that occurs in the name of an office, linking words left out."""
    return frozenset(w for phrases in OFFICES.values() for p in phrases for w in p.split()) - {"of", "the"}


@cache
def offices() -> tuple[tuple[str, str], ...]:
    """All (phrase, kind of office), longest phrase first."""
    pairs = [(phrase, kind) for kind, phrases in OFFICES.items() for phrase in phrases]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
