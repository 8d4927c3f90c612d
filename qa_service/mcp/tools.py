"""The tools: what each is for, what it takes and what it finds; offering them to a client is left to ``protocol``."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from qa_service.errors import BadInput, NoIndex, QAError
from qa_service.mcp import words
from qa_service.mcp.shapes import Answered, AskInput, DocumentInput, SearchInput
from qa_service.types import Ask, Filter
from qa_service.web import parse, schema
from qa_service.web.responses import SearchResult

if TYPE_CHECKING:
    from qa_service.answerer import Answerer

LONGEST = 20_000  # characters of a document at once, about five thousand tokens
_LOG = logging.getLogger(__name__)
_BUG = "Something went wrong in the service; its log says more."


@dataclass(frozen=True, slots=True)
class Found:
    """What a call brought: text, and the same as a value where that is of use; ``failed`` if the text says why not."""

    text: str
    value: BaseModel | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """A thing that a client can have done. ``about`` is what a model chooses it by; some give text only."""

    name: str
    title: str
    about: str
    takes: type[BaseModel]
    gives: type[BaseModel] | None
    run: Callable[[Answerer, Any], Found]


def _ask(answerer: Answerer, given: AskInput) -> Found:
    filters = given.filters.to_filter() if given.filters else Filter()
    answer = answerer.answer(Ask(given.question, filters=filters, max_sentences=given.max_sentences))
    answered = schema.part(answer, Answered)
    return Found(words.of_answer(answered), answered)


def _search(answerer: Answerer, given: SearchInput) -> Found:
    hits = tuple(map(schema.hit, answerer.search(given.query, given.k)))
    return Found(words.of_hits(hits), SearchResult(hits=hits))


def _document(answerer: Answerer, given: DocumentInput) -> Found:
    document = schema.document(answerer.document(given.document_id))
    most = document.characters
    if given.start >= most:
        raise BadInput(f"start must be less than {most}: the document has {most} characters.", "start")
    if given.end is not None and given.end <= given.start:
        raise BadInput("end must be greater than start.", "end")
    end = min(most if given.end is None else given.end, given.start + LONGEST, most)
    return Found(words.of_document(document, given.start, end))


_ABOUT_ASK = (
    "Answer a question from the user's own collection of documents. Every sentence of the answer has a citation that "
    "was compared with the stored text: in which document, at which characters, and who said it. Use this first for "
    "any question of fact that the documents may cover; ask one thing at a time. If the documents do not tell, the "
    "answer says so and what is missing: pass that on, and do not fill the gap from memory. Keep the [n] markers and "
    "name the sources when you use the answer."
)
_ABOUT_SEARCH = (
    "Find the passages of the user's documents that fit words or a question best, by meaning and by words. Returns the "
    "passages themselves, with the document and the characters where they stand, and draws no conclusion. Use it to "
    "explore a topic, to gather material, or for more context around an answer; to have a question answered, use `ask`."
)
_ABOUT_DOCUMENT = (
    "Return the stored text of one document, with title, publisher, author and date. Use it to read what stands around "
    "a citation or a passage: `start` and `end` choose a span of characters, such as one that `ask` or `search` gives. "
    "At most 20,000 characters come at once; where there are more, the first lines say from where to read on."
)

TOOLS = (
    Tool("ask", "Ask the documents", _ABOUT_ASK, AskInput, Answered, _ask),
    Tool("search", "Search the documents", _ABOUT_SEARCH, SearchInput, SearchResult, _search),
    Tool("get_document", "Read a document", _ABOUT_DOCUMENT, DocumentInput, None, _document),
)


class Desk:
    """Takes calls of tools by name and never raises: whatever goes wrong is told in words. Safe for several threads."""

    def __init__(self, open_answerer: Callable[[], Answerer]) -> None:
        self._open = open_answerer
        self._opened: Answerer | None = None
        self._lock = Lock()

    def call(self, name: str, arguments: Mapping[str, Any]) -> Found:
        """Return what the tool of this name finds."""
        try:
            tool = next((each for each in TOOLS if each.name == name), None)
            if tool is None:
                known = ", ".join(each.name for each in TOOLS)
                raise BadInput(f"There is no tool of that name; there are {known}.")
            return tool.run(self._answerer(), _read(tool.takes, arguments))
        except QAError as error:
            return Found(error.message, failed=True)
        except Exception:  # the package would send the words of any other exception to the client
            _LOG.exception("the tool %r failed", name)
            return Found(_BUG, failed=True)

    def begin(self) -> None:
        """Open what the tools need. Raises QAError where that fails, unless only nothing is indexed yet."""
        with suppress(NoIndex):
            self._answerer()

    def _answerer(self) -> Answerer:
        """The answerer, opened when it is first needed: a client may start this before anything is indexed."""
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened


def _read(model: type[BaseModel], arguments: Mapping[str, Any]) -> BaseModel:
    """The arguments as their model; null stands for an argument that is left out. Raises BadInput in words."""
    given = {name: _filled(value) if name == "filters" else value for name, value in arguments.items()}
    try:
        return model.model_validate_json(
            json.dumps({name: value for name, value in given.items() if value is not None})
        )
    except ValidationError as error:
        raise parse.explained(error) from None
    except RecursionError:
        raise BadInput("The arguments are nested too deeply.") from None


def _filled(value: Any) -> Any:
    """Filters as they were meant: models send them as text too, and null or no text for what is to restrict nothing."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if value.strip() else None
        except (ValueError, RecursionError):
            return value
    if not isinstance(value, dict):
        return value
    return {name: given for name, given in value.items() if given not in (None, "", [""], [None])}
