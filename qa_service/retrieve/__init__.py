"""The first stage: which passages a question may be answered from; reading them is left to ``compose``."""

from __future__ import annotations

from .search import MEANING, WORDS, Retrieved, Retriever

__all__ = ["MEANING", "WORDS", "Retrieved", "Retriever"]
