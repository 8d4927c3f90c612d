"""The table of operations on conversations and kept answers; the others are in ``openapi``."""

from __future__ import annotations

from qa_service.web import chat_requests as requests
from qa_service.web import chat_responses as shapes
from qa_service.web.operation import Operation
from qa_service.web.responses import Answer

_QUESTION = {"question": "What did the two ministers agree on?", "at": None}
_FEEDBACK = {"answer_id": "ans_0123456789abcdef", "rating": "down", "reasons": ["citation_wrong"], "comment": ""}
_CLAIM = {
    "document_id": "doc_0123456789abcdef",
    "start_char_index": 0,
    "end_char_index": 21,
    "cited_text": "The ministers agreed.",
}

OPERATIONS = (
    Operation(
        "post",
        "/conversations",
        "begin",
        "Begin a conversation. It belongs to the browser, or other client, that keeps the cookie `qa_browser`.",
        shapes.Conversation,
        body=requests.NewConversation,
        status=201,
        example={},
        failures=(400, 403, 413, 415, 503),
    ),
    Operation(
        "get",
        "/conversations",
        "conversations",
        "List the conversations of this browser, last asked in first.",
        shapes.ConversationList,
        query=requests.ConversationsQuery,
        failures=(400, 503),
    ),
    Operation(
        "get",
        "/conversations/{conversation_id}",
        "conversation",
        "Return a conversation with everything that was said in it.",
        shapes.WholeConversation,
        failures=(404, 503),
    ),
    Operation(
        "patch",
        "/conversations/{conversation_id}",
        "rename",
        "Give a conversation a title.",
        shapes.Conversation,
        body=requests.Renaming,
        example={"title": "The meeting of the ministers"},
        failures=(400, 403, 404, 413, 415, 503),
    ),
    Operation(
        "delete",
        "/conversations/{conversation_id}",
        "forget",
        "Delete a conversation with its answers and what was thought of them.",
        shapes.Deleted,
        failures=(403, 404, 503),
    ),
    Operation(
        "post",
        "/conversations/{conversation_id}/turns",
        "converse",
        "Answer a question of a conversation, at once or as a stream of events, and keep both.",
        Answer,
        body=requests.TurnRequest,
        example=_QUESTION,
        streams=True,
        failures=(400, 403, 404, 409, 413, 415, 503),
    ),
    Operation(
        "get",
        "/conversations/{conversation_id}/export",
        "export",
        "Return a conversation as a file: Markdown, or what `GET /conversations/{conversation_id}` returns.",
        shapes.WholeConversation,
        query=requests.ExportQuery,
        file="text/markdown",
        failures=(400, 404, 503),
    ),
    Operation(
        "get",
        "/answers/{answer_id}",
        "answer",
        "Return an answer that was given in a conversation, exactly as it was sent.",
        Answer,
        failures=(404, 503),
    ),
    Operation(
        "get",
        "/answers/{answer_id}/view",
        "share",
        "Show an answer that was given in a conversation as a page to share, and which of its sources still hold.",
        media="text/html",
        failures=(404, 409, 503),
    ),
    Operation(
        "post",
        "/feedback",
        "rate",
        "Keep what somebody thinks of an answer, in place of what was thought of it before.",
        shapes.Stored,
        body=requests.FeedbackRequest,
        example=_FEEDBACK,
        failures=(400, 403, 404, 413, 415, 503),
    ),
    Operation(
        "post",
        "/verify",
        "verify",
        "Read the spans that an answer rests on again, in the documents as they are now, and compare them.",
        shapes.Verification,
        body=requests.VerifyRequest,
        example={"citations": [{"sources": [_CLAIM]}]},
        failures=(400, 403, 404, 409, 413, 415, 503),
    ),
)
