"""Who went where: the same traveller, the same place, or no answer."""

from __future__ import annotations

import pytest
from news import articles, ask

from qa_service.weigh import conditions
from qa_service.weigh.journeys import is_told, tells

TEXT = (
    "Ada Rivero visited Oslo on Tuesday. Karel Novotny flew to Madrid in May. "
    "Rivero said that he had met with criticism in Madrid. She will return to Prague."
)
(ARTICLE,), _ = articles(TEXT)


@pytest.mark.parametrize(
    ("question", "traveller", "place"),
    [
        ("When did Rivero visit Oslo?", "Rivero", "Oslo"),
        ("When did Rivero and Novotny travel to Oslo?", "Novotny", "Oslo"),
        ("Why was the visit of Rivero to Oslo short?", "Rivero", "Oslo"),
        ("What did Novotny say about Rivero's trip to Madrid?", "Rivero", "Madrid"),
        ("Did Rivero go back to Prague?", "Rivero", "Prague"),
    ],
)
def test_a_question_names_who_went_where(question: str, traveller: str, place: str) -> None:
    journey = ask(question, TEXT).journey
    assert journey is not None
    assert (journey.traveller.surface, journey.place.surface) == (traveller, place)


@pytest.mark.parametrize("question", ["When did Rivero visit?", "Who visited Oslo?", "Did Rivero visit Novotny?"])
def test_a_question_that_lacks_one_of_them_speaks_of_no_journey(question: str) -> None:
    assert ask(question, TEXT).journey is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When did Rivero visit Oslo?", True),
        ("When did Rivero visit Madrid?", False),
        ("When did Novotny visit Oslo?", False),
        ("When did Novotny travel to Madrid?", True),
        ("When will Rivero come to Prague?", True),
        ("When did Rivero visit Norway?", True),
        ("When did Rivero visit Sweden?", False),
    ],
)
def test_an_article_tells_of_that_journey_and_no_other(question: str, told: bool) -> None:
    text = f"{TEXT} Norway and Sweden are near."
    (article,), _ = articles(text)
    journey = ask(question, text).journey
    assert journey is not None
    assert is_told(journey, article) is told


def test_who_is_received_somewhere_has_gone_there() -> None:
    text = "Karel Novotny spoke with Ada Rivero when she welcomed him in Oslo."
    (article,), _ = articles(text)
    journey = ask("When did Novotny visit Oslo?", text).journey
    assert journey is not None
    assert tells(journey, article, 0)


def test_an_answer_stands_where_the_journey_is_told() -> None:
    question = ask("When did Rivero visit Oslo?", TEXT)
    assert conditions.matches(question, ARTICLE, 0, None)
    assert not conditions.matches(question, ARTICLE, 3, None)
