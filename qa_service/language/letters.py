"""The letter of a word in its sentence, for what it may do there: by closed classes of words, and by what is beside it.

How a sentence falls into words and quotations is left to ``tagging``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.language.gazetteer import DAYS, MONTHS, TITLES
from qa_service.language.verbs import ADJECTIVES, NOUNS_TOO, SHOWING, forms, particled, past_forms
from qa_service.language.words import word_set

# Letters: n noun or adjective, N capitalised, p possessive ("River's"), d determiner, A "his", P "he", i preposition,
# o "to", t "that", w "who", s subordinator, c "and", b "but", x "has" or "will", z "is", r adverb or time,
# V verb that attributes, v past form of one, G its -ing form, E other past form, g other -ing form, q quotation;
# punctuation is itself.
_CLASSES = {
    "P": "he she they we i you it he's she's it's they're we're you're i'm i've he'd she'd they've we've there",
    "A": "his her their its my our your",
    "d": "the a an this these those some many others both all another several most few each any no none every either "
    "neither one two three four five six seven eight nine ten dozens hundreds thousands more enough much such",
    "i": "of in on at by for with from about into over under after before during against between among through "
    "without within toward towards across since until till per like than as despite including following amid amongst "
    "near behind beyond via throughout upon around above below off onto out up down regarding concerning alongside "
    "besides except",
    "o": "to", "t": "that", "w": "who which", "c": "and or nor", "b": "but yet",
    "s": "if because while although though unless whether when where why how what whom whose whatever whoever so once "
    "whereas wherever whenever",
    "x": "has have had having will would can could may might must shall should do does did don't doesn't didn't can't "
    "won't wouldn't couldn't shouldn't hasn't haven't hadn't cannot let ought",
    "z": "is was were are be been being am isn't wasn't weren't aren't get gets got",
    "r": "first not also never ever even just only still now then later earlier again soon once already often always "
    "perhaps maybe instead too recently today yesterday tonight tomorrow ago here further far almost quite very rather "
    "together along longer nevertheless himself herself themselves itself though however meanwhile repeatedly "
    "sometimes otherwise thereby elsewhere",
    "O": "him them us me",
}  # fmt: skip
_CLOSED = {word: letter for letter, listed in _CLASSES.items() for word in listed.split()}
_NO_ADVERB = word_set(
    "family ally rally reply supply assembly july italy bully early likely deadly elderly only friendly weekly daily"
)
_NO_PAST = word_set(
    "united hundred need breed speed seed red bed shed indeed naked sacred wicked beloved feed deed creed"
)
_NO_ING = word_set(
    "thing things anything everything something nothing morning evening king ring spring string wing building meeting "
    "during ceiling wedding being briefing hearing beijing funding spending"
)
_CAPITALS = word_set("US WHO IT May Will")  # names that would be pronouns or auxiliaries in small letters
_UNITS = word_set("week month year night morning afternoon evening summer fall spring winter weekend")
_SAYING_WHICH = word_set("last this next early late")
_ABBREVIATED = frozenset(TITLES) | word_set("jr sr st vs inc corp co no")
_LINKING = word_set("seem seems seemed remain remains remained")
_CUES = ("V", "v", "G")
_COMPLEMENTED = ("that", "to", "of", "about", "with", "in", "at")  # what follows an adjective that tells of a thought
_VAGUE = word_set("these those some many others both all several most few such much more either")
_ONE = word_set("the a an this each every another any no")
_ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth")
_ALONE = word_set("one another each either neither none this both")
_COUNTING = word_set("other several two three four five six seven eight nine ten")
_SEVERAL = word_set("people police women men percent %")
_AFTER_NOUN = word_set("of and or in at by")  # behind these, "Clinton claims" is a noun


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a whole quotation of a sentence, with its letter; offsets into the sentence."""

    text: str
    start: int
    end: int
    tag: str
    base: str = ""  # of a verb that attributes


def lettered(word: str, start: int, before: list[Token], following: str) -> Token:
    """The token of a word, given the tokens before it and the text of the one behind it.

    The letter of the token before is corrected where both together tell a time: "last week".
    """
    folded, end = word.casefold().replace("’", "'"), start + len(word)
    letter = (
        _mark(word, before, following) or _time(word, folded, before, following) or _closed(word, folded, following)
    )
    if letter:
        return Token(word, start, end, letter)
    base, form = _base(folded, before, following)
    letter = _verb(base, form, before, following) if base and (word[0].islower() or not before) else ""
    opens = not before and following[:1].islower() and folded.endswith(("ed", "ing", "ly"))
    return Token(word, start, end, letter or _open(folded if opens else word, folded), base if letter in _CUES else "")


def _mark(word: str, before: Sequence[Token], following: str) -> str:
    if word[0].isalnum():
        return ""
    if word == "." and following and before and _is_shortened(before[-1]):
        return "r" if before[-1].tag == "r" else "N"
    if word in ("%", "$", "€", "£"):
        return "n"
    if word in "\"“”‘’'" or word == "''":
        return "q"
    return "-" if word in ("--", "–", "—") else word[0] if word[0] in ",.:;?!-" else "'"


def _is_shortened(token: Token) -> bool:
    """Whether the full stop behind a word belongs to it: "Mr.", "J."."""
    return token.text.casefold() in _ABBREVIATED or len(token.text) == 1


def _time(word: str, folded: str, before: list[Token], following: str) -> str:
    if folded in _UNITS and before and (before[-1].text.casefold() in _SAYING_WHICH or before[-1].tag == "r"):
        before[-1] = replace(before[-1], tag="r")
        return "r"
    month = folded in MONTHS and word[0].isupper() and (following[:1].isdigit() or folded != "may")
    return "r" if folded in DAYS or month else ""


def _closed(word: str, folded: str, following: str) -> str:
    if word in _CAPITALS or (len(word) == 1 and word.isupper() and following == "."):
        return "N"
    if folded in ("about", "around", "over") and _CLOSED.get(following, "d" if following[:1].isdigit() else "") == "d":
        return "r" if following not in _ONE | _VAGUE else "i"
    if folded[0].isdigit():  # "70" counts, "50-state" describes
        return "n" if re.search(r"-[a-z]", folded) else "d"
    return _CLOSED.get(folded, "")


def _open(word: str, folded: str) -> str:
    if folded.endswith(("'s", "s'")):
        return "p"
    if word[0].isupper():
        return "N"
    if folded in past_forms() or (folded.endswith("ed") and len(folded) > 4 and folded not in _NO_PAST):
        return "E"
    if folded.endswith("ly") and folded not in _NO_ADVERB:
        return "r"
    return "g" if folded.endswith("ing") and folded not in _NO_ING else "n"


def _base(folded: str, before: Sequence[Token], following: str) -> tuple[str, str]:
    """The base form of a word that may attribute, and which form it is; empty for all others."""
    base, form, behind = particled().get(folded, ("", "", frozenset()))
    if base and following.casefold() in behind:
        return base, form
    if folded in ADJECTIVES and following in _COMPLEMENTED and _is_predicate(before):
        return folded, "adjective"
    return forms().get(folded, ("", ""))


def _is_predicate(before: Sequence[Token]) -> bool:
    """Whether what stands here is told of a subject: "is", "are more", "was not very"."""
    last = next((t for t in reversed(before) if t.tag not in "rd"), None)
    return last is not None and (last.tag == "z" or last.text.casefold() in _LINKING)


def _last(before: Sequence[Token]) -> Token | None:
    """The token before, adverbs left out."""
    return next((t for t in reversed(before) if t.tag != "r"), None)


def _verb(base: str, form: str, before: Sequence[Token], following: str) -> str:
    """The letter of a form that may be a verb; empty where it is a noun."""
    last = _last(before)
    left = last.tag if last else " "
    if form == "adjective":
        return "V"
    if form == "ing":
        return "n" if left in "dAp" else "G"
    if form == "past":
        described = following[:1].isalpha() and following.casefold() not in _CLOSED
        attribute = (
            left in "Ap"
            or (last and last.text in _ORDINALS and described)
            or (last and left == "d" and (not _is_many(last) or _counts(last, following)))
        )
        return "E" if attribute or (left == "i" and described) else "v"
    if form == "s" and (left in "xoz" or (last and left == "d" and base in NOUNS_TOO and not _is_one(last))):
        return ""
    if left in "nNdAp" and forms().get(following.casefold(), ("", ""))[1] in ("past", "s"):  # "advocates said"
        return ""
    if left in "dApi" and not (last and left == "d" and _is_many(last)):
        return ""
    if base in NOUNS_TOO and not _is_verb_here(base, form, before, following):
        return ""
    return "V" if form == "s" or _may_precede_bare(before) else ""


def _counts(number: Token, following: str) -> bool:
    """Whether a past form between a number and a noun only describes: "41 pledged delegates"."""
    counted = number.text[0].isdigit() or number.text.casefold() in _COUNTING
    return counted and following.islower() and following.endswith("s") and following not in _CLOSED


def _is_one(token: Token) -> bool:
    """Whether a determiner may stand alone for one who acts: "one says", but not "some claims"."""
    return token.text.casefold() in _ALONE


def _is_verb_here(base: str, form: str, before: Sequence[Token], following: str) -> bool:
    """Whether a word that may be a noun stands where a verb does: between a subject and what it takes."""
    last = _last(before)
    if last is None:
        return False
    if last.tag in "Pxowt" or (form == "base" and last.tag == "n" and _is_many(last)):
        return True
    folded = following.casefold()
    if form == "s" and _tells_of_one(last, folded):
        return True
    if base in SHOWING and following in (",", ".", ";") and any(t.tag in ",q" for t in before):  # "…, the poll found."
        return True
    taken = folded in ("for", "on") or _CLOSED.get(folded, "-") in "dAPtosO"
    return last.tag in "nNr'd" and (taken or following[:1] in "\"“‘'" or following[:1].isupper())


def _tells_of_one(last: Token, following: str) -> bool:
    """Whether a form in -s behind ``last`` is a verb by what follows: "River claims victory", "the poll finds hope"."""
    if last.tag == "N":
        return following[:1].isalpha() and following not in _AFTER_NOUN
    verb = following in past_forms() or following in forms() or following.endswith("ed")
    return last.tag == "n" and not _is_many(last) and following.isalpha() and following not in _CLOSED and not verb


def _may_precede_bare(before: Sequence[Token]) -> bool:
    """Whether what stands before a bare form can be its subject or its auxiliary: "they say", "critics argue"."""
    last = _last(before)
    if last is None:
        return False
    if last.tag == "E" and len(before) > 1 and _is_many(before[-2]):  # "those surveyed say"
        return True
    return last.tag in "Poxwcbqt,-" or (last.tag in "dnN" and (_is_many(last) or _heads_many(before)))


def _is_many(token: Token) -> bool:
    folded = token.text.casefold()
    if token.tag == "d":
        return folded[0].isdigit() or folded not in _ONE
    return folded in _SEVERAL or (folded.endswith("s") and not folded.endswith(("ss", "'s")))


def _heads_many(before: Sequence[Token]) -> bool:
    """Whether the phrase that ends here is headed by several: "aides to River", "Cod and Haddock", "a majority of"."""
    attached = False
    for place in range(len(before) - 1, -1, -1):
        tag = before[place].tag
        if attached and tag in "nNd" and _is_many(before[place]):
            return True
        attached = attached or tag in "io"
        if tag == "c":
            return place > 0 and before[place - 1].tag in "nN"
        if tag not in "nNdAp'ior":
            return False
    return False
