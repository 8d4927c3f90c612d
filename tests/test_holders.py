"""Whose office is asked for, and where its holder is named."""

from __future__ import annotations

import pytest
from news import articles, ask

from qa_service.language.holders import Post, names_holder, post_asked
from qa_service.weigh.fits import fits


@pytest.mark.parametrize(
    ("question", "name", "beside"),
    [
        ("Who is Norland's ambassador to Kelmet?", "ambassador", set()),
        ("Who was president before the war?", "president", set()),
        ("Who is the vice president?", "vice president", set()),
        ("Who is the health minister of Norland?", "minister", {"health"}),
        ("Who is the leader of the opposition?", "leader", {"opposit"}),
        ("Who is the mayor's spokesman?", "spokesman", {"mayor"}),
        ("What is the name of the new mayor?", "mayor", set()),
    ],
)
def test_an_office_is_asked_for(question: str, name: str, beside: set[str]) -> None:
    assert post_asked(question, []) == Post(name, frozenset(beside), ())


@pytest.mark.parametrize(
    "question",
    [
        "Who was questioned by the prosecutor?",
        "Who is the head coach of the team?",
        "Who met the president?",
        "Who is Ada Rivero?",
        "When was the president elected?",
    ],
)
def test_no_office_is_asked_for(question: str) -> None:
    assert post_asked(question, []) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Ada Rivero left.", "Ada Rivero"),
        ("Ada Rivero, president of the club, left.", "Ada Rivero"),
        ("Ada Rivero, 51, the club’s president, left.", "Ada Rivero"),
        ("Ada Rivero was elected president.", "Ada Rivero"),
        ("The president of the club, Ada Rivero, left.", "Ada Rivero"),
        ("The president is Ada Rivero.", "Ada Rivero"),
    ],
)
def test_a_name_stands_with_its_office(text: str, name: str) -> None:
    start = text.index(name)
    assert names_holder(Post("president", frozenset(), ()), text, (0, len(text)), [(start, start + len(name))])


@pytest.mark.parametrize(
    "text",
    [
        "Ada Rivero told the president.",
        "Ada Rivero, meeting with the president, left.",
        "Vice President Ada Rivero left.",
        "Prime Minister Ada Rivero left.",
        "The president said that Ada Rivero left.",
    ],
)
def test_another_office_or_another_holder_is_none(text: str) -> None:
    start = text.index("Ada Rivero")
    assert not names_holder(Post("president", frozenset(), ()), text, (0, len(text)), [(start, start + 10)])


@pytest.mark.parametrize(
    ("asked", "told", "same"),
    [
        ("foreign minister", "Secretary of State", True),
        ("minister", "Foreign Minister", True),
        ("leader", "President", True),
        ("ambassador", "Diplomat", False),
        ("prime minister", "Foreign Minister", False),
        ("president", "Leader", False),
    ],
)
def test_some_offices_have_several_names(asked: str, told: str, same: bool) -> None:
    text = f"{told} Ada Rivero left."
    start = text.index("Ada")
    assert names_holder(Post(asked, frozenset(), ()), text, (0, len(text)), [(start, start + 10)]) is same


def test_an_office_of_another_country_is_another_office() -> None:
    text = "French President Ada Rivero met German officials."
    question = ask("Who is the president of Germany during the talks?", text)
    (article,), _ = articles(text)
    assert question.post is not None
    assert fits(question, article, 0) == 0.0
    assert fits(ask("Who was president of France during the talks?", text), article, 0) == 1.0
