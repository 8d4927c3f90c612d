"""What speaks for a sentence, and what it must meet before it is weighed."""

from __future__ import annotations

import pytest
from news import CALL, TALKS, articles, ask

from qa_service.articles import Article
from qa_service.weigh import conditions
from qa_service.weigh.evidence import coverage, names_found
from qa_service.weigh.fits import fits
from qa_service.weigh.senses import Sense

(MEETING, PHONE), _ = articles(TALKS, CALL)


def index_of(article: Article, part: str) -> int:
    """The sentence that holds some words."""
    return next(i for i in range(len(article.sentences)) if part in article.text(i))


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("How long did the meeting last?", "two hours and ten minutes"),
        ("How many people stood outside?", "1,200 people"),
        ("When did Rivero meet Lindqvist?", "on Tuesday"),
        ("Where did Rivero meet Lindqvist?", "in Oslo"),
        ("Why did people stand outside?", "because the old bridge"),
        ("Who told reporters about a treaty?", "Lindqvist told reporters"),
    ],
)
def test_the_kind_of_thing_wanted_is_recognised(question: str, part: str) -> None:
    assert fits(ask(question), MEETING, index_of(MEETING, part)) == 1.0


def test_a_time_that_is_mentioned_is_not_how_long_something_lasted() -> None:
    (article,), _ = articles("The harbour was built nine years before the talks. Ada Rivero spoke.")
    assert fits(ask("How long did the talks last?"), article, 0) == 0.0


def test_years_gone_by_are_not_how_long_a_call_was() -> None:
    (article,), _ = articles("In the call Ada Rivero recalled a treaty that dates back over 200 years.")
    assert fits(ask("How long was the call?"), article, 0) == 0.0


def test_who_somebody_is_stands_where_they_are_introduced() -> None:
    question = ask("Who is Tomas Lindqvist?")
    assert fits(question, MEETING, 0) == 1.0
    assert fits(question, MEETING, index_of(MEETING, "told reporters")) == 0.0


@pytest.mark.parametrize("question", ["On which day did they meet?", "What date was it?"])
def test_a_day_is_not_last_month(question: str) -> None:
    (article,), _ = articles("Ada Rivero spoke last month. It may rain.")
    assert fits(ask(question), article, 0) == 0.0
    assert fits(ask("When did she speak?"), article, 0) == 0.5
    assert fits(ask("When did she speak?"), article, 1) == 0.0


def test_another_number_counts_half() -> None:
    assert fits(ask("How many ships came?"), MEETING, index_of(MEETING, "1,200")) == 0.5
    assert fits(ask("How many ships came?"), MEETING, index_of(MEETING, "treaty")) == 0.0


def test_an_article_must_know_everyone_who_is_named() -> None:
    assert conditions.admits(ask("What did Rivero say after meeting Lindqvist?"), MEETING)
    assert not conditions.admits(ask("What did Rivero say after meeting Lindqvist?"), PHONE)


def test_an_article_must_tell_of_the_occasion() -> None:
    text = "Ada Rivero met Tomas Lindqvist. Karel Novotny stayed at home."
    (article,), _ = articles(text)
    assert not conditions.admits(ask("Where did Rivero meet Novotny?", text), article)


def test_a_comparison_may_span_articles() -> None:
    assert conditions.admits(ask("Compare what Rivero said in Oslo and about Novotny."), PHONE)


def test_a_sentence_must_hold_what_the_question_quotes() -> None:
    added = index_of(MEETING, "nine years")
    assert conditions.matches(ask('Who said "waited nine years"?'), MEETING, added, None)
    assert not conditions.matches(ask('Who said "waited ten years"?'), MEETING, added, None)


def test_words_count_most_where_they_stand_and_less_beside() -> None:
    question = ask("Was there a treaty?")
    topic = (Sense("treati", 1.0, {"treati": 1.0}),)
    here = index_of(MEETING, "treaty")
    assert coverage(question, topic, MEETING, here) == 1.0
    assert 0 < coverage(question, topic, MEETING, here - 1) < 1
    assert coverage(question, topic, MEETING, 0) == 0.0


def test_a_related_word_counts_less_than_the_word() -> None:
    topic = (Sense("pact", 1.0, {"pact": 1.0, "treati": 0.6}),)
    assert coverage(ask("Was there a pact?"), topic, MEETING, index_of(MEETING, "treaty")) == pytest.approx(0.6)


def test_names_count_by_their_nearness() -> None:
    question = ask("What did Lindqvist want?")
    last = index_of(MEETING, "treaty")
    assert names_found(question.names, MEETING, last) == 1.0
    assert names_found(question.names, MEETING, 1) < 1.0
    assert names_found((), MEETING, 0) == 1.0
