"""The drafts for the parts of a message become one: fair shares, nothing twice, what is missing named by its part."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qa_service.compose.draft import Draft, Piece
from qa_service.compose.missing import depends, sentence, too_many
from qa_service.compose.together import named, together
from qa_service.types import Document, Missing

TEXT = "Ferries run twice a day. The master was glad. It is cold. Nobody came. The band played on."
HARBOUR = Document("doc_1", "harbour", "Harbour", TEXT)
SPANS = ((0, 24), (25, 45), (46, 57), (58, 70), (71, 90))


def piece(index: int, score: float = 0.5, speaker: str | None = None, part: int = 0) -> Piece:
    return Piece(HARBOUR, "p1", *SPANS[index], speaker, score, part=part)


def draft(*indices: int, confidence: float = 0.8) -> Draft:
    return Draft(tuple(piece(index) for index in indices), confidence=confidence)


def test_one_part_is_left_as_it_is() -> None:
    only = draft(0, 1)
    assert together([only], 1) is only


def test_the_parts_follow_each_other() -> None:
    assert together([draft(3), draft(0, 1)], 5).pieces == (piece(3), piece(0, part=1), piece(1, part=1))


def test_every_part_has_its_share_and_the_best_of_it_in_reading_order() -> None:
    first = Draft((piece(0, 0.1), piece(1, 0.9), piece(2, 0.8)))
    assert together([first, draft(3)], 3).pieces == (piece(1, 0.9), piece(2, 0.8), piece(3, part=1))
    assert together([first, draft(3)], 1).pieces == (piece(1, 0.9),)


def test_a_sentence_of_two_parts_is_shown_once_for_all_who_speak_in_it() -> None:
    drafts = [Draft((piece(0, speaker=who),)) for who in ("Ann", "Bob", "Ann")]
    assert together(drafts, 5).pieces == (piece(0, speaker="Ann and Bob"),)


def test_what_is_missing_is_kept_and_each_told_once() -> None:
    nothing = Draft((), (Missing("why", "Nobody says why."),), 0.2)
    combined = together([draft(0), nothing, nothing], 5)
    assert combined.missing == nothing.missing
    assert combined.confidence == 0.8
    assert together([draft(0, confidence=0.6), draft(1, confidence=0.9)], 5).confidence == 0.9
    assert together([nothing, replace(nothing, confidence=0.4)], 5).confidence == 0.4


def test_a_part_is_named_in_the_words_of_the_message() -> None:
    left = Draft((), (Missing("fish", "Nobody speaks of fish."), Missing("him", "Nobody speaks of fish.")))
    assert named(left, "what did he say about fish? ").missing == (
        Missing("what did he say about fish", "Nobody speaks of fish."),
    )


def test_several_reasons_make_one_sentence() -> None:
    reasons = [Missing("a", "None of the documents mentions A."), Missing("b", "The documents do not quote B.")]
    assert sentence(reasons) == "None of the documents mentions A; the documents do not quote B."
    assert sentence(reasons[:1] * 2) == "None of the documents mentions A."


def test_what_cannot_be_asked_is_said() -> None:
    assert depends("what did he say?").reason.startswith("Nothing tells who is meant in “what did he say”")
    assert too_many("why?", 6) == Missing("why", "Only the first 6 questions of a message are answered.")


@given(st.lists(st.lists(st.integers(0, 4), max_size=4, unique=True), min_size=2, max_size=4), st.integers(1, 6))
def test_no_sentence_is_shown_twice_and_never_too_many(parts: list[list[int]], most: int) -> None:
    pieces = together([draft(*part) for part in parts], most).pieces
    assert len({p.start for p in pieces}) == len(pieces) <= most
    assert len(pieces) == min(most, len({index for part in parts for index in part}))
