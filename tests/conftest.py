"""What the tests share: one index of the seed documents, built by the real parts, once a run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer, open_library
from qa_service.settings import Settings
from qa_service.web.app import create_app

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a home that holds the index of the seeds; the model is compiled on the way."""
    settings = Settings.load(home=tmp_path_factory.mktemp("home"))
    open_library(settings, lambda *_: None).sync([SEEDS], lambda *_: None)
    return settings


@pytest.fixture(scope="session")
def answerer(settings: Settings) -> Answerer:
    return open_answerer(settings)


@pytest.fixture(scope="session")
def app(settings: Settings, answerer: Answerer) -> Flask:
    return create_app(settings, answerer)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def live_server(app: Flask) -> Iterator[str]:
    """The address of the application served on a free port, in a thread."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
