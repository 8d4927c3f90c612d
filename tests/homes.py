"""Homes for tests that need one of their own: the compiled model is taken over, so that it is compiled only once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from qa_service.settings import Settings


def with_model(settings: Settings, home: Path) -> Settings:
    """Settings of a new home without an index, with the compiled model of another."""
    shutil.copytree(settings.home / "models", home / "models", copy_function=os.link)
    return settings.model_copy(update={"home": home})
