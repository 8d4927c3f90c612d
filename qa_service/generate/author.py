"""One language model at work for the answerer: it words follow-ups, parts questions, writes answers, proposes more."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa_service.articles import Articles
from qa_service.model import LanguageModel, Message
from qa_service.prompts import Prompt, Prompts
from qa_service.types import Turn

from . import following, wording
from .generation import Generation, Task
from .passages import Given, as_text, given

if TYPE_CHECKING:
    from qa_service.support import Checker

_A_SENTENCE = 80  # tokens that a sentence with its markers may take


@dataclass(frozen=True, slots=True)
class Author:
    """A model with its prompts and the check of its sentences. Safe for use from several threads.

    ``seconds`` is the time for a whole answer, ``budget`` how many tokens of passages it is given. Deadlines are times
    of ``time.monotonic``.
    """

    model: LanguageModel
    prompts: Prompts
    checker: Checker
    seconds: float
    budget: int

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    def standalone(self, question: str, history: Sequence[Turn], deadline: float) -> str | None:
        """A follow-up as a question of its own; None where the model does not give one that can be used."""
        return wording.standalone(self.model, self.prompts.rewrite_question, question, history, deadline)

    def parts(self, question: str, deadline: float) -> tuple[str, ...] | None:
        """The questions of a message; None where it is one, or the model gives none that can be used."""
        return wording.parts(self.model, self.prompts.split_question, question, deadline)

    def begin(self, task: Task, articles: Articles) -> Generation:
        """Begin an answer; nothing is asked of the model before its first sentence is."""
        passages = given(task.hits, articles, self.budget)
        messages = self._with_passages(self.prompts.answer, passages, question=task.question, sentences=str(task.most))
        parts = self.model.stream(messages, (task.most + 1) * _A_SENTENCE, task.deadline)
        return Generation(parts, passages, self.checker, task)

    def proposals(self, question: str, passages: Sequence[Given], deadline: float) -> tuple[str, ...]:
        """Questions to ask next that bring in nothing; whether the documents answer them is not looked into."""
        messages = self._with_passages(self.prompts.follow_ups, passages, question=question)
        sources = [question, *(passage.hit.passage.text for passage in passages)]
        proposed = following.questions(self.model, messages, deadline)
        return tuple(each for each in proposed if wording.brings_in_nothing(each, sources, 0))

    def _with_passages(self, prompt: Prompt, passages: Sequence[Given], **values: str) -> tuple[Message, ...]:
        """A prompt with passages between lines that no text can know beforehand, and so none can end."""
        boundary = secrets.token_hex(8)
        return prompt.fill(passages=as_text(passages, boundary), boundary=boundary, **values)
