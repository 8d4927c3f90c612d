"""Answerers whose language model says what a test wants it to say; everything else of them is real."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qa_service.answerer import Answerer
from qa_service.assemble import model_folder
from qa_service.embed import OnnxEmbedder
from qa_service.generate import Author
from qa_service.model import ModelFailed, Scripted
from qa_service.prompts import Prompts
from qa_service.settings import Settings
from qa_service.support import Checker

Script = str | ModelFailed | tuple[str | ModelFailed, ...]


def telling(settings: Settings, answerer: Answerer, *scripts: Script, name: str = "small") -> Answerer:
    """The answerer with a model that gives out one script for each call."""
    checker = _checker(model_folder(settings))
    author = Author(Scripted(*scripts, name=name), Prompts.load(None), checker, seconds=30.0, budget=3000)
    return Answerer(answerer.shelves, settings.passages, author)


@cache
def _checker(model: Path) -> Checker:
    return Checker(OnnxEmbedder(model))
