"""Words that stand for one another."""

from __future__ import annotations

import numpy as np
import pytest

from qa_service.answerer import Answerer
from qa_service.language.words import term, words
from qa_service.settings import Settings
from qa_service.weigh.senses import Senses, information


@pytest.fixture(scope="module")
def senses(settings: Settings, answerer: Answerer) -> Senses:
    return answerer.shelves.current().extractor.gatherer.senses


@pytest.mark.parametrize(("asked", "told"), [("adversary", "enemy"), ("vote", "election"), ("envoy", "diplomat")])
def test_a_paraphrase_is_near_but_counts_less(senses: Senses, asked: str, told: str) -> None:
    (sense,) = senses.of(words(asked))
    assert 0 < sense.near[term(told)] < sense.near[term(asked)] == 1.0


@pytest.mark.parametrize(("asked", "told"), [("meet", "welcomed"), ("talks", "met"), ("phone", "call")])
def test_words_for_a_meeting_or_a_call_stand_for_one_another(senses: Senses, asked: str, told: str) -> None:
    assert term(told) in senses.of(words(asked))[0].near


def test_each_term_has_one_sense(senses: Senses) -> None:
    assert [sense.term for sense in senses.of(words("talks talked treaty talking"))] == ["talk", "treati"]


def test_a_rare_word_tells_more_than_a_frequent_one() -> None:
    assert information("zyzzyva") == 1.0
    assert information("people") < information("annexation") <= 1.0
    assert np.isclose(information("the"), 0.15)
