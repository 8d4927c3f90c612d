"""Puts the web application together from its parts; what each address does is in ``api`` and ``pages``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, request

from qa_service.assemble import open_library
from qa_service.chats.answers import Answers
from qa_service.chats.conversations import Conversations
from qa_service.chats.database import Database
from qa_service.jobs import Worker
from qa_service.web import compress, hosts, origin, problems, security, styles, texts
from qa_service.web.answers import Kept
from qa_service.web.api import Api
from qa_service.web.chats import Chats
from qa_service.web.completions import Completions
from qa_service.web.overview import OverviewPages
from qa_service.web.pages import Pages
from qa_service.web.uploads import Uploads

if TYPE_CHECKING:
    from qa_service.answerer import Answerer
    from qa_service.settings import Settings

_STATIC = Path(__file__).with_name("static")
_ONE_YEAR = 365 * 24 * 60 * 60


def create_app(settings: Settings, answerer: Answerer) -> Flask:
    """Return the application that serves ``answerer``; it reads from ``settings`` only what concerns HTTP."""
    app = styles.Application(__name__, static_url_path=f"/static/{static_version()}")
    app.config.from_mapping(
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        SEND_FILE_MAX_AGE_DEFAULT=_ONE_YEAR,
    )
    app.url_map.merge_slashes = False  # a doubled slash is an unknown address, never a redirect
    app.context_processor(
        lambda: {"root": request.script_root, "static": f"{request.script_root}{app.static_url_path}"}
    )
    compress.install(app)
    if settings.trusted_hosts:
        hosts.install(app, settings.trusted_hosts)
    origin.install(app)
    security.install(app)
    texts.install(app)
    problems.install(app)
    app.register_blueprint(Api(answerer).blueprint())
    app.register_blueprint(Completions(answerer).blueprint())
    app.register_blueprint(Pages(settings, answerer).blueprint())
    database = Database(settings.home)
    worker = Worker(settings.home, lambda: open_library(settings, lambda *_: None))
    app.register_blueprint(Uploads(worker, answerer, settings.max_upload_bytes).blueprint())
    worker.wake()  # a process that was stopped may have left something to do
    app.register_blueprint(Chats(Conversations(database), answerer).blueprint())
    app.register_blueprint(Kept(Answers(database), answerer).blueprint())
    app.register_blueprint(OverviewPages(answerer).blueprint())
    return app


def static_version() -> str:
    """Return a name for the present state of the static files.

    It is part of their address, not a query, so that modules that import each other by relative address are
    exchanged together and may be kept by a browser for a year.
    """
    digest = hashlib.sha256()
    for path in sorted(_STATIC.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
