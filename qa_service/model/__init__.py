"""Language models: what they offer, the real one, and the fake for tests. Nothing in here is needed without one."""

from __future__ import annotations

from .base import LanguageModel, Message, ModelFailed, complete
from .crowded import Crowded
from .openai_model import OpenAIModel
from .rested import Rested
from .scripted import Scripted

__all__ = ["Crowded", "LanguageModel", "Message", "ModelFailed", "OpenAIModel", "Rested", "Scripted", "complete"]
