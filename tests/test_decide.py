"""The one decision whether the documents answer: what its figure must and must not say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qa_service.compose.decide import LEAST, unheard, unknown
from qa_service.language.references import NameBook
from qa_service.questions.question import Question, read
from qa_service.settings import Settings
from qa_service.store.snapshot import SnapshotStore

shares = st.floats(0, 1)


def asked(settings: Settings, text: str) -> Question:
    with SnapshotStore(settings.home).open_current() as snapshot:
        return read(text, NameBook(snapshot.catalog.names()))


def test_each_unknown_name_counts_once(settings: Settings) -> None:
    question = asked(settings, "What did Solberg say about Brexit after Solberg met Lavrov?")
    assert unknown(question) == 2
    assert unknown(replace(question, unknown=())) == 0


@given(support=shares, other=shares)
def test_a_question_with_an_unknown_name_is_never_sure_but_foreign_matters_are_less_so(
    settings: Settings, support: float, other: float
) -> None:
    question = asked(settings, "What did Solberg say about Brexit?")
    low, high = sorted((support, other))
    assert 0 <= unheard(question, low) <= unheard(question, high) < LEAST
