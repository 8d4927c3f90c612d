"""Questions are made only of what a text says has happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.articles import Articles
from qa_service.asking import questions_of
from qa_service.embed import HashEmbedder
from qa_service.library import Library
from qa_service.store.snapshot import SnapshotStore


def asked(folder: Path, text: str) -> set[str]:
    (folder / "a.md").write_text(f"# News\n\n{text}\n", encoding="utf-8")
    store = SnapshotStore(folder / "home")
    Library(store, HashEmbedder(), 200).sync([folder / "a.md"], lambda *_: None)
    with store.open_current() as snapshot:
        names = {name.key: name for name in snapshot.catalog.names()}
        key = snapshot.catalog.list_documents(None, None, 1, None)[0][0].id
        return {each.question for each in questions_of(Articles(snapshot.catalog, names).get(key), names)}


MET = "President Ada River met President Boris Stone in Oslo on Monday."
CALLED = "President Ada River had a phone call with President Boris Stone on Monday."


def test_a_meeting_gives_questions_for_its_time_and_place(tmp_path: Path) -> None:
    assert {"When did River meet Stone?", "Where did River meet Stone?"} <= asked(tmp_path, MET)


def test_a_call_gives_a_question_for_its_time_only(tmp_path: Path) -> None:
    questions = asked(tmp_path, CALLED)
    assert "When did River and Stone speak on the phone?" in questions
    assert not any(question.startswith("Where") for question in questions)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (MET, "What did Stone say after meeting River?"),
        (CALLED, "What did Stone say after the call with River?"),
    ],
)
def test_those_who_took_part_are_asked_for_their_words(tmp_path: Path, text: str, question: str) -> None:
    assert question in asked(tmp_path, f"{text} “We will work together,” Stone told reporters.")


def test_what_is_said_about_somebody_is_asked_for(tmp_path: Path) -> None:
    text = "“We will never forget Clara Field,” President Ada River said. The weather was fine. Nobody came. It rained."
    assert "What did River say about Clara Field?" in asked(tmp_path, text)


@pytest.mark.parametrize("cue", ["supports", "considers"])
def test_what_somebody_thinks_is_not_asked_for_as_their_words(tmp_path: Path, cue: str) -> None:
    text = f"President Ada River {cue} Clara Field. The weather was fine. Nobody came. It rained."
    assert not any("say about" in question for question in asked(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "President Ada River hopes to meet President Boris Stone in Oslo on Monday.",
        "President Ada River will meet President Boris Stone in Oslo on Monday.",
        "President Ada River proposed a meeting with President Boris Stone in Oslo on Monday.",
        "President Ada River has never met President Boris Stone in Oslo.",
        "A remark of President Ada River on President Boris Stone met with fierce criticism on Monday.",
    ],
)
def test_what_has_not_taken_place_is_not_asked_about(tmp_path: Path, text: str) -> None:
    assert not any("meet" in question for question in asked(tmp_path, f"{text} “Fine,” Ada River said."))
