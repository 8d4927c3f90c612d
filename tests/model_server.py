"""A server that speaks OpenAI's chat completions over real HTTP and behaves as a test wants: well, badly, not at all.

    with serving(says("Yes [1].")) as server:
        OpenAIModel(server.base_url, "any")
        server.requests  # what it was sent

A behaviour is called with each ``Exchange``. Those that answer from the passages of a prompt are in ``model_answers``.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from model_answers import FaithfulServer, Obedient
from model_inventions import Inventing

__all__ = ["Asked", "Behaviour", "Exchange", "FaithfulServer", "Inventing", "ModelServer", "Obedient", "serving"]

SSE, JSON = "text/event-stream; charset=utf-8", "application/json"
PIECE = 7  # characters of an event: words come in halves, as from real models
BYTES_OF_NOISE = bytes(range(256)) * 8


@dataclass(frozen=True)
class Asked:
    """What the server was sent: where to, with which headers (names in lower case), and the JSON of the body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def system(self) -> str:
        return "\n".join(m["content"] for m in self.body["messages"] if m["role"] == "system")

    @property
    def user(self) -> str:
        return "\n".join(m["content"] for m in self.body["messages"] if m["role"] == "user")

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))


class Exchange:
    """One request and the means to answer it, from whole texts down to bytes."""

    def __init__(self, handler: Handler, asked: Asked) -> None:
        self.asked = asked
        self._handler = handler

    def say(self, text: str, finish: str = "stop") -> None:
        """Answer as real servers do: in events if that was asked for, else in one piece."""
        if self.asked.streams:
            self.head(200, SSE)
            self.events(text, finish)
            self.end()
        else:
            self.reply(200, completion(text, finish))

    def events(self, text: str, finish: str | None) -> None:
        """Events for a text and, unless it is None, for how it ends."""
        self.event({"role": "assistant", "content": ""})
        for start in range(0, len(text), PIECE):
            self.event({"content": text[start : start + PIECE]})
        if finish is not None:
            self.event({}, finish)
            self.send(b'data: {"choices": [], "usage": {"total_tokens": 9}}\n\ndata: [DONE]\n\n')

    def event(self, delta: dict[str, Any], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self.send(f"data: {json.dumps({'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n".encode())

    def reply(self, status: int, body: object, **headers: str) -> None:
        """Answer in one piece, as JSON."""
        self.head(status, JSON, **headers)
        self.send(json.dumps(body).encode())
        self.end()

    def head(self, status: int, kind: str, **headers: str) -> None:
        """The head of a reply in chunks; an underscore in the name of a header stands for a hyphen."""
        self._handler.send_response(status)
        for name, value in ({"Content_Type": kind, "Transfer_Encoding": "chunked"} | headers).items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        """One chunk of the reply."""
        self.raw(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def end(self) -> None:
        """The chunk that ends a reply; without it the reply is cut off."""
        self.raw(b"0\r\n\r\n")

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def over(self, seconds: float | None = None) -> bool:
        """Wait; True as soon as the server is to close."""
        return self._handler.model_server.closing.wait(seconds)


Behaviour = Callable[[Exchange], None]


class ModelServer(ThreadingHTTPServer):
    """The server; ``requests`` is what it has been sent so far, ``base_url`` its address for a client."""

    daemon_threads = False  # so that closing waits for every exchange

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.requests: list[Asked] = []
        self.closing = threading.Event()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    """Takes a request in and leaves the answer to the behaviour."""

    protocol_version = "HTTP/1.1"

    @property
    def model_server(self) -> ModelServer:
        assert isinstance(self.server, ModelServer)
        return self.server

    def do_POST(self) -> None:
        self.close_connection = True
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        self.model_server.requests.append(asked)
        with contextlib.suppress(ConnectionError):  # who asked may go when he likes
            self.model_server.behaviour(Exchange(self, asked))

    def do_GET(self) -> None:
        self.close_connection = True
        exchange = Exchange(self, Asked(self.path, {}, {}))
        exchange.reply(200, {"object": "list", "data": [{"id": "fake", "object": "model"}]})

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving(behaviour: Behaviour) -> Iterator[ModelServer]:
    """A server on a free port, closed at the end with all that it has open."""
    server = ModelServer(behaviour)
    if behaviour is down:
        server.server_close()
        yield server
        return
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def completion(text: str, finish: str = "stop") -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {"object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": finish}]}


# How to behave well, or nearly.


def says(text: str) -> Behaviour:
    """Always the same text."""
    return lambda exchange: exchange.say(text)


def says_at_once(text: str) -> Behaviour:
    """The text in one piece, although events were asked for."""
    return lambda exchange: exchange.reply(200, completion(text))


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One behaviour a request, the last of them from then on."""
    left = list(behaviours)
    return lambda exchange: (left.pop(0) if len(left) > 1 else left[0])(exchange)


def thinks(thought: str, text: str) -> Behaviour:
    """Reasoning in events of their own, as llama.cpp, vLLM and DeepSeek send it, before the text."""

    def behave(exchange: Exchange) -> None:
        exchange.head(200, SSE)
        exchange.event({"role": "assistant", "content": None, "reasoning_content": thought})
        exchange.events(text, "stop")
        exchange.end()

    return behave


def refuses(parameter: str, advice: str) -> Behaviour:
    """Refuses a request with that parameter as OpenAI does; else says what the parameters were."""

    def behave(exchange: Exchange) -> None:
        if parameter in exchange.asked.body:
            message = f"Unsupported parameter: '{parameter}' is not supported with this model. {advice}"
            exchange.reply(400, {"error": {"message": message, "param": parameter, "code": "unsupported_parameter"}})
        else:
            exchange.say(" ".join(sorted(exchange.asked.body)))

    return behave


# How to behave badly.


def down(exchange: Exchange) -> None:
    """No server at all: the port is closed. See ``serving``."""


def slow(exchange: Exchange) -> None:
    """Takes the request and says nothing."""
    exchange.over()


def stalls(exchange: Exchange) -> None:
    """Sends the head of a reply, and nothing more."""
    exchange.head(200, SSE)
    exchange.over()


def stalls_after(text: str) -> Behaviour:
    """Sends a text, and nothing more."""

    def behave(exchange: Exchange) -> None:
        exchange.head(200, SSE)
        exchange.events(text, None)
        exchange.over()

    return behave


def drip(exchange: Exchange) -> None:
    """A byte of an event now and then."""
    exchange.head(200, SSE)
    for byte in json.dumps(completion("too late")).encode():
        if exchange.over(0.1):
            return
        exchange.send(bytes([byte]))


def drips_head(exchange: Exchange) -> None:
    """A byte of the head now and then: there is no reply yet that could be closed."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 10_000:
        if exchange.over(0.1):
            return
        exchange.raw(bytes([byte]))


def drips_error(exchange: Exchange) -> None:
    """An error whose body does not end."""
    exchange.head(400, JSON)
    while not exchange.over(0.1):
        exchange.send(b" ")


def comments(exchange: Exchange) -> None:
    """Comments that keep a connection alive, for ever."""
    exchange.head(200, SSE)
    while not exchange.over(0.05):
        exchange.send(b": keep-alive\n\n")


def floods(exchange: Exchange) -> None:
    """A line without end, as fast as it goes."""
    exchange.head(200, SSE)
    while not exchange.over(0):
        exchange.send(b"data: " + b"x" * 100_000)


def cut(exchange: Exchange) -> None:
    """A text, and the connection ends within an event."""
    exchange.head(200, SSE)
    exchange.events("The first half [1].", None)
    exchange.send(b'data: {"choices": [{"delta": {"con')


def ends_early(exchange: Exchange) -> None:
    """A text, and the reply ends without saying that it does."""
    exchange.head(200, SSE)
    exchange.events("The first half [1].", None)
    exchange.end()


def garbage(exchange: Exchange) -> None:
    exchange.head(200, SSE)
    exchange.send(b"data: " + BYTES_OF_NOISE + b"\n\n")
    exchange.end()


def not_http(exchange: Exchange) -> None:
    exchange.raw(BYTES_OF_NOISE)


def html(exchange: Exchange) -> None:
    """The page of a proxy."""
    exchange.head(200, "text/html")
    exchange.send(b"<!doctype html>\n<html><body><h1>Welcome to the proxy</h1></body></html>\n")
    exchange.end()


def wrong_json(exchange: Exchange) -> None:
    exchange.reply(200, {"choices": "none", "answer": ["the answer"]})


def empty(exchange: Exchange) -> None:
    exchange.head(200, SSE)
    exchange.end()


def error_in_reply(exchange: Exchange) -> None:
    exchange.reply(200, {"error": {"message": "the model has crashed"}})


def error_in_stream(exchange: Exchange) -> None:
    exchange.head(200, SSE)
    exchange.events("The first half [1].", None)
    exchange.send(b'data: {"error": {"message": "out of memory"}}\n\n')
    exchange.end()


def length(exchange: Exchange) -> None:
    """All tokens are used up."""
    exchange.say("The first half of", finish="length")


def rate_limited(retry_after: float | str) -> Behaviour:
    return lambda exchange: exchange.reply(
        429, {"error": {"message": "Rate limit reached"}}, Retry_After=str(retry_after)
    )


def error_500(exchange: Exchange) -> None:
    exchange.reply(500, {"error": {"message": "Internal server error"}})


def unauthorized(exchange: Exchange) -> None:
    """Repeats the key that it was sent, as some do."""
    key = exchange.asked.headers.get("authorization", "")
    exchange.reply(401, {"error": {"message": f"Incorrect API key provided: {key}", "code": "invalid_api_key"}})


def unknown_model(exchange: Exchange) -> None:
    exchange.reply(404, {"error": {"message": "model not found, try pulling it first"}})


def late(seconds: float, then: Behaviour) -> Behaviour:
    """Behaves, but only after a while."""

    def behave(exchange: Exchange) -> None:
        started = time.monotonic()
        if not exchange.over(seconds - (time.monotonic() - started)):
            then(exchange)

    return behave
