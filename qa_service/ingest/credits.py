"""Reads who made an article out of one line: news agency, byline, dateline place; which lines to ask is for ``about``.

The names of news agencies are a closed list, because nothing in a text tells an agency from any other name.
"""

from __future__ import annotations

import re

from qa_service.ingest.text import vocabulary

LONGEST = 160  # characters; longer lines are no credits

_AGENCY_NAMES = (
    "Agence France-Presse;Agencies;Agency;Anadolu Agency;Anadolu;ANI;ANSA;Associated Press;Australian Associated Press;"
    "Belga;Bernama;Bloomberg News;Canadian Press;DPA;EFE;IANS;Interfax;Kyodo News;Kyodo;News Agencies;PA Media;"
    "Press Association;Press Trust of India;PTI;Reuters;RIA Novosti;TASS;ITAR-TASS;Thomson Reuters;"
    "United Press International;Wire Services;Xinhua;Xinhua News Agency;Yonhap;Yonhap News Agency"
)
_SHORT_FORMS = {
    "AP": "Associated Press",
    "AFP": "Agence France-Presse",
    "UPI": "United Press International",
    "CP": "Canadian Press",
    "AAP": "Australian Associated Press",
}
AGENCIES = {name.lower(): name for name in _AGENCY_NAMES.split(";")}
AGENCIES |= {short.lower(): name for short, name in _SHORT_FORMS.items()}

_WITH = re.compile(
    r"\Awith (?:files|reporting|additional reporting|reports|contributions?|input) (?:from|by)\s+", re.IGNORECASE
)
_FROM = re.compile(r"\A(?:sources?|story|credit|agency|compiled)\s*(?::|by|from)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s{0,3}[/,&|;–—]\s{0,3}|\s{1,3}-{1,3}\s{1,3}|\s{1,3}and\s{1,3}")
_BY = re.compile(
    r"\A(?:(?P<label>(?:written|reported|story|words|posted|published|report|text) by:?\s+|authors?:\s*)|by:?\s+)",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s{0,3}[,|•·@(]\s{0,3}|\s{1,3}[-–—]\s{1,3}|(?=\d)")
_ROLES = vocabulary(
    "staff writer writers reporter correspondent editor contributor columnist senior chief special bureau political "
    "news associate assistant deputy managing producer digital updated published posted last on at in for the of"
)
_PARTICLES = vocabulary("de da del della der den di du la le van von bin ibn al el and")
_TIMES = vocabulary(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
)
_UPPER = "A-ZÀ-ÖØ-Þ"
_WHEN = r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
_COUNTRY = rf"(?P<more>, ?[{_UPPER}][\w.]+(?: [{_UPPER}][\w.]+){{0,3}})?"
_CAPITALS = re.compile(
    rf"\A(?P<city>[{_UPPER}][{_UPPER}.'’/-]+(?: [{_UPPER}][{_UPPER}.'’/-]*){{0,4}}){_COUNTRY}{_WHEN}"
    r"(?: ?\((?P<agency>[\w /.-]{2,40})\))?(?P<dash> ?[–—]+ ?| --? ?|-(?=[A-Z]))(?=[\w\"“'‘])"
)
_MIXED = re.compile(
    rf"\A(?P<city>[{_UPPER}][\w.'’-]+(?: [{_UPPER}][\w.'’-]+){{0,3}}){_COUNTRY}{_WHEN}"
    r" ?\((?P<agency>[A-Z][\w /.-]{1,39})\)(?P<dash> ?[-–—:]+ ?)(?=[\w\"“'‘])"
)
_NO_PLACE = vocabulary(
    "exclusive breaking update updated watch live video opinion analysis review editorial read alert the in at on"
)
_INITIALS = re.compile(r"\A(?:[A-Z]\.)+\Z")
_SMALL = re.compile(r"(?<=-)(?:Au|Aux|De|Du|Des|En|La|Le|Of|On|Sur|Upon)(?=-)")


def _agency_parts(credit: str) -> list[str]:
    return [part.lower().removeprefix("the ").strip(" .") for part in _BETWEEN.split(credit)]


def _names_agencies(credit: str) -> bool:
    return all(part in AGENCIES for part in _agency_parts(credit))


def _bare(text: str) -> str:
    """Take "With files from", "Source:", brackets and dashes off a credit line."""
    text = text.strip("()[] .-–—")
    for opening in (_WITH, _FROM):
        if match := opening.match(text):
            return text[match.end() :]
    return text


def is_credit(text: str) -> bool:
    """Say whether ``text`` is a line that only credits news agencies or the files of other newsrooms."""
    if len(text) > LONGEST:
        return False
    return _names_agencies(_bare(text)) or (_WITH.match(text) is not None and len(text.split()) <= 10)


def agency_of(text: str) -> str | None:
    """Return the agency that a credit line names, in full where it is one: "AP" gives "Associated Press"."""
    credit = _bare(text[:LONGEST])
    if not _names_agencies(credit):
        return None
    parts = _agency_parts(credit)
    return AGENCIES[parts[0]] if len(parts) == 1 else credit


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in _ROLES


def _leading_names(words: list[str], dated: bool) -> list[str]:
    """Return the words of a name at the beginning of ``words``; before a number, "May" is a month."""
    end = next((i for i, w in enumerate(words) if not _is_name(w) and w.lower() not in _PARTICLES), len(words))
    while end and (words[end - 1].lower() in _PARTICLES or (dated and words[end - 1].lower() in _TIMES)):
        end -= 1
    return words[:end]


def _others(parts: list[str]) -> list[str]:
    """Return the further names of a list: "Jane Doe, John Roe and Mary Major"; a single one is where she works."""
    found = []
    for part in parts:
        words = [word for word in part.split() if word != "and"]
        if not 2 <= len(words) <= 6 or ":" in part or not all(_is_name(w) and not w.isupper() for w in words):
            break
        found.append(part)
    return found if len(found) > 1 or any(" and " in part for part in found) else []


def byline(text: str) -> str | None:
    """Return who a byline names: "By Jane Doe, Staff Writer" gives "Jane Doe"; None for other lines."""
    match = _BY.match(text) if len(text) <= LONGEST else None
    if match is None or text[-1] in "?!":
        return None
    first, *rest = _AFTER_NAME.split(re.sub(r"^[Tt]he ", "", text[match.end() :]))
    words = first.split()
    names = _leading_names(words, any(part[:1].isdigit() for part in rest))
    prose = [w for w in " ".join([*words[len(names) :], *rest]).split() if w[0].islower() and w not in _ROLES]
    few = len(names) == 1 and not rest and not match["label"] and names[0].lower() not in AGENCIES
    if not 1 <= len(names) <= 9 or len(prose) > 1 or few:
        return None
    return ", ".join([_person(names), *_others(rest)])


def _person(names: list[str]) -> str:
    shouted = len(names) > 1 and all(word.isupper() or word in _PARTICLES for word in names)
    return " ".join(_plain(word) if shouted and word.isupper() else word for word in names)


def _plain(word: str) -> str:
    """Write a word in capitals as names are written: "PORT-AU-PRINCE" gives "Port-au-Prince"; initials stay."""
    return word if _INITIALS.match(word) else _SMALL.sub(lambda match: match[0].lower(), word.title())


def dateline(text: str) -> tuple[str | None, str | None]:
    """Return place and agency of the dateline that opens ``text``: "PARIS (AP) - ..." gives Paris, Associated Press."""
    match = _CAPITALS.match(text[:LONGEST]) or _MIXED.match(text[:LONGEST])
    words = match["city"].split() if match else []
    if match is None or words[0].lower() in _NO_PLACE or all(map(_INITIALS.match, words)):
        return None, None
    if match["dash"] == "-" and not match["more"]:
        return None, None  # "NATO-Russia talks" is no dateline
    city = " ".join(map(_plain, words)) if match.re is _CAPITALS else match["city"]
    return city + (match["more"] or ""), agency_of(match["agency"]) if match["agency"] else None
