"""The sentence check: does a sentence written by a language model rest on the passages that it was given?"""

from __future__ import annotations

from .checker import Checker
from .values import Evidence, Place, Reason, Verdict

__all__ = ["Checker", "Evidence", "Place", "Reason", "Verdict"]
