"""The page about an evaluation: complete, self-contained, and safe whatever the documents say."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from judged import SILENT, answer, judged

from qa_service.errors import BadInput
from qa_service.evaluation.items import Item, Message
from qa_service.evaluation.outcomes import Outcome
from qa_service.evaluation.plots import check_ready, plots
from qa_service.evaluation.report import page
from qa_service.evaluation.sample import sample_of

OUTCOMES = [
    judged(True, True, 0.9), judged(True, False, 0.8), judged(True, True, 0.3, answered=False),
    judged(True, False, 0.2, answered=False), judged(False, False, 0.7), judged(False, False, 0.1, answered=False),
]  # fmt: skip


class Elements(HTMLParser):
    """Names and attributes of the elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs


HTML = page(OUTCOMES, "harbour")


def test_the_page_shows_figures_with_intervals_and_three_plots() -> None:
    assert "6 questions: 4 answerable, 2 not" in HTML
    assert "95 % interval" in HTML
    assert Elements(HTML).names.count("svg") == 3


def test_every_mistake_is_listed_with_answer_passage_and_what_is_right() -> None:
    told = re.findall(r'class="verdict">([^<]+)<', HTML)
    assert told == [
        "answered with another sentence", "answered, though the documents do not", "declined, though right",
        "declined, and wrong when told to answer always",
    ]  # fmt: skip
    assert "confidence 0.80" in HTML
    assert "<mark>Ferries run twice a day.</mark> The bridge is closed" in HTML
    assert ">right</span> The bridge is closed until spring<" in HTML


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    elements = Elements(HTML)
    assert not {"script", "link", "img", "iframe", "object"} & set(elements.names)
    assert not [name for name, _ in elements.attributes if name.startswith("on") or name == "src"]
    assert all((value or "").startswith("#") for name, value in elements.attributes if name.endswith("href"))
    assert not re.search(r"url\((?!#)", HTML)
    assert "@import" not in HTML


def test_identifiers_are_unique_on_the_page() -> None:
    named = [value for name, value in Elements(HTML).attributes if name == "id"]
    assert len(named) == len(set(named))


def test_what_documents_and_questions_say_is_text() -> None:
    evil = "<script>alert(1)</script>"
    item = Item(id=evil, question=evil, kind=evil, answers=(evil,))
    bad = replace(answer("Ferries run twice a day."), plain=evil, standalone_question=evil + "?")
    html = page([Outcome(item, bad, 1.0, bad)], evil)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_follow_ups_are_listed_where_they_are_completed_otherwise() -> None:
    told = (Message(role="user", content="Tell me of the bridge"),)
    asked = Item(id="q", question="When does it open?", history=told, rewrite="When does the bridge open?")
    html = page([Outcome(asked, replace(SILENT, standalone_question="When does it open?"), 1.0)], "follow-ups")
    assert "completed otherwise than by a person" in html
    assert "Tell me of the bridge" in html
    assert Elements(html).names.count("svg") == 1  # nothing was decided: only the latency


def test_the_same_outcomes_give_the_same_page() -> None:
    assert page(OUTCOMES, "harbour") == HTML


def test_plots_take_their_ink_from_the_page() -> None:
    for _, svg in plots(sample_of(OUTCOMES)):
        assert "currentColor" in svg
        assert "#010203" not in svg


def test_a_package_that_is_missing_is_named_with_what_to_do() -> None:
    with pytest.raises(BadInput, match=r"no_such_package.*qa-service\[report\]"):
        check_ready("no_such_package")
