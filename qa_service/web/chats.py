"""The endpoints of conversations: each parses, asks the store or the answerer and presents what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from qa_service.chats import export, titles
from qa_service.chats.conversations import Conversations
from qa_service.chats.values import Begun, Conversation, Exchange, Feedback, Finished
from qa_service.types import Ask, Done, Event, Filter
from qa_service.web import authorship, browser, parse, replies, schema, texts
from qa_service.web import chat_responses as shapes
from qa_service.web.chat_requests import ConversationsQuery, ExportQuery, NewConversation, Renaming, TurnRequest

if TYPE_CHECKING:
    from qa_service.answerer import Answerer


class Chats:
    """The conversations of the browser that asks, over one store and one answerer."""

    def __init__(self, conversations: Conversations, answerer: Answerer) -> None:
        self._conversations = conversations
        self._answerer = answerer

    def blueprint(self) -> Blueprint:
        """Return the endpoints with their addresses."""
        chats = Blueprint("chats", __name__, url_prefix="/conversations")
        browser.install(chats)
        chats.post("")(self.create)
        chats.get("")(self.list)
        chats.get("/<conversation_id>")(self.open)
        chats.patch("/<conversation_id>")(self.rename)
        chats.delete("/<conversation_id>")(self.delete)
        chats.post("/<conversation_id>/turns")(self.ask)
        chats.get("/<conversation_id>/export")(self.export)
        return chats

    def create(self) -> Response:
        """Begin a conversation."""
        parse.json_body(request, NewConversation)
        return replies.as_json(_shown(self._conversations.create(browser.identity())), 201)

    def list(self) -> Response:
        """List the conversations of this browser, last asked in first."""
        query = parse.query_string(request, ConversationsQuery)
        page, cursor = self._conversations.page(browser.identity(), query.query, query.limit, query.cursor)
        return replies.as_json(shapes.ConversationList(conversations=tuple(map(_shown, page)), next_cursor=cursor))

    def open(self, conversation_id: str) -> Response:
        """Return a conversation with everything that was said in it."""
        return replies.written(json.dumps(self._whole(conversation_id), ensure_ascii=False))

    def rename(self, conversation_id: str) -> Response:
        """Give a conversation a title."""
        title = parse.json_body(request, Renaming).title
        return replies.as_json(_shown(self._conversations.rename(browser.identity(), conversation_id, title)))

    def delete(self, conversation_id: str) -> Response:
        """Delete a conversation with its answers and their feedback."""
        self._conversations.delete(browser.identity(), conversation_id)
        return replies.as_json(shapes.Deleted(deleted=True))

    def ask(self, conversation_id: str) -> Response:
        """Answer a question of a conversation, at once or as a stream of events, and keep both.

        One that replaces others does so when its answer is complete: a stream that fails, or is left, costs nothing.
        """
        body = parse.json_body(request, TurnRequest)
        begun = self._conversations.begin(browser.identity(), conversation_id, body.question, body.at)
        filters = body.filters.to_filter() if body.filters else Filter()
        ask = Ask(body.question, begun.history, filters, body.mode, body.max_sentences)
        if replies.wants_events():
            return replies.as_events(self._kept(begun, ask))
        answer = next(event.answer for event in self._kept(begun, ask) if isinstance(event, Done))
        return replies.as_json(schema.answer(answer))

    def export(self, conversation_id: str) -> Response:
        """Return a conversation as a file."""
        query = parse.query_string(request, ExportQuery)
        whole = self._whole(conversation_id)
        if query.format == "json":
            return _file(export.as_json(whole), titles.file_name(whole["title"], "json"), "application/json")
        text = export.as_markdown(whole, request.url_root, _words())
        return _file(text, titles.file_name(whole["title"], "md"), "text/markdown")

    def _whole(self, conversation_id: str) -> dict[str, Any]:
        conversation, exchanges = self._conversations.open(browser.identity(), conversation_id)
        return _shown(conversation).model_dump() | {"turns": [_exchange(each) for each in exchanges]}

    def _kept(self, begun: Begun, ask: Ask) -> Iterator[Event]:
        """The events of the answer, which is kept before it is sent whole: whoever has it can speak of it."""
        for event in self._answerer.stream(ask):
            if isinstance(event, Done):
                answer = event.answer
                body = schema.answer(answer).model_dump_json()
                self._conversations.finish(begun, Finished(answer.id, answer.question, answer.plain, body))
            yield event


def _shown(value: Conversation) -> shapes.Conversation:
    return shapes.Conversation(
        id=value.id, title=value.title, created=value.created, updated=value.updated, turns=value.turns
    )


def _exchange(value: Exchange) -> dict[str, Any]:
    # The answer is passed on as it was sent, also by a version of the service that sent other fields than this one.
    return {
        "position": value.position,
        "question": value.question,
        "answer": json.loads(value.answer) if value.answer else None,
        "feedback": _feedback(value.feedback).model_dump(mode="json") if value.feedback else None,
    }


def _feedback(value: Feedback) -> shapes.Feedback:
    return shapes.Feedback(rating=value.rating, reasons=value.reasons, comment=value.comment)


def _words() -> export.Words:
    catalogue = texts.chosen()

    def say(key: str) -> str:
        return catalogue.say(key).unescape()

    return export.Words(
        untitled=say("conversation.name"),
        unfinished=say("answer.unfinished"),
        sources=say("answer.sources"),
        original=say("document.original"),
        passage=say("document.cited"),
        author=lambda author: authorship.said(author, catalogue).striptags(),
    )


def _file(text: str, name: str, media: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, content_type=f"{media}; charset=utf-8")
