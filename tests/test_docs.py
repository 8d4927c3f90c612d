"""What the documentation says of settings and commands is what the code has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_service.cli import main
from qa_service.settings import Settings

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented_with_its_default_and_meaning(name: str) -> None:
    field = Settings.model_fields[name]
    default = json.dumps(field.default) if isinstance(field.default, tuple) else str(field.default)
    row = f"| `{name}` | `QA_{name.upper()}` | `{default}` | {field.description} |"
    assert row in (ROOT / "docs/settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"qa-service {command}" in (ROOT / "README.md").read_text(encoding="utf-8")
