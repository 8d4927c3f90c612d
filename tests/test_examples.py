"""The questions that the service proposes are ones that it can answer."""

from __future__ import annotations

from pathlib import Path

from qa_service.answerer import Answerer
from qa_service.embed import HashEmbedder
from qa_service.examples import examples
from qa_service.library import Library
from qa_service.settings import Settings
from qa_service.store.snapshot import SnapshotStore
from qa_service.types import Ask


def test_every_example_is_answered(answerer: Answerer) -> None:
    proposed = answerer.examples()
    assert 2 <= len(proposed) <= 4
    assert len(set(proposed)) == len(proposed)
    assert {answerer.answer(Ask(question)).status for question in proposed} == {"answered"}


def test_the_same_index_gives_the_same_examples(settings: Settings, answerer: Answerer) -> None:
    with SnapshotStore(settings.home).open_current() as snapshot:
        assert examples(snapshot.catalog) == answerer.examples()


def test_documents_that_quote_nobody_give_none(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n\nThe harbour is open again after the storm.\n", encoding="utf-8")
    store = SnapshotStore(tmp_path / "home")
    Library(store, HashEmbedder(), 200).sync([tmp_path / "notes.md"], lambda *_: None)
    with store.open_current() as snapshot:
        assert examples(snapshot.catalog) == ()
