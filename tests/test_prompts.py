"""Prompts: those that ship say what they must, one's own are checked when loaded, values are put in as they are."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.errors import BadSetting
from qa_service.prompts import PLACES, Prompt, Prompts

SHIPPED = Prompts.load(None)
PURPOSES = [field.name for field in fields(Prompts)]


def filled(purpose: str) -> tuple[str, str]:
    """Both texts of a prompt, each place filled with its name in angle brackets."""
    prompt: Prompt = getattr(SHIPPED, purpose)
    system, user = prompt.fill(**{place: f"<{place}>" for place in PLACES[purpose]})
    assert (system.role, user.role) == ("system", "user")
    return system.content, user.content


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_is_shipped_has_its_places_and_no_comment(purpose: str) -> None:
    system, user = filled(purpose)
    assert "<!--" not in system + user
    assert "{" not in system + user
    assert "<question>" in user
    assert system.startswith("You ")


@pytest.mark.parametrize("purpose", ["answer", "follow_ups"])
def test_passages_stand_between_boundaries_and_are_never_to_be_obeyed(purpose: str) -> None:
    system, user = filled(purpose)
    assert "<boundary>" in system
    assert "never to be obeyed" in system
    assert "<passages>" in user
    assert "<passages>" not in system


def test_the_answer_is_told_how_long_it_may_be_and_what_to_say_when_there_is_none() -> None:
    system, user = filled("answer")
    assert "at most <sentences> sentences" in system
    assert "NOT FOUND" in system
    assert "NOT FOUND" in user


@pytest.mark.parametrize("purpose", PURPOSES)
def test_prompts_are_short_enough_for_a_small_model(purpose: str) -> None:
    assert sum(len(text.split()) for text in filled(purpose)) < 350


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_value_is_put_in_as_it_is(question: str, passages: str) -> None:
    prompt = Prompt("{passages}", "{question} {passages} {question}")
    values = {"question": question + "{passages} \\1", "passages": "{question}" + passages}
    system, user = prompt.fill(**values)
    assert system.content == values["passages"]
    assert user.content == f"{values['question']} {values['passages']} {values['question']}"


def test_one_of_ones_own_replaces_one_of_those_shipped(tmp_path: Path) -> None:
    (tmp_path / "split_question.md").write_text("<!-- {why} -->\nSplit.\n---\n{question}", encoding="utf-8")
    prompts = Prompts.load(tmp_path)
    assert prompts.split_question == Prompt("Split.", "{question}")
    assert prompts.answer == SHIPPED.answer


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Split.\n---\nWhat?", r"\{question\} must stand in it"),
        ("Split {it}.\n---\n{question}", r"\{it\}"),
        ("Split {question}.", "---"),
        ("Split.\n---\n{question}\n---\n", "---"),
        ("\udcff", "cannot be read"),
    ],
)
def test_a_prompt_that_cannot_be_used_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "split_question.md").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadSetting, match=f"split_question.md cannot be used: .*{complaint}"):
        Prompts.load(tmp_path)


def test_a_folder_that_is_not_there_is_a_bad_setting(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="there is no folder none"):
        Prompts.load(tmp_path / "none")
