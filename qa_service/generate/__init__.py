"""Answers, follow-ups and proposals written by a language model; every sentence of an answer is checked first."""

from __future__ import annotations

from .author import Author
from .generation import Generation, Task

__all__ = ["Author", "Generation", "Task"]
