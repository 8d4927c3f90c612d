"""The endpoints of kept answers: each by its address, as a page to share, what people think of it, whether it holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from qa_service.chats.answers import Answers
from qa_service.chats.values import Feedback
from qa_service.web import chat_responses as shapes
from qa_service.web import parse, replies, shared, verify
from qa_service.web.chat_requests import Claimed, FeedbackRequest, VerifyRequest

if TYPE_CHECKING:
    from qa_service.answerer import Answerer


class Kept:
    """The answers that were given in conversations, over one store and one answerer."""

    def __init__(self, answers: Answers, answerer: Answerer) -> None:
        self._answers = answers
        self._answerer = answerer

    def blueprint(self) -> Blueprint:
        """Return the endpoints with their addresses."""
        answers = Blueprint("answers", __name__)
        answers.get("/answers/<answer_id>")(self.answer)
        answers.get("/answers/<answer_id>/view")(self.view)
        answers.post("/feedback")(self.rate)
        answers.post("/verify")(self.verify)
        return answers

    def answer(self, answer_id: str) -> Response:
        """Return an answer exactly as it was sent."""
        return replies.written(self._answers.body(answer_id))

    def view(self, answer_id: str) -> str:
        """Show an answer as a page to share, and which of its sources no longer hold."""
        body = self._body(answer_id)
        return shared.page(body, verify.check(_claimed(body), self._answerer.document))

    def rate(self) -> Response:
        """Keep what somebody thinks of an answer."""
        body = parse.json_body(request, FeedbackRequest)
        reasons = tuple(dict.fromkeys(body.reasons))
        self._answers.rate(body.answer_id, Feedback(body.rating, reasons, body.comment))
        return replies.as_json(shapes.Stored(stored=True))

    def verify(self) -> Response:
        """Read the spans that citations rest on again, and compare them."""
        body = parse.json_body(request, VerifyRequest)
        claimed = _claimed(self._body(body.answer_id)) if body.answer_id else body.citations or ()
        version = self._answerer.index_version()
        checked = verify.check(claimed, self._answerer.document)
        holds = all(each.verified for each in checked)
        status: shapes.Outcome = "verified" if holds else "changed"
        return replies.as_json(shapes.Verification(status=status, index_version=version, citations=checked))

    def _body(self, answer_id: str) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self._answers.body(answer_id))
        return body


def _claimed(body: dict[str, Any]) -> tuple[Claimed, ...]:
    """What an answer says that its sentences rest on."""
    return tuple(Claimed.model_validate_json(json.dumps(each)) for each in body["citations"])
