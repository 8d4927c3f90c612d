"""The table of operations for clients made for OpenAI's API; the others are in ``openapi``."""

from __future__ import annotations

from qa_service.web import completion_responses as shapes
from qa_service.web.completion_requests import CompletionRequest
from qa_service.web.operation import Operation

_QUESTION = {"model": "qa-service", "messages": [{"role": "user", "content": "What did the two ministers agree on?"}]}

_CHUNKS = (
    "Server-sent events without names, each a CompletionChunk: first the role, then a whole sentence each, then "
    "`annotations` and `context`, then `finish_reason`, then the usage if it was asked for, and last `[DONE]`. "
    "A CompletionFailure ends the stream early."
)

OPERATIONS = (
    Operation(
        "post",
        "/v1/chat/completions",
        "complete",
        "Answer the last message of a conversation as OpenAI's chat completions do, at once or as chunks.",
        shapes.Completion,
        body=CompletionRequest,
        example=_QUESTION,
        chunks=_CHUNKS,
        failures=(400, 403, 409, 413, 415, 503),
        failure=shapes.CompletionFailure,
    ),
    Operation(
        "get",
        "/v1/models",
        "models",
        "List the names that a client may show as models; any other is answered as well.",
        shapes.ModelList,
    ),
    Operation(
        "get",
        "/v1/models/{model}",
        "model",
        "Describe the model that is listed.",
        shapes.ServedModel,
        failures=(404,),
        failure=shapes.CompletionFailure,
    ),
)
