"""A model that invents, over real HTTP: two hundred answers with an untruth in each, and none of them is shown.

What is untrue is known to the model that made it up, not judged by the check that is tested.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, cycle
from pathlib import Path

import pytest
from conftest import SEEDS
from homes import with_model
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from model_answers import passages_of
from model_inventions import EVIL, Invention
from model_server import Asked, Inventing, serving

from qa_service.answerer import Answerer
from qa_service.assemble import model_folder, open_answerer, open_library
from qa_service.embed import OnnxEmbedder
from qa_service.generate import Author
from qa_service.model import Scripted
from qa_service.prompts import Prompts
from qa_service.settings import Settings
from qa_service.support import Checker
from qa_service.types import Answer, Ask

SEED = 2000  # the number of the first invention
ANSWERS = 200
FICTION = Path(__file__).with_name("fiction.jsonl")
QUESTIONS = Path(__file__).with_name("questions") / "seeds.jsonl"


@dataclass(frozen=True)
class Told:
    """An answer, the untruth that the model told for it, and the true sentences that it told beside."""

    answer: Answer
    invention: Invention
    truths: tuple[str, ...]


class Remembering(Inventing):
    """Inventing, and it remembers which sentences of an answer it took from passages as they stand there."""

    def __init__(self, first: int) -> None:
        super().__init__(first)
        self.truths: list[tuple[str, ...]] = []

    def answer(self, asked: Asked) -> str:
        """The same answer."""
        told = super().answer(asked)
        beside = told.replace(self.inventions[-1].text, "")
        sentences = {sentence for shown in passages_of(asked.user) for sentence in shown.sentences}
        self.truths.append(tuple(each for each in sentences if bare(each) == bare(beside)))
        return told


def bare(text: str) -> str:
    """A text without markers, stops at its end, and differences of white space."""
    return " ".join(re.sub(r"\[\d+\]", "", text).split()).rstrip(" .")


def questions() -> Iterator[str]:
    """Questions about the made-up news and about the seeds, by turns and without end."""
    made_up = [question for row in FICTION.read_text("utf-8").splitlines() for question in json.loads(row)["questions"]]
    about_seeds = [json.loads(row)["question"] for row in QUESTIONS.read_text("utf-8").splitlines()]
    return chain.from_iterable(zip(cycle(made_up), cycle(about_seeds)))


@pytest.fixture(scope="module")
def home(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = with_model(settings, tmp_path_factory.mktemp("fiction"))
    open_library(home, lambda *_: None).sync([SEEDS, FICTION], lambda *_: None)
    return home


@pytest.fixture(scope="module")
def told(home: Settings) -> list[Told]:
    """Two hundred answers of a model that invents in each of them."""
    print(f"the first invention has number {SEED}")
    inventing, found, asked = Remembering(SEED), list[Told](), questions()
    with serving(inventing) as server:
        model = {"llm_base_url": server.base_url, "llm_model": "inventing"}
        answerer = open_answerer(home.model_copy(update=model))
        while len(found) < ANSWERS:
            answer = answerer.answer(Ask(next(asked)))
            if len(inventing.inventions) > len(found):  # the documents answer it, so that the model was asked
                found.append(Told(answer, inventing.inventions[-1], inventing.truths[-1]))
    return found


def test_no_invention_is_shown(told: list[Told]) -> None:
    lies = [(each.invention, each.answer.plain) for each in told if each.invention.lie]
    assert len(lies) >= 150
    assert [(lie.number, lie.kind, lie.lie) for lie, plain in lies if bare(lie.lie) in bare(plain)] == []


def test_no_invention_is_shown_in_part(told: list[Told]) -> None:
    """Each shown sentence of the model is one that the model did not invent, word for word."""
    shown = [(each.invention, c.text) for each in told if each.answer.mode == "llm" for c in each.answer.citations]
    untrue = [(i.number, text) for i, text in shown if i.lie and bare(text) in bare(i.text) and text not in i.origin]
    assert untrue == []
    assert [text for _, text in shown if "collect.example" in text or EVIL in text] == []


def test_true_sentences_beside_inventions_are_shown(told: list[Told]) -> None:
    true = [(bare(truth), bare(each.answer.plain)) for each in told for truth in each.truths]
    share = sum(truth in plain for truth, plain in true) / len(true)
    print(f"{share:.3f} of {len(true)} true sentences are shown")
    assert len(true) >= 60
    assert share >= 0.8


def test_what_is_shown_stands_on_spans_that_read_the_same_again(told: list[Told]) -> None:
    for answer in (each.answer for each in told):
        assert answer.citations
        for citation in answer.citations:
            assert answer.text[citation.start : citation.end] == citation.text
            for source in citation.sources:
                assert source.document.text[source.start : source.end] == source.cited_text


def test_a_wrong_marker_never_cites_what_does_not_say_it(told: list[Told]) -> None:
    """These sentences stand in a passage word for word: whatever is cited for them must have them."""
    wrong = [each for each in told if not each.invention.lie and each.answer.mode == "llm"]
    cited = [(c, each.invention) for each in wrong for c in each.answer.citations if c.text in each.invention.origin]
    assert len(cited) >= 15
    for citation, invention in cited:
        assert any(bare(invention.origin) in bare(source.cited_text) for source in citation.sources), invention


# What a model may say at worst: any text, and pieces of documents with anything between them.

QUESTION = "What did Lavrov say after meeting Pompeo?"
STANDING = tuple(
    line for file in sorted(SEEDS.glob("*.txt")) for line in file.read_text("utf-8").splitlines() if len(line) > 60
)
NOISE = (
    " [1] ", "[99]", "[1, 2]", "[", "]", "【2†source】",
    "\n", "\r\n", "\x00", "\x1b[31m", "\u200b", "\u202e", "\U000e0041",
    "<img src=x onerror=alert(1)>", "</p>", "![x](https://evil.example/?q=1)", "[x](javascript:alert(1))", "&lt;b&gt;",
    "http://evil.example/a", "www.evil.example", "data:text/html,x", "**", "`", "```", "# ", "- ", "{{x}}", "${x}",
    "NOT FOUND", "\ufffd", "\ud800", "…", ". ", "! ", "“", "”", "\"", "not ", "42 ", "Paris ",
)  # fmt: skip
PIECES = st.one_of(st.sampled_from(STANDING), st.sampled_from(NOISE), st.text(max_size=40))
REPLIES = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))
UNWANTED = re.compile(
    r"\w+://|www\.|javascript:|data:\w|<[A-Za-z/!]|!\[|\]\(|`|\*\*|\{\{|\$\{|&\w+;|evil\.example", re.IGNORECASE
)


@pytest.fixture(scope="module")
def author(settings: Settings) -> Author:
    checker = Checker(OnnxEmbedder(model_folder(settings)))
    return Author(Scripted(), Prompts.load(None), checker, seconds=30.0, budget=3000)


@given(REPLIES, REPLIES)
@bounded(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_model_says_is_shown_as_plain_sentences_with_proof(
    answerer: Answerer, author: Author, reply: str, proposals: str
) -> None:
    saying = Answerer(answerer.shelves, 12, replace(author, model=Scripted(reply, proposals)))
    answer = saying.answer(Ask(QUESTION))
    assert answer.citations
    told = sorted({(citation.start, citation.end) for citation in answer.citations})
    assert " ".join(answer.text[start:end] for start, end in told) == answer.plain
    for citation in answer.citations:
        for source in citation.sources:
            assert source.document.text[source.start : source.end] == source.cited_text != ""
    shown = [answer.plain, *answer.follow_ups]
    assert [text for text in shown if UNWANTED.search(text)] == []
    assert [c for text in shown for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co")] == []
