"""Ask your documents a question, get an answer you can check."""

from __future__ import annotations

__version__ = "0.1.0"
