"""A model behind a server that speaks OpenAI's chat completions: asks, and asks again; a reply is read by ``reply``."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from .address import checked_address, checked_key, is_local
from .base import Message, ModelFailed
from .dialect import Dialect
from .line import LATE, Line, by
from .refusals import BROKEN, Refused, of_connection, of_status
from .reply import text_of

if TYPE_CHECKING:
    import httpx2
    from openai import OpenAI
    from openai.types.chat import ChatCompletionMessageParam

CONNECT = 5.0  # seconds for a connection: a server that is there takes one at once
FIRST_WAIT = 0.5  # seconds before the second try, doubled before each further one
HEADERS = frozenset(
    "accept accept-encoding authorization connection content-length content-type host user-agent".split()
)


@dataclass(frozen=True, slots=True)
class _Call:
    """What is asked, by when (of ``time.monotonic``), and the line on which whoever waits may hang up."""

    messages: tuple[Message, ...]
    most: int
    deadline: float
    line: Line

    def left(self) -> float:
        """Seconds until the deadline."""
        return self.deadline - time.monotonic()


class OpenAIModel:
    """A model of OpenAI, Ollama, llama.cpp's server, vLLM, or another with their protocol. Threads may share one.

    A call is tried again, up to ``retries`` times and within its deadline, as long as no text has come: when the server
    cannot be reached, is asked too often (it may say how long to wait) or has an error of its own. Each call has a
    connection of its own, which ends with it. Raises BadSetting for an address or a key that cannot be used.
    """

    def __init__(self, base_url: str, name: str, key: str | None = None, retries: int = 2) -> None:
        import httpx2
        import openai  # noqa: F401  # takes half a second: better now than in the first answer

        self.name = name
        self._address = checked_address(base_url)
        self._key = checked_key(key)
        self._retries = retries
        self._dialect = Dialect()
        self._certificates = httpx2.create_ssl_context()

    def stream(self, messages: Sequence[Message], most: int, deadline: float) -> Generator[str, None, None]:
        """Yield the text of at most ``most`` tokens as it comes. Raises ModelFailed, at the deadline at the latest."""
        asked = tuple(messages)
        return by(deadline, lambda line: self._receive(_Call(asked, most, deadline, line)))

    def _receive(self, call: _Call) -> Iterator[str]:
        """Try until there is text, until another try is of no use, or until there is no time for one."""
        dialect, tried = self._dialect, 0
        with self._client(call.line) as client:
            while True:
                try:
                    for piece in self._attempt(client, call, dialect):
                        self._dialect = dialect  # it was understood
                        yield piece
                    return
                except Refused as refused:
                    other = dialect.instead(refused.complaint)
                    if other is None:
                        tried += 1
                        self._wait(call, refused, tried)
                    dialect = other or dialect

    def _wait(self, call: _Call, refused: Refused, tried: int) -> None:
        """Wait before the next try. Raises what was refused if there is to be none."""
        seconds = FIRST_WAIT * 2 ** (tried - 1) if refused.wait is None else refused.wait
        if not refused.again or tried > self._retries or seconds >= call.left() or call.line.pause(seconds):
            raise refused

    def _attempt(self, client: OpenAI, call: _Call, dialect: Dialect) -> Iterator[str]:
        """One request. Raises Refused, or ModelFailed where trying again would be of no use."""
        import httpx2
        import openai

        begun = False
        try:
            for piece in text_of(self._chunks(client, call, dialect)):
                begun = True
                yield piece
            return
        except openai.APIStatusError as error:
            refused = of_status(error)
        except (openai.APIError, httpx2.HTTPError) as error:
            refused = Refused(BROKEN, again=False) if begun else of_connection(error)
        raise refused  # not from the error, which holds the request with the key

    def _chunks(self, client: OpenAI, call: _Call, dialect: Dialect) -> Iterator[bytes]:
        """The bytes of the reply to one request, until the deadline."""
        import openai

        left = max(call.left(), 0.01)
        messages = [{"role": message.role, "content": message.content} for message in call.messages]
        with client.chat.completions.create(
            model=self.name,
            messages=cast("list[ChatCompletionMessageParam]", messages),
            stream=True,
            extra_body=dialect.parameters(call.most),
            timeout=openai.Timeout(left, connect=min(CONNECT, left)),
        ) as reply:
            for chunk in reply.response.iter_bytes():
                if call.left() < 0:
                    raise ModelFailed(LATE)
                yield chunk

    def _client(self, line: Line) -> OpenAI:
        """A client for one call. Proxies that the environment names are used, except for this machine itself."""
        import httpx2
        import openai

        connection = httpx2.Client(
            verify=self._certificates,
            trust_env=not is_local(self._address),
            event_hooks={"request": [_prepare(line)]},
        )
        return openai.OpenAI(
            api_key=self._key,
            base_url=self._address,
            default_headers={"Authorization": f"Bearer {self._key}"},  # else a variable of the package goes before it
            max_retries=0,
            http_client=connection,
        )


def _prepare(line: Line) -> Callable[[httpx2.Request], None]:
    """Lets a request report its connection, and takes out what a server need not know, such as the operating system."""

    def report(event: str, about: dict[str, Any]) -> None:
        if event.endswith("connect_tcp.complete"):
            line.opened(about["return_value"].get_extra_info("socket"))

    def prepare(request: httpx2.Request) -> None:
        request.extensions = {**request.extensions, "trace": report}
        for name in set(request.headers) - HEADERS:
            del request.headers[name]

    return prepare
