from __future__ import annotations

import json
import math
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.errors import Damaged
from qa_service.store.keywords import K1, B, KeywordIndex, terms

TEXTS = [
    "The mayor opened the bridge; the bridge holds.",
    "Ferries wait in the harbour of Port Lumen.",
    "The U.S. envoy told us that the mayor's talks went on.",
    "",
    "Bridges, bridges, bridges and a harbour.",
]
INDEX = KeywordIndex.build(TEXTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. told us: the US won't go", ["us", "told", "us", "go"]),
        ("U.S. U.S U.S.A. U.S.A USA", ["us", "us", "usa", "usa", "usa"]),
        ("U.S.President, U.S.-led, US-led, the U.S.'s", ["us", "presid", "us", "led", "us", "led", "us"]),
        ("Who asked the WHO about it or IT?", ["ask", "who", "it"]),
        ("US", ["us"]),
        ("TELL US WHAT THE WHO SAYS", ["tell", "say"]),
        ("The mayor’s, the mayors', Mayor's", ["mayor", "mayor", "mayor"]),
        ("don't can't won’t they're I'm we've Don", ["don"]),
        ("O'Neill and d'Arc", ["o", "neill", "d", "arc"]),
        ("1,200.50 1,200 3.5bn 1990s 5", ["1200.50", "1200", "3.5bn", "1990s", "5"]),
        ("2017-05-12, 12.05.2017, 3,4", ["2017", "05", "12", "12", "05", "2017", "3", "4"]),
        ("in May; F-16 snake_case", ["may", "f", "16", "snake", "case"]),
        ("Erdoğan naïve Müller STRASSE straße", ["erdogan", "naiv", "muller", "strass", "strass"]),
        ("Москва 北京", ["москва", "北京"]),
        ("… — “”!", []),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@settings(deadline=None)
@given(st.text())
def test_terms_are_folded_and_hold_no_white_space(text: str) -> None:
    assert all(term.split() == [term.casefold()] for term in terms(text))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["bridges", "mayor", "us", "who", "u.s.", "1,200", "won't", "mayor's"]), max_size=8))
def test_terms_of_words_are_the_terms_of_each(words: list[str]) -> None:
    assert terms(" ".join(words)) == [term for word in words for term in terms(word)]


@pytest.mark.parametrize("pattern", ["a.", "a", "a'", "1,", "1,111", "n't", "1.1", "'s", "U.S"])
def test_hostile_text_is_cut_in_no_more_terms_than_characters(pattern: str) -> None:
    assert len(terms(pattern * 50_000)) <= 50_000 * len(pattern)


def bm25(text: str, passages: list[list[str]], row: int) -> float:
    """Okapi BM25 as Lucene has it, from its formula."""
    mean = sum(map(len, passages)) / len(passages) or 1.0
    score = 0.0
    for term in terms(text):
        containing = sum(term in passage for passage in passages)
        idf = math.log(1 + (len(passages) - containing + 0.5) / (containing + 0.5))
        frequency = passages[row].count(term)
        score += idf * frequency / (frequency + K1 * (1 - B + B * len(passages[row]) / mean))
    return score


words = st.lists(st.sampled_from(["bridge", "harbour", "mayor", "ferry", "ferries", "the", "unheard"]), max_size=6)


@settings(deadline=None)
@given(st.lists(words, max_size=8), words)
def test_scores_are_those_of_the_formula(passages: list[list[str]], question: list[str]) -> None:
    index = KeywordIndex.build(" ".join(passage) for passage in passages)
    cut = [terms(" ".join(passage)) for passage in passages]
    expected = [bm25(" ".join(question), cut, row) for row in range(len(passages))]
    np.testing.assert_allclose(index.scores(" ".join(question)), expected, rtol=1e-5, atol=1e-6)


@settings(deadline=None)
@given(st.lists(words, max_size=8), words)
def test_coverage_is_the_score_over_the_most_it_could_be(passages: list[list[str]], question: list[str]) -> None:
    index = KeywordIndex.build(" ".join(passage) for passage in passages)
    text, coverage = " ".join(question), index.coverage(" ".join(question))
    most = sum(math.log(1 + (index.count - n + 0.5) / (n + 0.5)) for n in map(index.document_frequency, terms(text)))
    np.testing.assert_allclose(coverage * most, index.scores(text), rtol=1e-5, atol=1e-6)
    assert ((coverage >= 0) & (coverage < 1)).all()


def test_words_that_nobody_has_lower_the_coverage_and_not_the_score() -> None:
    assert (INDEX.coverage("mayor zebra") <= INDEX.coverage("mayor")).all()
    assert np.array_equal(INDEX.scores("mayor zebra"), INDEX.scores("mayor"))


def test_the_passage_that_says_it_most_scores_best() -> None:
    scores = INDEX.scores("Which bridge did the mayor open?")
    assert scores.dtype == np.float32
    assert scores.argmax() == 0
    assert (scores > 0).tolist() == [True, False, True, False, True]


def test_unknown_words_and_stop_words_score_nothing() -> None:
    for question in ("zebra quagga", "what is the", "", "…"):
        assert INDEX.scores(question).tolist() == [0.0] * 5


def test_the_initials_of_a_country_are_found_without_their_dots_and_the_pronoun_is_not() -> None:
    assert np.flatnonzero(INDEX.scores("US talks")).tolist() == [2]
    assert INDEX.scores("us").tolist() == [0.0] * 5


def test_document_frequency_counts_passages() -> None:
    assert [INDEX.document_frequency(term) for term in ("bridg", "harbour", "zebra")] == [2, 2, 0]
    assert INDEX.count == 5


@pytest.mark.parametrize("texts", [[], ["", "the of"]])
def test_an_index_without_any_term_works(tmp_path: Path, texts: list[str]) -> None:
    KeywordIndex.build(texts).save(tmp_path / "keywords")
    index = KeywordIndex.load(tmp_path / "keywords")
    assert index.scores("bridge").tolist() == [0.0] * len(texts)
    assert (index.count, index.document_frequency("bridg")) == (len(texts), 0)


def test_an_index_comes_back_from_its_files(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "keywords")
    loaded = KeywordIndex.load(tmp_path / "keywords")
    assert np.array_equal(loaded.scores("mayor harbour"), INDEX.scores("mayor harbour"))
    assert (loaded.count, loaded.document_frequency("bridg")) == (5, 2)


def test_the_same_texts_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        KeywordIndex.build(TEXTS).save(tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


@pytest.mark.parametrize("spoil", [b"", b"{}", b"[1]", b'{"passages": 1}', b"\xff"])
def test_a_folder_that_is_no_index_is_damaged(tmp_path: Path, spoil: bytes) -> None:
    INDEX.save(tmp_path / "keywords")
    (tmp_path / "keywords" / "vocabulary.json").write_bytes(spoil)
    with pytest.raises(Damaged, match="keywords cannot be read"):
        KeywordIndex.load(tmp_path / "keywords")


def test_an_array_of_pickled_objects_is_not_loaded(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "keywords")
    np.save(tmp_path / "keywords" / "values.npy", np.array([object()]), allow_pickle=True)
    with pytest.raises(Damaged):
        KeywordIndex.load(tmp_path / "keywords")


def test_the_vocabulary_is_json_that_people_can_read(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "keywords")
    head = json.loads((tmp_path / "keywords" / "vocabulary.json").read_text())
    assert head["passages"] == 5
    assert "bridg" in head["terms"]


def test_loading_and_scoring_need_neither_bm25s_nor_scipy(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "keywords")
    code = f"""
import sys; from pathlib import Path; from qa_service.store.keywords import KeywordIndex
assert KeywordIndex.load(Path({str(tmp_path / "keywords")!r})).scores("bridge").any()
assert not {{"bm25s", "scipy", "numba", "jax", "tqdm"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_many_threads_score_with_one_index() -> None:
    expected, wrong = INDEX.scores("mayor bridges"), []

    def score() -> None:
        wrong.extend(1 for _ in range(200) if not np.array_equal(INDEX.scores("mayor bridges"), expected))

    threads = [threading.Thread(target=score) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
