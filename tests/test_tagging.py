"""The shallow reading of a sentence: letters, phrases and subjects."""

from __future__ import annotations

import pytest

from qa_service.language.phrases import ending, starting, with_attached
from qa_service.language.subjects import is_passive, subject
from qa_service.language.tagging import tag
from qa_service.language.verbs import forms, speaks


@pytest.mark.parametrize(
    ("sentence", "tags"),
    [
        ("The baker said that wheat was dear.", "dnvtnzn."),
        ("Bakers say wheat is dear.", "NVnzn."),
        ("The claims of bakers", "dnin"),
        ("River claims victory", "NVn"),
        ("Rights advocates said no", "Nnvd"),
        ("Mr. J. River came last week.", "NNNNNErr."),
        ("He is calling for bread.", "PzGin."),
        ('"Wheat is dear," he said (again).', "qPv."),
        ('a "crooked" baker', "dnn"),
        ("Angry Baker Condemns Bread Prices", "NNVNN"),
        ("a 50-state poll of 20", "dnnid"),
    ],
)
def test_every_word_has_its_letter(sentence: str, tags: str) -> None:
    assert tag(sentence).tags == tags


def test_a_sentence_within_a_quotation_begins_with_the_rest_of_it() -> None:
    tagged = tag("It is dear,” he said.", inside=True)
    assert (tagged.tags, tagged.tokens[0].text) == ("qPv.", "It is dear,”")


def test_phrases_are_found_from_both_ends() -> None:
    tagged = tag("a spokesman for the two bakers said")
    assert tagged.words(*(ending(tagged, 6) or (0, 0))) == "the two bakers"
    assert tagged.words(*with_attached(tagged, (3, 6))) == "a spokesman for the two bakers"
    assert starting(tagged, 0) == (0, 6)


@pytest.mark.parametrize(
    ("sentence", "verb", "who"),
    [
        ("In Riga, the baker has not said so.", "said", "the baker"),
        ("The baker, a man of 60, who came from Riga, said so.", "said", "The baker"),
        ("The baker of Springfield, Ohio, said so.", "said", "The baker of Springfield"),
        ("The man who saw the mill said so.", "said", "The man"),
        ("The men who believe it left.", "believe", "The men"),
        ("The baker praised bread and called for more.", "called", "The baker"),
        ("The baker went home, saying so.", "saying", "The baker"),
        ("The baker refused to say so.", "say", "The baker"),
        ("Only later did the baker, a man of 60, acknowledge it.", "acknowledge", "the baker"),
        ("Bakers and millers said so.", "said", "Bakers and millers"),
    ],
)
def test_a_verb_has_its_subject(sentence: str, verb: str, who: str) -> None:
    tagged = tag(sentence)
    place = next(i for i, token in enumerate(tagged.tokens) if token.text == verb)
    assert tagged.words(*(subject(tagged, place) or (0, 0))) == who


def test_what_is_done_to_somebody_is_passive() -> None:
    assert is_passive(tag("He was accused of greed."), 2)
    assert not is_passive(tag("He has accused her of greed."), 2)


def test_verbs_are_known_in_all_their_forms() -> None:
    assert {forms()[form] for form in ("deny", "denies", "denied", "denying")} == {
        ("deny", "base"), ("deny", "s"), ("deny", "past"), ("deny", "ing"),
    }  # fmt: skip
    assert forms()["told"] == ("tell", "past")


@pytest.mark.parametrize(
    ("cue", "spoken"), [("said", True), ("", True), (":", True), ("plans", False), ("wants", False)]
)
def test_a_wish_is_not_spoken(cue: str, spoken: bool) -> None:
    assert speaks(cue) is spoken
