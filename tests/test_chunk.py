"""How sentences are grouped into passages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service import tokens
from qa_service.chunk import chunk
from qa_service.sentences import split
from qa_service.types import Document, Passage

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
WORDS = st.lists(st.sampled_from(["The", "talks", "end.", "Why?", "字。", '."', "“", "!", "\n"]), max_size=120)
TEXTS = st.builds(lambda words, gap: gap.join(words), WORDS, st.sampled_from([" ", ""]))
LIMITS = st.integers(1, 30)


def document(text: str) -> Document:
    return Document(id="d1", name="d", title="D", text=text)


def passages(text: str, max_tokens: int) -> tuple[Passage, ...]:
    return chunk(document(text), split(text), max_tokens)


def test_a_short_document_is_one_passage() -> None:
    text = "\nThe talks ended. Nothing was signed.\n"
    assert passages(text, 200) == (Passage("d1:0", "d1", 1, 37, text.strip(), 0, 1, tokens.count(text.strip())),)


def test_an_empty_document_has_no_passages() -> None:
    assert passages(" \n", 200) == ()


def test_a_long_sentence_is_a_passage_by_itself() -> None:
    found = passages("Short one. " + "Very " + "very " * 50 + "long one. Short two.", 20)
    assert [(passage.first, passage.last) for passage in found] == [(0, 0), (1, 1), (2, 2)]
    assert found[1].tokens > 20


def test_the_last_passage_is_not_a_mere_rest() -> None:
    found = passages("The talks went on today. " * 21, 120)
    assert len(found) == 2
    assert abs(found[0].tokens - found[1].tokens) <= 12


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_real_articles_fill_their_passages(path: Path) -> None:
    found = passages(path.read_text(encoding="utf-8"), 200)
    assert all(100 < passage.tokens <= 200 for passage in found)
    assert all(after.first == before.last for before, after in pairwise(found))


@given(TEXTS, LIMITS)
def test_a_passage_is_the_exact_text_of_its_sentences(text: str, limit: int) -> None:
    sentences = split(text)
    for n, passage in enumerate(passages(text, limit)):
        assert passage.text == text[passage.start : passage.end]
        assert (passage.start, passage.end) == (sentences[passage.first].start, sentences[passage.last].end)
        assert (passage.id, passage.tokens) == (f"d1:{n}", tokens.count(passage.text))


@given(TEXTS, LIMITS)
def test_a_passage_keeps_to_its_size_unless_it_is_one_sentence(text: str, limit: int) -> None:
    assert all(passage.tokens <= limit or passage.first == passage.last for passage in passages(text, limit))


@given(TEXTS, LIMITS)
def test_every_sentence_is_covered_and_no_passage_repeats_another(text: str, limit: int) -> None:
    found = passages(text, limit)
    assert {n for passage in found for n in range(passage.first, passage.last + 1)} == set(range(len(split(text))))
    assert all(before.first < after.first and before.last < after.last for before, after in pairwise(found))


@given(WORDS.map(" ".join), LIMITS)
def test_neighbours_share_one_sentence_where_it_fits(text: str, limit: int) -> None:
    sentences = split(text)
    for before, after in pairwise(passages(text, limit)):
        shared = text[sentences[before.last].start : sentences[before.last + 1].end]
        assert before.last - after.first + 1 == (tokens.count(shared) <= limit)
