"""The tools for language models: the protocol's own client calls them over both transports, in another process."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from flask.testing import FlaskClient
from homes import with_model
from jsonschema import validate
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult, Tool
from model_server import ModelServer, serving, slow
from telling import telling
from test_api import Failing

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer, open_library
from qa_service.errors import Damaged
from qa_service.mcp.shapes import Answered
from qa_service.mcp.tools import LONGEST, TOOLS, Desk
from qa_service.model import ModelFailed
from qa_service.settings import Settings

QUESTION = "What did Lavrov say after meeting Pompeo?"
ResultT = TypeVar("ResultT")
Call = Callable[..., CallToolResult]


def command(home: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "qa_service", "mcp", "--home", str(home), *options]


def environment(**given: str) -> dict[str, str]:
    return os.environ | {"PYTHONWARNINGS": "error"} | given


def over_stdio(home: Path, work: Callable[[Client], Awaitable[ResultT]], **options: str) -> ResultT:
    """What ``work`` brings with a client of a server that is started for it."""
    first, *rest = command(home)

    async def main() -> ResultT:
        async with Client(StdioServerParameters(command=first, args=rest, env=environment()), **options) as client:
            return await work(client)

    return anyio.run(main)


def over_http(address: str, work: Callable[[Client], Awaitable[ResultT]], **options: str) -> ResultT:
    async def main() -> ResultT:
        async with Client(address, **options) as client:
            return await work(client)

    return anyio.run(main)


@contextmanager
def http_server_at(home: Path, *options: str, **variables: str) -> Iterator[str]:
    """The address of a server on a free port."""
    arguments = command(home, "--http", "--port", "0", *options)
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, env=environment(**variables)) as process:
        assert process.stderr
        line = process.stderr.readline()
        found = re.search(r"offers its tools at (http://\S+:\d+/mcp)  \(stop it with Ctrl\+C\)", line)
        assert found, line
        yield found[1]
        process.terminate()
        assert process.wait(10) == 0
        assert "Traceback" not in process.stderr.read()


@pytest.fixture(scope="module")
def http_server(settings: Settings) -> Iterator[str]:
    with http_server_at(settings.home) as address:
        yield address


@pytest.fixture(scope="module")
def call(http_server: str) -> Call:
    """Calls one tool."""
    return lambda name, **arguments: over_http(http_server, lambda client: client.call_tool(name, arguments))


@pytest.fixture(scope="module")
def tools(http_server: str) -> dict[str, Tool]:
    listed = over_http(http_server, lambda client: client.list_tools())
    return {tool.name: tool for tool in listed.tools}


def text_of(result: CallToolResult) -> str:
    [block] = result.content
    return block.text


def test_three_tools_are_offered_for_reading_only(tools: dict[str, Tool]) -> None:
    assert list(tools) == ["ask", "search", "get_document"]
    for tool in tools.values():
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint


def test_what_a_tool_takes_and_gives_is_described_to_the_last_field(tools: dict[str, Tool]) -> None:
    for tool in tools.values():
        assert tool.title
        assert len(tool.description or "") > 100
        assert all("description" in field for field in tool.input_schema["properties"].values())
        told = tool.output_schema or {"properties": {}}
        assert all("description" in field for field in told["properties"].values())
    assert tools["ask"].input_schema["required"] == ["question"]
    assert tools["ask"].input_schema["additionalProperties"] is False


def test_a_question_is_answered_as_over_the_json_api(call: Call, client: FlaskClient) -> None:
    expected = client.post("/ask", json={"question": QUESTION}).json
    result = call("ask", question=QUESTION)
    assert not result.is_error
    assert result.structured_content
    assert {name: expected[name] for name in result.structured_content} == result.structured_content


def test_the_text_of_an_answer_names_each_source(call: Call) -> None:
    result = call("ask", question=QUESTION)
    text = text_of(result)
    assert result.structured_content
    assert text.startswith(result.structured_content["answer"] + "\n\nSources:\n[1] “")
    for citation in result.structured_content["citations"]:
        [source] = citation["sources"]
        assert f"[{citation['number']}] “{source['cited_text']}” — " in text
        assert source["document_id"] in text
    assert "— Sergei Lavrov, in Pompeo: Trump strives" in text


def test_what_half_an_answer_leaves_open_is_told(call: Call) -> None:
    result = call("ask", question="Where did Lavrov meet Pompeo and what did he say about Brexit?")
    assert result.structured_content["status"] == "partial"
    assert "Not in the documents:\nNone of the documents mentions Brexit." in text_of(result)


def test_sources_that_disagree_are_named(settings: Settings, tmp_path: Path) -> None:
    for name, killed in (
        ("one", "At least 14 people were killed"),
        ("two", "The police say that 19 people were killed"),
    ):
        text = f"# Fire\n\n{killed} when the ferry Aurora caught fire near Tromso.\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    own = with_model(settings, tmp_path / "home")
    open_library(own, lambda *_: None).sync([tmp_path / "one.md", tmp_path / "two.md"], lambda *_: None)
    found = Desk(lambda: open_answerer(own)).call("ask", {"question": "How many people were killed on the Aurora?"})
    assert re.search(r"The sources disagree:\n\[1\] and \[2\] on: .*Aurora", found.text)


def test_nothing_found_is_an_answer_and_no_error(call: Call) -> None:
    result = call("ask", question="What did Lavrov say about Brexit?")
    assert not result.is_error
    assert result.structured_content["status"] == "not_found"
    assert "Sources:" not in text_of(result)


def test_an_answer_can_be_short_and_restricted(call: Call) -> None:
    filters = {"published_before": "2018-01-01"}
    found = call("ask", question=QUESTION, max_sentences=1, filters=filters).structured_content
    assert len(found["citations"]) <= 1
    assert all(each["sources"][0]["published_at"] < "2018-01-01" for each in found["citations"])


def test_filters_that_come_as_text_and_nulls_are_understood(call: Call) -> None:
    filters = {"published_after": "2100-01-01"}
    as_text = call("ask", question=QUESTION, filters=json.dumps(filters), max_sentences=None)
    assert as_text.structured_content["status"] == "not_found"


SENT: list[dict[str, Any]] = [
    {"filters": {"sources": ["China Daily", "Xinhua"], "document_ids": []}},
    {"filters": {"sources": None, "speaker": "", "published_after": None}},
    {"filters": ""},
    {"filters": "null"},
    {"max_sentences": 5.0},
    {"max_sentences": "3"},
]


@pytest.mark.parametrize("given", SENT)
def test_forms_in_which_models_send_arguments_are_understood(call: Call, given: dict[str, Any]) -> None:
    assert not call("ask", question=QUESTION, **given).is_error


def test_documents_that_may_be_cited_can_be_named(call: Call) -> None:
    cited = call("ask", question=QUESTION).structured_content["citations"][0]["sources"][0]["document_id"]
    found = call("ask", question=QUESTION, filters={"document_ids": [cited]}).structured_content
    assert {source["document_id"] for each in found["citations"] for source in each["sources"]} == {cited}


def test_a_long_document_comes_in_pieces_that_say_how_to_read_on(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text("# Long\n\n" + "The ferry sailed at noon. " * 1000, encoding="utf-8")
    own = with_model(settings, tmp_path / "home")
    open_library(own, lambda *_: None).sync([tmp_path / "long.md"], lambda *_: None)
    answerer = open_answerer(own)
    [document], _ = answerer.documents(None, None, 1, None)
    desk, text = Desk(lambda: answerer), ""
    for start in (0, LONGEST):
        found = desk.call("get_document", {"document_id": document.id, "start": start})
        text += found.text.split("\n\n", 1)[1]
        assert (f"read on with start {LONGEST}" in found.text) == (start == 0)
    assert text == document.text
    assert desk.call("get_document", {"document_id": document.id, "start": len(text)}).failed


def test_documents_that_are_added_later_are_found(settings: Settings, tmp_path: Path) -> None:
    own = with_model(settings, tmp_path / "home")
    desk = Desk(lambda: open_answerer(own))
    assert desk.call("search", {"query": "ferry"}).failed
    for name in ("ferry", "castle"):
        (tmp_path / f"{name}.md").write_text(f"# News\n\nThe {name} caught fire at noon.\n", encoding="utf-8")
        open_library(own, lambda *_: None).sync([tmp_path / f"{name}.md"], lambda *_: None)
        assert f"The {name} caught fire" in desk.call("search", {"query": name}).text


def test_who_wrote_an_answer_is_told(settings: Settings, answerer: Answerer) -> None:
    found = Desk(lambda: telling(settings, answerer, ModelFailed("it was away"))).call("ask", {"question": QUESTION})
    assert isinstance(found.value, Answered)
    assert (found.value.model.mode, found.value.model.note) == ("extractive", "it was away")
    assert "the language model was not used, because it was away." in found.text


def asked(number: int) -> str:
    params = {"name": "ask", "arguments": {"question": QUESTION}}
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}) + "\n"


def slow_model(server: ModelServer) -> dict[str, str]:
    return {"QA_LLM_BASE_URL": server.base_url, "QA_LLM_MODEL": "any", "QA_LLM_TIMEOUT": "60"}


def piped(home: Path, **variables: str) -> tuple[str, str, int]:
    """What comes of two questions and the end of the input."""
    run = subprocess.run(
        command(home), input=json.dumps(INITIALIZE) + "\n" + asked(2) + asked(3), capture_output=True, text=True,
        timeout=20, check=False, env=environment(**variables),
    )  # fmt: skip
    return run.stdout, run.stderr, run.returncode


def test_what_was_asked_before_the_end_of_the_input_is_answered(settings: Settings) -> None:
    output, errors, status = piped(settings.home)
    replies = {reply["id"]: reply["result"] for reply in map(json.loads, output.splitlines())}
    assert [replies[number]["structuredContent"]["status"] for number in (2, 3)] == ["answered"] * 2
    assert (errors, status) == ("", 0)


def test_nobody_waits_for_a_slow_model_at_the_end_of_the_input(settings: Settings) -> None:
    with serving(slow) as server:
        output, errors, status = piped(settings.home, **slow_model(server))
    assert output.count("The service was stopped before it had an answer") == 2
    assert (errors, status) == ("", 0)


def test_nobody_waits_for_a_slow_model_when_the_server_is_stopped(settings: Settings) -> None:
    with serving(slow) as model:
        with http_server_at(settings.home, **slow_model(model)) as address:
            ask = {"jsonrpc": "2.0", "id": 2, "method": "tools/call"}
            ask["params"] = {"name": "ask", "arguments": {"question": QUESTION}}
            thread = threading.Thread(target=post, args=(address, ask))
            thread.start()
            while not model.requests:
                time.sleep(0.05)
        thread.join(5)
        assert not thread.is_alive()


def test_a_model_that_cannot_be_used_is_told_at_the_start(tmp_path: Path) -> None:
    for variables in ({"QA_LLM_MODEL": "any"}, {"QA_LLM_MODEL": "any", "QA_LLM_BASE_URL": "nowhere"}):
        run = subprocess.run(
            command(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
            env=environment(**variables),
        )  # fmt: skip
        assert (run.returncode, run.stdout, run.stderr.count("\n")) == (1, "", 1)


def test_passages_are_found_and_stand_where_they_say(call: Call, client: FlaskClient) -> None:
    result = call("search", query="Lavrov Pompeo meeting", k=3)
    hits = result.structured_content["hits"]
    assert hits == client.get("/search", query_string={"q": "Lavrov Pompeo meeting", "k": 3}).json["hits"]
    assert all(hit["text"] in text_of(result) for hit in hits)
    start, end = hits[0]["start_char_index"], hits[0]["end_char_index"]
    read = text_of(call("get_document", document_id=hits[0]["document_id"], start=start, end=end))
    assert read.endswith(f"\n\n{hits[0]['text']}")


def test_a_document_is_given_whole(call: Call, client: FlaskClient) -> None:
    known = client.get("/documents").json["documents"][0]["id"]
    result = call("get_document", document_id=known)
    expected = client.get(f"/documents/{known}").json
    assert not result.is_error
    assert result.structured_content is None
    assert f"\nCharacters 0 to {expected['characters']} of {expected['characters']}.\n" in text_of(result)
    assert text_of(result).startswith(expected["title"])
    assert text_of(result).endswith(expected["text"])


def test_what_is_given_fits_what_was_promised(call: Call, tools: dict[str, Tool]) -> None:
    for name, arguments in [("ask", {"question": QUESTION}), ("search", {"query": "Lavrov", "k": 1})]:
        validate(call(name, **arguments).structured_content, tools[name].output_schema)


WRONG = [
    ("ask", {}, "question is missing."),
    ("ask", {"question": " "}, "question must not be empty."),
    ("ask", {"question": "x" * 2001}, "question must be at most 2,000 characters long."),
    ("ask", {"question": QUESTION, "max_sentences": 21}, "max_sentences must be 20 or less."),
    ("ask", {"question": QUESTION, "filters": {"from": "2020"}}, "filters.from is not a known field."),
    ("ask", {"question": QUESTION, "filters": "recent"}, "filters must be an object."),
    ("ask", {"question": QUESTION, "filters": "[" * 200_000}, "filters must be an object."),
    ("ask", {"query": QUESTION}, "query is not a known field."),
    ("search", {"query": "Lavrov", "k": "many"}, "k must be a whole number."),
    ("get_document", {"document_id": "nope"}, "nope"),
    ("remove", {}, "There is no tool of that name; there are ask, search, get_document."),
]


@pytest.mark.parametrize(("name", "arguments", "told"), WRONG)
def test_what_is_wrong_is_told_in_words(call: Call, name: str, arguments: dict[str, Any], told: str) -> None:
    result = call(name, **arguments)
    assert result.is_error
    assert result.structured_content is None
    assert told in text_of(result)
    assert not re.search(r"Traceback|pydantic|\.py|\n", text_of(result))


def test_a_bug_is_told_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    found = Desk(lambda: Failing(RuntimeError("/secret/path"))).call("ask", {"question": QUESTION})
    assert found.value is None
    assert found.text == "Something went wrong in the service; its log says more."
    assert "/secret/path" in caplog.text


def test_a_failure_that_is_meant_for_people_is_told() -> None:
    desk = Desk(lambda: Failing(Damaged("A file is damaged.")))
    assert [desk.call(tool.name, {}).value for tool in TOOLS] == [None] * 3
    assert desk.call("search", {"query": "Lavrov"}).text == "A file is damaged."


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_over_stdio_is_served_by_old_and_new_protocol(settings: Settings, mode: str) -> None:
    async def work(client: Client) -> tuple[str, list[str], CallToolResult]:
        listed = await client.list_tools()
        answer = await client.call_tool("ask", {"question": QUESTION})
        return client.server_info.name, [tool.name for tool in listed.tools], answer

    name, tools, answer = over_stdio(settings.home, work, mode=mode)
    assert (name, tools) == ("qa-service", [tool.name for tool in TOOLS])
    assert answer.structured_content["status"] == "answered"


def test_a_client_over_http_is_served_by_the_old_protocol_too(http_server: str) -> None:
    result = over_http(http_server, lambda client: client.call_tool("ask", {"question": QUESTION}), mode="legacy")
    assert result.structured_content["status"] == "answered"


def test_without_an_index_the_tools_say_so_and_go_on(tmp_path: Path) -> None:
    async def twice(client: Client) -> list[CallToolResult]:
        return [await client.call_tool("search", {"query": "Lavrov"}) for _ in range(2)]

    for result in over_stdio(tmp_path, twice):
        assert result.is_error
        assert "run `qa-service index`" in text_of(result)


def started(home: Path, errors: Any = subprocess.PIPE) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command(home), stdin=pipe, stdout=pipe, stderr=errors, text=True, env=environment())


INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}


def greet(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(INITIALIZE) + "\n")
    process.stdin.flush()
    reply: dict[str, Any] = json.loads(process.stdout.readline())
    return reply


def test_nothing_but_the_protocol_is_written_and_the_end_of_input_ends_it(settings: Settings) -> None:
    asked = {"jsonrpc": "2.0", "id": 2, "method": "tools/call"}
    asked["params"] = {"name": "ask", "arguments": {"question": QUESTION}}
    with started(settings.home) as process:
        assert greet(process)["result"]["serverInfo"]["name"] == "qa-service"
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["result"]["structuredContent"]["status"] == "answered"
        output, errors = process.communicate(timeout=20)
    assert (process.returncode, output, errors) == (0, "", "")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_and_quietly(settings: Settings, stop: signal.Signals) -> None:
    with started(settings.home) as process:
        greet(process)
        process.send_signal(stop)
        assert process.wait(10) == 0
        assert process.stderr
        assert process.stderr.read() == ""


def test_a_client_that_goes_away_leaves_no_traceback(settings: Settings) -> None:
    with tempfile.TemporaryFile("w+") as errors, started(settings.home, errors) as process:
        greet(process)
        assert process.stdin
        assert process.stdout
        process.stdout.close()
        process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 2, "method": "ping"}) + "\n")
        process.stdin.close()
        assert process.wait(20) == 0
        errors.seek(0)
        assert errors.read() == ""


def post(address: str, body: Any = INITIALIZE, **headers: str) -> int:
    usual = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    request = urllib.request.Request(address, json.dumps(body).encode(), usual | headers)
    try:
        with urllib.request.urlopen(request) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_another_host_name_or_a_page_of_another_site_is_refused(http_server: str) -> None:
    assert post(http_server) == 200
    assert post(http_server, Host="evil.example") == 421
    assert post(http_server, Origin="http://evil.example") == 403


def test_a_server_listens_on_the_loopback_address(http_server: str) -> None:
    assert http_server.startswith("http://127.0.0.1:")


def test_host_names_that_are_trusted_are_answered_and_no_others(settings: Settings) -> None:
    with http_server_at(settings.home, QA_TRUSTED_HOSTS='["qa.example.org"]') as address:
        assert post(address, Host="qa.example.org") == 200
        assert post(address, Host="qa.example.org:9000", Origin="https://qa.example.org") == 200
        assert post(address) == 421


def test_a_server_on_an_address_of_version_six_is_reached(settings: Settings) -> None:
    with http_server_at(settings.home, "--host", "::1") as address:
        assert address.startswith("http://[::1]:")
        assert post(address) == 200


def test_a_person_who_starts_it_by_hand_is_told_what_it_waits_for(tmp_path: Path) -> None:
    leader, terminal = pty.openpty()
    with subprocess.Popen(command(tmp_path), stdin=terminal, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "waits here for a client" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    os.close(leader)
    os.close(terminal)


def refused(home: Path, *options: str) -> str:
    """What a server prints that does not start."""
    run = subprocess.run(command(home, "--http", *options), capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    return run.stderr


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refused(tmp_path, "--port", str(port))
    assert told.startswith(f"qa-service: Port {port} is already in use;")
    assert told.count("\n") == 1


def test_on_every_address_the_host_names_must_be_known(tmp_path: Path) -> None:
    assert refused(tmp_path, "--host", "0.0.0.0", "--port", "0").count("QA_TRUSTED_HOSTS") == 1


def test_a_process_that_does_not_offer_tools_does_not_load_the_protocol() -> None:
    modules = "qa_service.cli, qa_service.mcp.http, qa_service.web.app"
    code = f"import sys, {modules}; print({{'mcp', 'uvicorn', 'anyio'}} & {{*sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout == "set()\n"
