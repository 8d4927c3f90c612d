"""Passages of the publisher and of the day that a question names are favoured, those that state none left alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from qa_service.embed import HashEmbedder
from qa_service.library import Library
from qa_service.retrieve.provenance import DAY, SOURCE, Provenance, stated_days
from qa_service.store.snapshot import SnapshotStore

STATED = [  # one passage each, in this order
    {"id": "a", "source": "The Harbour Times", "published_at": "2019-05-07"},
    {"id": "b", "source": "Port Mirror - Sport", "published_at": "2019-05-10"},
    {"id": "c", "source": "Port Mirror - Money", "published_at": "2019-07-01"},
    {"id": "d"},
    {"id": "e", "source": "Tide.com"},
]


@pytest.fixture(scope="module")
def provenance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provenance]:
    folder = tmp_path_factory.mktemp("news")
    lines = [json.dumps(stated | {"title": "Storm", "text": "The harbour is open again."}) for stated in STATED]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    store = SnapshotStore(folder / "home")
    Library(store, HashEmbedder(), 200).sync([folder / "news.jsonl"], lambda *_: None)
    with store.open_current() as snapshot:
        yield Provenance(snapshot.catalog, snapshot.passages.count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did the Harbour Times report?", [1, -1, -1, 0, -1]),
        ("the HARBOUR TIMES' article", [1, -1, -1, 0, -1]),
        ("according to Tide, nothing", [-1, -1, -1, 0, 1]),
        ("the tide came in", [0, 0, 0, 0, 0]),
        ("a Port Mirror report", [-1, 0.8, 0.8, 0, -1]),
        ("a Port Mirror - Sport report", [-1, 1, 0.8, 0, -1]),
        ("The Times of the Harbour", [0, 0, 0, 0, 0]),
        ("", [0, 0, 0, 0, 0]),
    ],
)
def test_the_source_that_is_named_is_favoured(provenance: Provenance, text: str, expected: list[float]) -> None:
    assert provenance.agreement(text, np.arange(5)) == pytest.approx([SOURCE * mark for mark in expected])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on May 7, 2019", [1, 0, -1, 0, 0]),
        ("on 2019-07-01", [-1, -1, 1, 0, 0]),
        ("in May 2019", [1, 1, -1, 0, 0]),
        ("in May", [0, 0, 0, 0, 0]),
    ],
)
def test_the_day_that_is_named_is_favoured(provenance: Provenance, text: str, expected: list[float]) -> None:
    assert provenance.agreement(text, np.arange(5)) == pytest.approx([DAY * mark for mark in expected])


def test_only_the_rows_asked_for_are_told_of(provenance: Provenance) -> None:
    assert provenance.agreement("in the Harbour Times", np.array([4, 0])) == pytest.approx([-SOURCE, SOURCE])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 12 March 2017 and May 2019", (date(2017, 3, 12), date(2017, 3, 12))),
        ("between Feb. 2020 and May 2020", (date(2020, 2, 1), date(2020, 2, 29))),
        ("in December 2019", (date(2019, 12, 1), date(2019, 12, 31))),
        ("in December 0000, in December 9999", None),
        ("03/04/2019", None),
        ("in 2019", None),
    ],
)
def test_stated_days(text: str, expected: tuple[date, date] | None) -> None:
    assert stated_days(text) == expected
