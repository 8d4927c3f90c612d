"""Text is compressed for clients that take it so, and only then."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def get(client: FlaskClient, address: str, headers: dict[str, str] | None = None) -> TestResponse:
    """Fetch and close: a file is open until then."""
    with client.get(address, headers=headers) as answered:
        assert answered.data is not None
        return answered


@pytest.fixture
def script(app: Flask) -> str:
    return f"{app.static_url_path}/chat.js"


def test_a_script_is_smaller_and_the_same(client: FlaskClient, script: str) -> None:
    plain, small = get(client, script), get(client, script, GZIP)
    assert small.headers["Content-Encoding"] == "gzip"
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2
    assert gzip.decompress(small.data) == plain.data


@pytest.mark.parametrize("address", ["/", "/docs", "/openapi.json", "/library", "/documents"])
def test_pages_and_answers_are_compressed(client: FlaskClient, address: str) -> None:
    small = get(client, address, GZIP)
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data)


@pytest.mark.parametrize("accepted", [None, "identity", "gzip;q=0", "br"])
def test_whoever_does_not_take_it_gets_plain_text(client: FlaskClient, script: str, accepted: str | None) -> None:
    plain = get(client, script, {"Accept-Encoding": accepted} if accepted else None)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert b"import" in plain.data


def test_a_compressed_file_that_is_known_is_not_sent_again(client: FlaskClient, script: str) -> None:
    tag = get(client, script, GZIP).headers["ETag"]
    assert tag.startswith("W/")
    assert get(client, script, GZIP | {"If-None-Match": tag}).status_code == 304


def test_events_are_not_held_back(client: FlaskClient) -> None:
    headers = GZIP | {"Accept": "text/event-stream"}
    answered = client.post("/ask", json={"question": "Who met in Washington?"}, headers=headers)
    assert answered.mimetype == "text/event-stream"
    assert "Content-Encoding" not in answered.headers
    assert b"event: done" in answered.data


def test_an_error_stays_readable(client: FlaskClient) -> None:
    answered = client.get("/documents/none", headers=GZIP)
    assert answered.json is not None
    assert answered.json["error"]["code"]
