"""What a language model writes, cut into sentences with the passages they name, however it arrives."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.generate.cut import Written, cut
from qa_service.model import ModelFailed

TEXT = (
    "Lavrov met Pompeo in Sochi on May 14 [1]. “We are ready,” he said. [2] The U.S. side asked for 3.5 million "
    "dollars. [1, 3]\n\n- **Both** agreed to meet again [passage 2]\n2. Nothing was signed.【4】 Mr. Smith left."
)
SENTENCES = [
    Written("Lavrov met Pompeo in Sochi on May 14.", (1,)),
    Written("“We are ready,” he said.", (2,)),
    Written("The U.S. side asked for 3.5 million dollars.", (1, 3)),
    Written("Both agreed to meet again", (2,)),
    Written("Nothing was signed.", (4,)),
    Written("Mr. Smith left.", ()),
]


def test_sentences_come_without_their_markers_and_with_what_they_name() -> None:
    assert list(cut([TEXT])) == SENTENCES


@given(st.lists(st.integers(1, len(TEXT) - 1), max_size=40))
def test_it_does_not_matter_in_which_parts_a_text_arrives(places: list[int]) -> None:
    ends = [0, *sorted(set(places)), len(TEXT)]
    assert list(cut(TEXT[a:b] for a, b in pairwise(ends))) == SENTENCES


QUOTED = (
    "“We are ready. Of course, if our partners are,” he said. [1] "
    "It is false that he said: “We met. Pompeo signed.” [2] Lavrov denied that he would\nsign the agreement. [3]\n"
    'Nobody came [1-3] to "talk. Or so" it seems [[2]]. Lies!'
)
PARTS = [
    Written("“We are ready. Of course, if our partners are,” he said.", (1,)),
    Written("It is false that he said: “We met. Pompeo signed.”", (2,)),
    Written("Lavrov denied that he would sign the agreement.", (3,)),
    Written('Nobody came to "talk. Or so" it seems.', (1, 2, 3)),
    Written("Lies!", ()),
]


@given(st.lists(st.integers(1, len(QUOTED) - 1), max_size=60))
def test_quotations_and_wrapped_lines_are_never_cut_in_two(places: list[int]) -> None:
    ends = [0, *sorted(set(places)), len(QUOTED)]
    assert list(cut(QUOTED[a:b] for a, b in pairwise(ends))) == PARTS


@pytest.mark.parametrize("text", ["sign the agreement. [1]", "Lavrov denied that he would [1]", "## Answer"])
def test_what_may_be_a_part_of_a_sentence_is_told(text: str) -> None:
    assert [sentence.whole for sentence in cut([text])] == [text.startswith("#")]


def test_markers_in_markers_leave_nothing() -> None:
    assert [(s.text, s.named) for s in cut(["He came [9[1]9]. She [[2]] went [^3]."])] == [
        ("He came.", (1,)),
        ("She went.", (2, 3)),
    ]


def test_what_comes_to_no_end_is_a_failure() -> None:
    with pytest.raises(ModelFailed):
        list(cut("and so on " for _ in range(10_000)))


def test_a_sentence_is_handed_on_when_the_next_one_has_begun() -> None:
    arrived: list[str] = []

    def parts() -> object:
        for part in ("One came. [1]", " Two", " came", " as well."):
            arrived.append(part)
            yield part

    assert next(cut(parts())).text == "One came."  # type: ignore[arg-type]  # a generator of texts
    assert "".join(arrived) == "One came. [1] Two came"


@pytest.mark.parametrize("text", ["NOT FOUND", "Not found.", "**NOT_FOUND**", "", " \n\n", "---", "[1]", "..."])
def test_what_says_nothing_is_no_sentence(text: str) -> None:
    assert list(cut([text])) == []


def test_what_nobody_sees_is_taken_out() -> None:
    assert [s.text for s in cut(["Pay\u200bload\u202e is \U000e0041hidden. [1]"])] == ["Payload is hidden."]


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    for sentence in cut([text]):
        assert sentence.text.strip() == sentence.text != ""
