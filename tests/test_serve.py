"""The service as it is run: gunicorn in a process of its own, spoken to over HTTP, stopped by a signal."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from homes import with_model

from qa_service.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"
QUESTION = "What did Lavrov say after meeting Pompeo?"


@dataclass
class Service:
    """A running service and the lines that it printed until it was ready."""

    process: subprocess.Popen[str]
    port: int
    said: list[str]

    def ask(self, method: str, address: str, body: object = None, host: str = "") -> tuple[int, Any]:
        """Status and JSON of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json", "Accept": "application/json", **({"Host": host} if host else {})}
        connection.request(method, address, json.dumps(body) if body else None, headers)
        response = connection.getresponse()
        found = response.status, json.loads(response.read())
        connection.close()
        return found

    def stop(self, with_signal: signal.Signals) -> tuple[int, str]:
        """Exit status, and what was printed since it was ready."""
        self.process.send_signal(with_signal)
        printed = self.process.communicate(timeout=10)[1]
        return self.process.returncode, printed


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Service]:
    """A service of this home on a free port, from its announcement on; in the end it is stopped if it still runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "qa_service", "serve", "--home", str(home), "--port", str(port), *options]
    environment = {**os.environ, "QA_SEEDS": str(SEEDS)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield Service(process, port, list(until_ready(process)))
        finally:
            process.terminate()


def until_ready(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stderr is not None
    for line in process.stderr:
        yield line
        if "qa-service answers at" in line:
            return


@pytest.fixture(scope="module")
def service(settings: Settings) -> Iterator[Service]:
    with serving(settings.home) as service:
        yield service


def test_the_address_is_printed(service: Service) -> None:
    assert service.said == [f"qa-service answers at http://127.0.0.1:{service.port}  (stop it with Ctrl+C)\n"]


def test_it_is_alive_and_ready(service: Service) -> None:
    assert service.ask("GET", "/healthz") == (200, {"status": "ok"})
    assert service.ask("GET", "/readyz") == (200, {"status": "ready"})


def test_it_answers_over_http(service: Service) -> None:
    status, answer = service.ask("POST", "/ask", {"question": QUESTION})
    assert (status, answer["status"]) == (200, "answered")
    assert {source["document_name"] for c in answer["citations"] for source in c["sources"]} == {"001_0c9b1fb6a7db9177"}


@pytest.mark.parametrize("host", ["localhost", "localhost:80", "127.0.0.1", "127.0.0.1:8000"])
def test_a_loopback_name_is_answered(service: Service, host: str) -> None:
    assert service.ask("GET", "/healthz", host=host)[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1", "127.0.0.1.nip.example"])
def test_a_foreign_name_is_refused_on_a_loopback_address(service: Service, host: str) -> None:
    status, body = service.ask("POST", "/ask", {"question": QUESTION}, host=host)
    assert (status, body["error"]["code"]) == (400, "invalid_request")


def test_hosts_that_are_trusted_by_name_are_the_only_ones(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_TRUSTED_HOSTS", '["qa.example", "localhost"]')
    with serving(settings.home) as service:
        assert service.ask("GET", "/healthz", host="qa.example")[0] == 200
        assert service.ask("GET", "/healthz", host="127.0.0.1")[0] == 400


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_a_signal_without_a_word(settings: Settings, with_signal: signal.Signals) -> None:
    with serving(settings.home) as service:  # one worker: a second may be starting, and a signal then be lost on it
        assert service.ask("GET", "/readyz")[0] == 200
        idle = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)  # a browser that keeps its connection
        idle.request("GET", "/healthz")
        idle.getresponse().read()
        assert service.stop(with_signal) == (0, "")
        idle.close()


def test_without_an_index_it_is_built_first_and_leaves_nothing_that_delays_the_stop(
    settings: Settings, tmp_path: Path
) -> None:
    with serving(with_model(settings, tmp_path / "home").home) as service:
        said = "".join(service.said)
        assert said.index("Nothing has been indexed yet") < said.index("Indexed 5 documents") < said.index("answers at")
        assert service.ask("POST", "/ask", {"question": QUESTION})[1]["status"] == "answered"
        assert service.stop(signal.SIGTERM) == (0, "")


def test_what_stops_it_from_answering_is_told_without_a_traceback(settings: Settings, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(with_model(settings, home).home):
        pass
    next(home.rglob("encoder.json")).unlink()  # as if another model had been chosen
    with serving(home) as service:
        printed = "".join(service.said)
    assert "qa-service: This home lacks the model" in printed
    assert "Traceback" not in printed
    assert service.process.returncode > 0


def test_a_port_that_is_taken_is_told_without_a_traceback(service: Service, settings: Settings) -> None:
    command = [sys.executable, "-m", "qa_service", "serve", "--home", str(settings.home), "--port", str(service.port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert re.search("in use", done.stderr)
    assert "Traceback" not in done.stderr
