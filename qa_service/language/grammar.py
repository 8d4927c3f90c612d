"""The closed classes of English as pieces of regular expressions: pronouns, auxiliaries, prepositions, connectives.

What questions are asked with is left to ``interrogatives``, the nouns of meetings and calls to ``occasions``. English
has a few dozen words of these kinds and gets no new ones (Quirk et al., A Comprehensive Grammar of the English
Language, 1985, § 2.39), so they can be listed. A piece is in lower case, captures nothing, and has neither an open "|"
nor word boundaries at its ends, so that pieces can be put together; ``whole`` makes a pattern of them.
"""

from __future__ import annotations

import re

from qa_service.language.words import word_set


def one_of(listed: str) -> str:
    """A group that matches each of the words listed with white space between them, the longest first.

    >>> one_of("he him")
    '(?:him|he)'
    """
    return f"(?:{'|'.join(sorted(word_set(listed), key=lambda word: (-len(word), word)))})"


def either(*pieces: str) -> str:
    """A group that matches each of the pieces, the first that fits first."""
    return f"(?:{'|'.join(pieces)})"


def whole(*pieces: str) -> re.Pattern[str]:
    """A pattern that finds each of the pieces as whole words, in any case."""
    return re.compile(rf"\b{either(*pieces)}\b", re.IGNORECASE)


# Pronouns of the third person in all cases. Those in "-self" are left out: they mean somebody of their own clause.
HE = one_of("he him his")
SHE = one_of("she her hers")
THEY = one_of("they them their theirs")
IT = one_of("it its")
SUBJECT = one_of("he she it they")
OTHER_SUBJECT = one_of("i we you")  # those who talk: nobody of the documents is meant
POSSESSIVE = one_of("his her its their")  # before a noun
_GENITIVE = word_set("his hers its their theirs")  # "her" may be the object as well: ``in_place_of`` looks behind it

# Articles and pointing words.
ARTICLE = one_of("the a an")
POINTER = one_of("this that")

# Auxiliaries, by what may stand with them: "was" before "closed", "did" before "close".
BE = one_of("am is are was were")
HAVE = one_of("has have had")
DO = one_of("do does did")
MODAL = one_of("will would shall should can could may might must")
_CONTRACTED = r"(?:wo|sha|ca)n['’]t"
AUXILIARY = either(_CONTRACTED, rf"{either(BE, HAVE, DO, MODAL)}(?:n['’]t)?")  # "did", "didn't"

TIMING = one_of("after before during")  # what stands behind these sets the scene and is no object of its sentence
RELATING = one_of("about at between by for from in of on to under with")
PREPOSITION = either(TIMING, RELATING)
ABOUT = one_of("about regarding concerning")  # what opens a topic: "and regarding grain?"

# Words that join a question to what was said before it, and those that only greet or ask kindly.
JOINING = either(one_of("and but plus"), r"as\s+well\s+as")
LINK = one_of("and but so ok okay then also")
COURTESY = one_of("please hello hi thanks")
REQUEST = either(one_of("tell give list compare summarise summarize describe explain find show"), r"sum\s+up")

# "it" and "there", but not where they stand for nothing: "Is it true that …", "There was a …".
IMPERSONAL = one_of("true possible likely clear certain")
IT_OF_EVENTS = rf"it(?!\s+{either(IMPERSONAL, 'that')}\b)"
THERE = (
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )there"
    rf"(?!\s+{either(BE, 'be', 'any', 'no', 'an?')}\b)"
)

# "this" and "that" without a noun of their own: at the end, between "did" and a last word, which must be a verb, or
# before a word that tells how something went.
_FARES = either(
    rf"{one_of('happen last take mean start begin end')}(?:s|ed)?",
    one_of("get do done successful popular released received recorded published well come go win sell chart become"),
    one_of("help affect"),
)
_ENDS = r"\s*(?:[?.!,]|$)"
_DID_BEFORE = r"(?:(?<=\bdid )|(?<=\bdoes ))"
THIS_ALONE = either(rf"{POINTER}\b(?={_ENDS}|\s+{_FARES}\b)", rf"{_DID_BEFORE}{POINTER}(?=\s+\w+{_ENDS})")

_OBJECT = re.compile(rf"\s+{either(PREPOSITION, JOINING, ARTICLE, POINTER, one_of('when where why how what'))}\b")


def genitive(name: str) -> str:
    """A name as the owner of something.

    >>> genitive("Ada River"), genitive("Ada River’s")
    ("Ada River's", 'Ada River’s')
    """
    return name if name.endswith(("'s", "’s")) else f"{name}'s"


def in_place_of(pronoun: re.Match[str], name: str) -> str:
    """The name in the case of the pronoun that it is put for: "his" and the "her" of "her book" own something."""
    word, behind = pronoun.group().casefold(), pronoun.string[pronoun.end() :]
    owns = word in _GENITIVE or (word == "her" and behind[:2].strip().isalpha() and not _OBJECT.match(behind))
    return genitive(name) if owns else name
