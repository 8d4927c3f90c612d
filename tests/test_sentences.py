"""Where sentences begin and end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.sentences import LONGEST_QUOTATION, split

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
NEWS_LIKE = st.text(st.sampled_from(list(" \n\r\u2028\"“”„«»'’()[].!?…。,:-AaBbUS19é字\u00a0")), max_size=80)


def pieces(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith met Dr. J. R. Jones and Gen. Lee.",
        "The U.S. House and the U.N. Security Council met in Washington, D.C. Tuesday.",
        "A call between U.S.President Donald Trump and Vladimir Putin onSaturday.",
        "They fight their No. 1 enemy at 10 a.m. Monday, Jan. 5, with $3.5 million.",
        "Acme Inc. Chief Executive Ann Lee, of Mt. Airy, bought Foo Ltd. (Ariz.) and others.",
        "Read https://a.example/b.Html?c=D.E or write to a.b@mail.example today.",
        "He said no... and left, e.g. Friday.",
        "“We are ready to do this. Of course, if our partners are,” he said.",
        '"Is it true?" he asked.',
        '"Is it true?" Sergei Lavrov asked.',
        "„Wir gehen. Wir kommen“, sagte er.",
        "1. Donald Trump",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He lives in the U.S.", "The law is old."],
        ["It rained in 2019.", "5 people left!", "Why?", "Nobody knows."],
        ["They met at 10 a.m.", "She was late.", "He bought Acme Inc.", "In May he sold it."],
        ["The answer was no.", "Then he left…", "And came back."],
        ['"Our position is simple," the diplomat said.', '"We are ready. We are."'],
        ["They need a “new matrix than hitherto.”", "“We are ready,” he said."],
        ["He called it “the end”.", "She (his wife) did not.", "(Nobody did.)", "All was well."],
        ['"Why?"', "The crowd went home.", '"No!"', '"Yes!"'],
        ["It was found.[12]", "It was lost.[3][4]", "The end."],
        ["从前有座山。", "“山里有庙！”", "庙里有人"],
        ["Let x be less than y.", "Then it holds."],
    ],
)
def test_neighbours_are_told_apart(sentences: list[str]) -> None:
    assert pieces(" ".join(sentences)) == sentences


def test_glued_sentences_are_told_apart() -> None:
    assert pieces("The talks ended.The next round is open.") == ["The talks ended.", "The next round is open."]


def test_an_open_quotation_does_not_swallow_its_paragraph() -> None:
    assert pieces("He said “so be it. Then he left. It was late.") == [
        "He said “so be it.",
        "Then he left.",
        "It was late.",
    ]


def test_a_quotation_that_was_never_closed_does_not_spoil_the_next() -> None:
    assert pieces('He said "so. Now "a. B" it is. End.') == ['He said "so.', 'Now "a. B" it is.', "End."]


def test_a_very_long_quotation_is_cut() -> None:
    assert len(split("“" + "All is well now. " * (LONGEST_QUOTATION // 10) + "”")) > 10


def test_a_line_is_a_paragraph_and_blank_lines_are_none() -> None:
    sentences = split("Title\n\n \u00a0\nOne. Two\r\nthree.\n")
    assert [(s.index, s.paragraph) for s in sentences] == [(0, 0), (1, 1), (2, 1), (3, 2)]


def test_nothing_has_no_sentences() -> None:
    assert split("") == split(" \n\t ") == ()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_quotations_of_real_articles_stay_whole(path: Path) -> None:
    for sentence in pieces(path.read_text(encoding="utf-8")):
        assert sentence.count("“") == sentence.count("”")
        assert sentence.count('"') % 2 == 0


@given(st.text() | NEWS_LIKE)
def test_spans_are_ordered_trimmed_and_leave_out_only_white_space(text: str) -> None:
    at = 0
    for sentence in split(text):
        assert text[at : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end] != ""
        at = sentence.end
    assert text[at:].strip() == ""


@given(st.text() | NEWS_LIKE)
def test_no_sentence_crosses_a_line(text: str) -> None:
    sentences = split(text)
    assert all(len(piece.splitlines()) == 1 for piece in pieces(text))
    assert [sentence.index for sentence in sentences] == list(range(len(sentences)))


@pytest.mark.parametrize("unit", ['."', ".“A ", "“. ", "(", "a.A", "U.S. ", '?" Aa ', "-. ", ".[1", " ", "'"])
def test_long_nonsense_is_read_to_its_end(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


def test_a_paragraph_wrapped_by_hand_is_read_on() -> None:
    text = (
        "The river rose again overnight, and the town behind the old\ndam was told to leave before noon. "
        "Nobody\nstayed.\n"
        "- a list item that is long enough to look like a line that was wrapped\n- another one\n"
    )
    found = [text[s.start : s.end] for s in split(text)]
    assert found[0].endswith("behind the old\ndam was told to leave before noon.")
    assert found[-2:] == ["- a list item that is long enough to look like a line that was wrapped", "- another one"]
