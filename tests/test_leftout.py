"""Documents that a filter keeps out of an answer are named after those it admits, with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from qa_service.answerer import Answerer
from qa_service.store.filters import reason
from qa_service.types import Ask, Consulted, Filter

QUESTION = "What did Lavrov say after meeting Pompeo?"


def consulted(answerer: Answerer, filters: Filter) -> tuple[Consulted, ...]:
    return answerer.answer(Ask(QUESTION, filters=filters)).documents


@pytest.mark.parametrize("filters", [Filter(), Filter(speaker="Lavrov")])
def test_a_filter_that_asks_nothing_of_documents_leaves_none_out(answerer: Answerer, filters: Filter) -> None:
    assert {found.filter_reason for found in consulted(answerer, filters)} == {None}


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filter(published_after=date(2021, 1, 1)), "published before 2021-01-01"),
        (Filter(published_before=date(2018, 1, 1)), "published after 2018-01-01"),
        (Filter(sources=("China Daily",)), "not from China Daily"),
        (Filter(document_ids=("nope",)), "not among the chosen documents"),
    ],
)
def test_the_reason_is_told_in_words(answerer: Answerer, filters: Filter, told: str) -> None:
    assert told in {found.filter_reason for found in consulted(answerer, filters)}


def test_what_is_left_out_comes_last_is_never_cited_and_is_named_once(answerer: Answerer) -> None:
    filters = Filter(sources=("China Daily", "China Daily Global"))
    found = consulted(answerer, filters)
    reasons = [each.filter_reason for each in found]
    out = [each for each in found if each.filter_reason]
    assert reasons == sorted(reasons, key=bool)
    assert 1 <= len(out) <= 5
    assert not any(each.cited for each in out)
    assert len({each.document.id for each in found}) == len(found)
    assert [each.score for each in out] == sorted((each.score for each in out), reverse=True)
    assert all(each.filter_reason == reason(filters, each.document) for each in found)
