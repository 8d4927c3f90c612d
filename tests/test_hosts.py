"""Which host names a service answers to, IPv6 addresses among them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from qa_service.web import hosts

TRUSTED = ("localhost", ".qa.example", "[::1]", "[2001:db8::5]")


@pytest.fixture
def guarded() -> FlaskClient:
    return client_of(*TRUSTED)


def client_of(*trusted: str) -> FlaskClient:
    app = Flask("guarded")
    app.get("/")(lambda: "in")
    hosts.install(app, trusted)
    return app.test_client()


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:80", "a.qa.example", "[::1]", "[::1]:8000", "[0:0::1]:8000", "[2001:DB8:0::5]"],
)  # fmt: skip
def test_a_trusted_name_is_answered(guarded: FlaskClient, host: str) -> None:
    assert guarded.get("/", headers={"Host": host}).text == "in"


@pytest.mark.parametrize(
    "host",
    ["[::2]", "[::1]x", "[::1", "::1", "[::1]:x", "[::1].evil.example", "evil.example", "[]", "", "[fe80::1%25lo]"],
)  # fmt: skip
def test_another_name_is_refused(guarded: FlaskClient, host: str) -> None:
    assert guarded.get("/", headers={"Host": host}).status_code == 400


def test_where_only_an_address_is_trusted_no_name_is() -> None:
    assert client_of("[::1]").get("/", headers={"Host": "localhost"}).status_code == 400
