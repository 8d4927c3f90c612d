"""All works without a network: a process that may open no internet socket compiles, indexes, answers and serves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from homes import with_model

from qa_service.settings import Settings

HARBOUR = """# Harbour reopens after storm

The harbour of Norvik reopened on Monday after the storm, the port authority announced. “We are glad that the boats are
moving again,” harbour master Ingrid Solberg said after the reopening.
"""
BRIDGE = """# Bridge is delayed

The new bridge across the Arda will not open before spring, engineer Paul Weber told reporters on Friday.
"""
QUESTION = "What did Solberg say after the reopening?"

# An audit hook sees every socket and look-up of a name, whichever module asks for it; local sockets may be opened.
NO_NETWORK = """
import socket, sys
def refuse(event, arguments):
    if event == "socket.__new__" and arguments[1] not in (socket.AF_INET, socket.AF_INET6):
        return
    if event.startswith("socket.") and event not in ("socket.gethostname", "socket.bind"):
        raise OSError(f"no network here: {event}")
sys.addaudithook(refuse)
"""
USE = """
import json, pathlib, sys
from qa_service.assemble import open_answerer, open_library
from qa_service.settings import Settings
from qa_service.types import Ask
from qa_service.web.app import create_app

settings, question = Settings.load(home=pathlib.Path(sys.argv[1])), sys.argv[3]
report = open_library(settings, lambda *_: None).sync([pathlib.Path(sys.argv[2])], lambda *_: None)
answer = open_answerer(settings).answer(Ask(question))
client = create_app(settings, open_answerer(settings)).test_client()
served = client.post("/ask", json={"question": question}).json
streamed = client.post("/ask", json={"question": question, "stream": True}).text
print(json.dumps([report.documents, answer.text, served["answer"], "event: done" in streamed]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (folder / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    return folder


def offline(script: str, *arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a script without a network, and without what libraries keep in the home folder of a user."""
    command = [sys.executable, "-c", NO_NETWORK + script, *map(str, arguments)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "XDG_", "TORCH_", "TRANSFORMERS_"))}
    environment["HOME"] = str(home)
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=110, check=False)


def used(home: Path, folder: Path) -> list[Any]:
    done = offline(USE, home, folder, QUESTION, home=folder.parent)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def test_from_nothing_to_an_answer_without_a_network(tmp_path: Path, folder: Path) -> None:
    documents, answer, served, streamed = used(tmp_path / "home", folder)
    assert (documents, streamed) == (2, True)
    assert "“We are glad that the boats are" in answer
    assert served == answer


def test_a_home_that_came_from_elsewhere_answers_without_a_network(
    settings: Settings, tmp_path: Path, folder: Path
) -> None:
    home = with_model(settings, tmp_path / "home").home
    assert used(home, folder) == used(home, folder)


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket().connect(('127.0.0.1', 9))",
        "socket.create_connection(('::1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import asyncio; asyncio.run(asyncio.open_connection('127.0.0.1', 9))",
    ],
)
def test_there_is_indeed_no_network(tmp_path: Path, attempt: str) -> None:
    done = offline(attempt, home=tmp_path)
    assert done.returncode != 0
    assert "no network here" in done.stderr
