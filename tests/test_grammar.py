"""The pieces of patterns that grammar is made of, and names put for pronouns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.language import grammar, interrogatives
from qa_service.language.grammar import (
    ARTICLE,
    AUXILIARY,
    BE,
    DO,
    HAVE,
    HE,
    IT,
    IT_OF_EVENTS,
    JOINING,
    MODAL,
    PREPOSITION,
    SHE,
    THERE,
    THEY,
    THIS_ALONE,
    either,
    genitive,
    in_place_of,
    one_of,
    whole,
)
from qa_service.language.interrogatives import ALONE, CIRCUMSTANCE, PREPOSED, WORD, asked_anew
from qa_service.language.words import is_function_word

PIECES = [(m.__name__, n) for m in (grammar, interrogatives) for n in vars(m) if n.isupper() and n[0] != "_"]


def put(question: str, name: str = "Ada River") -> str:
    """The question with a name for every "he" and "she"."""
    return whole(HE, SHE, THEY).sub(lambda match: in_place_of(match, name), question)


@pytest.mark.parametrize(("module", "name"), PIECES)
def test_a_piece_stands_in_any_pattern_and_captures_nothing(module: str, name: str) -> None:
    piece = vars(grammar if module == grammar.__name__ else interrogatives)[name]
    assert re.compile(rf"{piece}x|y").groups == 0
    assert piece == piece.replace("(?P<", "")


@pytest.mark.parametrize("piece", [HE, SHE, THEY, IT, BE, HAVE, DO, MODAL, ARTICLE, PREPOSITION, WORD])
def test_the_words_of_a_closed_class_carry_no_content(piece: str) -> None:
    listed = re.findall(r"[a-z]+", piece.replace("(?:", ""))
    assert all(map(is_function_word, listed))


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=5))
def test_each_word_of_a_list_is_matched_whole(listed: list[str]) -> None:
    pattern = re.compile(one_of(" ".join(listed)))
    assert all(found and found.group() == word for word in listed for found in [pattern.match(word)])


def test_no_pronoun_means_two_kinds() -> None:
    for word in "he him his she her hers they them their theirs it its".split():
        assert sum(bool(whole(kind).fullmatch(word)) for kind in (HE, SHE, THEY, IT)) == 1


@pytest.mark.parametrize("word", ["did", "Didn't", "won’t", "can't", "cannot", "couldn't", "might", "is"])
def test_auxiliaries_may_be_negated(word: str) -> None:
    assert re.compile(AUXILIARY, re.IGNORECASE).match(word)


@pytest.mark.parametrize("word", ["done", "island", "band", "toward"])
def test_whole_words_are_not_found_within_others(word: str) -> None:
    assert not whole(AUXILIARY, JOINING, PREPOSITION).search(word)


@pytest.mark.parametrize(
    ("piece", "question", "found"),
    [
        (IT_OF_EVENTS, "How long did it last?", True),
        (IT_OF_EVENTS, "Is it true that he left?", False),
        (THERE, "Who was there?", False),
        (THERE, "Who lives there?", True),
        (THERE, "Who else went there on foot?", True),
        (THERE, "How many ships were there?", False),
        (THERE, "Would there be a treaty?", False),
        (THIS_ALONE, "When was that?", True),
        (THIS_ALONE, "When did this happen?", True),
        (THIS_ALONE, "What did this cause?", True),
        (THIS_ALONE, "How was that received?", True),
        (THIS_ALONE, "What caused this fire?", False),
        (THIS_ALONE, "Who was it that rowed home?", False),
    ],
)
def test_a_word_points_back_or_stands_for_nothing(piece: str, question: str, found: bool) -> None:
    assert bool(whole(piece).search(question)) == found


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("Where did she go?", "Where did Ada River go?"),
        ("Who saw his boat?", "Who saw Ada River's boat?"),
        ("Who read her best book?", "Who read Ada River's best book?"),
        ("Who met her?", "Who met Ada River?"),
        ("Who met her in Oslo?", "Who met Ada River in Oslo?"),
        ("Who told her that?", "Who told Ada River that?"),
        ("Whose boat was Hers?", "Whose boat was Ada River's?"),
        ("Who saw them?", "Who saw Ada River?"),
        ("Who saw their boat?", "Who saw Ada River's boat?"),
    ],
)
def test_a_name_takes_the_case_of_its_pronoun(question: str, full: str) -> None:
    assert put(question) == full


@given(st.text(min_size=1))
def test_what_is_a_genitive_stays_as_it_is(name: str) -> None:
    assert genitive(genitive(name)) == genitive(name)


@pytest.mark.parametrize(
    "question",
    ["when", "how", "how long", "with whom", "on which day", "in what city", "by how much", "for how many days"],
)
def test_what_may_be_a_whole_question(question: str) -> None:
    assert re.fullmatch(ALONE, question)


@pytest.mark.parametrize("question", ["who", "what", "which", "how many", "when did it"])
def test_what_needs_more_words_to_be_a_question(question: str) -> None:
    assert not re.fullmatch(ALONE, question)


def test_how_much_asks_for_no_circumstance() -> None:
    assert not re.fullmatch(CIRCUMSTANCE, "by how much")


@pytest.mark.parametrize("begin", ["whose", "in which", "to whom", "under what"])
def test_a_preposition_may_stand_before_a_question_word(begin: str) -> None:
    assert re.fullmatch(PREPOSED + WORD, begin)


@pytest.mark.parametrize(
    ("last", "anew"),
    [
        ("Where did Ada meet Bob", "Why did Ada meet Bob"),
        ("In which city did they meet", "Why did they meet"),
        ("How many people were hurt", "Why were hurt"),
        ("How long ago did it close", "Why did it close"),
        ("Did Ada leave", "Why did Ada leave"),
        ("When Ada met Bob", "Why Ada met Bob"),
        ("", "Why "),
    ],
)
def test_the_last_question_is_asked_with_another_word(last: str, anew: str) -> None:
    assert asked_anew("why", last) == anew


def test_pieces_are_tried_in_their_order() -> None:
    assert re.sub(either("a", "ab"), "-", "ab") == "-b"
