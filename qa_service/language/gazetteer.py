"""General knowledge that reading news takes: countries and their people, offices, days and months.

Nobody in particular stands in here: countries come from ``countryinfo``, offices are kinds of office.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from qa_service.language.words import plain, word_set

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
    "judge": ("judge", "justice", "attorney", "attorney general", "prosecutor", "prosecutor general", "lawyer"),
    "manager": (
        "chairman", "chairwoman", "chair", "chief executive", "ceo", "director", "director general",
        "secretary general", "head", "chief", "boss",
    ),
    "scholar": ("professor", "dr", "doctor", "researcher", "analyst", "expert", "scientist", "author"),
    "courtesy": ("mr", "mrs", "ms", "miss", "sir", "lord", "lady", "prince", "princess", "pope", "bishop", "captain"),
}  # fmt: skip

# Written with a full stop before a name: "Sen. Ada River". Without the stop they are other words.
TITLES = {
    "mr": "courtesy", "mrs": "courtesy", "ms": "courtesy", "messrs": "courtesy", "dr": "scholar", "prof": "scholar",
    "rev": "courtesy", "sen": "legislator", "sens": "legislator", "rep": "legislator", "reps": "legislator",
    "del": "legislator", "gov": "local", "govs": "local", "amb": "ambassador", "pres": "head of state",
    "gen": "soldier", "adm": "soldier", "lt": "soldier", "col": "soldier", "maj": "soldier", "capt": "soldier",
    "cmdr": "soldier", "sgt": "soldier", "brig": "soldier", "supt": "manager", "insp": "manager", "det": "manager",
}  # fmt: skip

# Followers of a party, as they stand before a name: "Republican Ada River".
PARTISANS = word_set("republican democrat democratic conservative liberal labour socialist communist gop")

# Last words of the names of bodies and of places.
BODIES = word_set(
    "council house office ministry department party union agency court committee commission parliament congress "
    "senate kremlin government administration army bank company corporation university institute organisation "
    "organization nations fund group association club team league force forces alliance press reuters media news "
    "times post duma college school hospital foundation bureau service services brigade navy guard guards airlines "
    "airways tv radio journal tribune board authority centre center network campaign conference caucus federation "
    "police"
)
PLACES = word_set(
    "east west sea ocean river lake bay gulf peninsula island islands mountains valley desert street avenue road "
    "square bridge airport station region province county"
)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

# Spoken forms that the country library lacks.
_ALSO = {
    "u.s": "united states", "u.s.a": "united states", "usa": "united states", "america": "united states",
    "u.k": "united kingdom", "uk": "united kingdom", "britain": "united kingdom", "icelandic": "iceland",
    "saudi": "saudi arabia", "saudis": "saudi arabia",
    "american": "united states", "americans": "united states", "u.a.e": "united arab emirates",
    "uae": "united arab emirates",
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
        for alias in (key, people, plural, *_spellings(info)):
            if len(alias) > 3 and plain(alias).isascii():
                found.setdefault(alias.casefold(), key)
    return found


def _spellings(info: Mapping[str, object]) -> list[str]:
    listed = info.get("altSpellings")
    return [str(spelling) for spelling in listed] if isinstance(listed, list) else []


def country_key(word: str) -> str:
    """The key of the country that a word (or "United States") names, or an empty string.

    >>> country_key("Russian"), country_key("US"), country_key("us")
    ('russia', 'united states', '')
    """
    folded = word.casefold().rstrip(".")
    if folded in ("us", "u.s"):
        return "united states" if word != "us" else ""
    return countries().get(folded, "")


@cache
def capitals() -> dict[str, str]:
    """The case-folded name of a capital → the key of its country, for which it often stands."""
    found: dict[str, str] = {}
    for key, info in _facts().items():
        capital = str(info.get("capital") or "").removesuffix(" D.C.")
        if len(capital) > 3:
            found.setdefault(capital.casefold(), key)
    return found


@cache
def _facts() -> dict[str, Mapping[str, object]]:
    from countryinfo import all_countries

    # The most populous first: "Congolese" or "Korean" then means the larger of two.
    facts = sorted((c.info() for c in all_countries()), key=lambda info: -(info.get("population") or 0))
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
