"""The service as it is run: gunicorn in a process of its own, spoken to over HTTP, stopped by a signal."""

from __future__ import annotations

import http.client
import json
import os
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

from qa_service.errors import BadSetting
from qa_service.server import bind, run
from qa_service.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"
QUESTION = "What did Lavrov say after meeting Pompeo?"


@dataclass
class Service:
    """A running service and the lines that it printed until it was ready."""

    process: subprocess.Popen[str]
    address: str
    port: int
    said: list[str]

    def ask(self, method: str, address: str, body: object = None, host: str = "") -> tuple[int, Any]:
        """Status and JSON of one request."""
        connection = http.client.HTTPConnection(self.address, self.port, timeout=30)
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
def serving(home: Path, address: str = "127.0.0.1") -> Iterator[Service]:
    """A service of this home on a free port, from its announcement on; in the end it is stopped if it still runs."""
    port = free_port()
    environment = {**os.environ, "QA_SEEDS": str(SEEDS)}
    command = serve(home, port, "--host", address)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield Service(process, address, port, list(until_ready(process)))
        finally:
            process.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(home: Path, port: int, *options: str) -> list[str]:
    return [sys.executable, "-m", "qa_service", "serve", "--home", str(home), "--port", str(port), *options]


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
        idle = http.client.HTTPConnection(
            service.address, service.port, timeout=30
        )  # a browser that keeps its connection
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


def test_an_ipv6_address_is_served_and_only_by_loopback_names(settings: Settings) -> None:
    with serving(settings.home, "::1") as service:
        assert service.said == [f"qa-service answers at http://[::1]:{service.port}  (stop it with Ctrl+C)\n"]
        assert service.ask("GET", "/readyz") == (200, {"status": "ready"})
        assert service.ask("GET", "/readyz", host="localhost")[0] == 200
        assert service.ask("GET", "/readyz", host="[::2]:80")[0] == 400


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]"])
def test_the_socket_has_the_address_of_the_settings(address: str) -> None:
    with bind(Settings.load(host=address, port=0)) as bound:
        assert bound.getsockname()[0] == ("::1" if ":" in address else "127.0.0.1")


def test_a_port_that_is_taken_is_told_before_anything_is_built(service: Service, tmp_path: Path) -> None:
    done = subprocess.run(
        serve(tmp_path / "new", service.port), capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, (tmp_path / "new").exists()) == (1, "", False)
    advice = "stop what listens there, or choose another one with --port"
    assert done.stderr == f"qa-service: Port {service.port} is already in use; {advice}.\n"


def test_a_port_that_another_has_come_to_listen_on_meanwhile_is_told() -> None:
    settings = Settings.load(port=free_port())
    with bind(settings) as first, bind(settings) as second:
        first.listen()
        with pytest.raises(BadSetting, match=f"Port {settings.port} is already in use"):
            run(settings, second)


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::5"])
def test_an_address_that_is_not_of_this_machine_is_told(address: str) -> None:
    with pytest.raises(BadSetting, match=f"{address} is no address to listen on") as caught:
        bind(Settings.load(host=address, port=0))
    assert caught.value.field == "host"
