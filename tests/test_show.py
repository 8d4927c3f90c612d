"""An answer on a terminal says who wrote it, where a language model was to."""

from __future__ import annotations

import pytest
from browsing import QUESTION, words
from telling import Script, telling
from test_model_page import INVENTED, LATE, READY

from qa_service.answerer import Answerer
from qa_service.settings import Settings
from qa_service.show import show
from qa_service.types import Ask

WROTE = words("model.wrote", name="small")
BROKE = words("model.broke", note=LATE.reason)


@pytest.mark.parametrize(
    ("scripts", "line"),
    [
        ((f"{READY} [1]", ""), f"{WROTE}."),
        ((f"{READY} [1] {INVENTED}", ""), f"{WROTE}. {words('model.withheld', n=1)}."),
        ((f"{READY} [1] {INVENTED} {INVENTED[:-1]}, too.", ""), f"{WROTE}. {words('model.withheld', n=2)}."),
        (((f"{READY} [1] Then he sa", LATE),), f"{WROTE}. {BROKE}."),
        ((LATE,), f"{words('model.unused', note=LATE.reason)}."),
    ],
)
def test_the_last_line_says_what_the_page_says(
    settings: Settings,
    answerer: Answerer,
    capsys: pytest.CaptureFixture[str],
    scripts: tuple[Script, ...],
    line: str,
) -> None:
    show(telling(settings, answerer, *scripts).answer(Ask(QUESTION)))
    assert capsys.readouterr().out.endswith(f"\n\n{line}\n")


@pytest.mark.parametrize("asked", [Ask(QUESTION, mode="extractive"), Ask("Who won the 2018 World Cup?")])
def test_nothing_is_said_where_no_model_was_to_write(
    settings: Settings, answerer: Answerer, capsys: pytest.CaptureFixture[str], asked: Ask
) -> None:
    show(telling(settings, answerer).answer(asked))
    assert "language model" not in capsys.readouterr().out
