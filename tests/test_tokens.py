"""The encoding that ships with the package."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel, Sequence, Split

from qa_service import tokens

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


@given(st.text())
def test_decoding_gives_the_text_back(text: str) -> None:
    encoding = tokens.encoding()
    assert encoding.decode(encoding.encode_ordinary(text)) == text


@given(st.text())
def test_a_text_has_at_most_one_token_for_each_byte(text: str) -> None:
    assert tokens.count(text) <= len(text.encode())


def test_nothing_has_no_tokens() -> None:
    assert tokens.count("") == 0


def test_common_words_are_single_tokens() -> None:
    assert tokens.count("The President said that the United States would meet.") == 10


def test_special_token_text_is_ordinary_text() -> None:
    assert tokens.count("<|endoftext|> [CLS]") > 5
    assert tokens.encoding().special_tokens_set == set()


def test_a_lone_surrogate_is_counted() -> None:
    assert tokens.count("\ud800 half a pair") > 3


@pytest.mark.parametrize("unit", ["a", " ", "!", "1", "a ", "\n", "字"])
def test_a_megabyte_of_the_same_is_counted(unit: str) -> None:
    assert tokens.count(unit * 1_000_000) > 0


def test_the_vocabulary_has_every_byte_and_no_token_twice() -> None:
    values = tokens.encoding().token_byte_values()
    assert len(values) == len(set(values)) == tokens.encoding().n_vocab == 16_000
    assert {bytes([value]) for value in range(256)} <= set(values)


@pytest.fixture(scope="module")
def reference() -> Tokenizer:
    """The same vocabulary in the library that trained it: each token is merged from its two best parts."""
    shown = ByteLevel(add_prefix_space=False, use_regex=False)
    values = sorted(tokens.encoding().token_byte_values(), key=tokens.encoding().encode_single_token)
    names = [_shown(value) for value in values]
    tokenizer = Tokenizer(BPE(dict(zip(names, range(len(names)), strict=True)), _merges(values)))
    tokenizer.pre_tokenizer = Sequence([Split(Regex(tokens.PATTERN), "isolated"), shown])
    return tokenizer


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_it_agrees_with_the_library_that_trained_it(path: Path, reference: Tokenizer) -> None:
    text = path.read_text(encoding="utf-8")
    assert tokens.encoding().encode_ordinary(text) == reference.encode(text).ids


def _alphabet() -> list[str]:
    """The printable letters in which byte-level vocabularies write the 256 bytes."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = iter(range(256, 512))
    return [chr(byte if byte in plain else next(hidden)) for byte in range(256)]


ALPHABET = _alphabet()


def _shown(value: bytes) -> str:
    return "".join(ALPHABET[byte] for byte in value)


def _merges(values: list[bytes]) -> list[tuple[str, str]]:
    """Each token's last merge: the two tokens that remain when only earlier ranks may be joined."""
    ranks = {value: rank for rank, value in enumerate(values)}
    pairs = []
    for value in values[256:]:
        parts = [value[i : i + 1] for i in range(len(value))]
        while len(parts) > 2:
            joined = [ranks.get(parts[i] + parts[i + 1], len(ranks)) for i in range(len(parts) - 1)]
            at = joined.index(min(joined))
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        pairs.append((_shown(parts[0]), _shown(parts[1])))
    return pairs
