"""Documents added and removed over HTTP: what is refused at once, what a job tells, and that what is gone is gone."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from homes import with_model
from openapi_schema_validator import OAS31Validator
from pydantic import BaseModel
from test_serve import Service, serving
from towns import QUESTIONS, TEXTS, holding, written
from werkzeug.test import TestResponse

from qa_service.assemble import open_answerer, open_library
from qa_service.settings import Settings
from qa_service.web import openapi, upload_models
from qa_service.web.app import create_app

TITLE = "Harbour reopens after storm"
GONE = ("Norvik", "Solberg", "boats are moving", "Ferries to the islands")


@pytest.fixture(scope="module")
def small(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home that holds the bridge, from a folder elsewhere; uploads may have 20,000 bytes."""
    place = tmp_path_factory.mktemp("small")
    (place / "bridge.txt").write_text(TEXTS["bridge"], encoding="utf-8")
    small = with_model(settings, place / "home").model_copy(update={"max_upload_bytes": 20_000})
    open_library(small, lambda *_: None).sync([place / "bridge.txt"], lambda *_: None)
    return small


@pytest.fixture(scope="module")
def client(small: Settings) -> FlaskClient:
    return create_app(small, open_answerer(small)).test_client()


def send(client: FlaskClient, *files: tuple[str, str]) -> TestResponse:
    return client.post("/documents", data={"files": [(BytesIO(text.encode()), name) for name, text in files]})


def outcome(client: FlaskClient, sent: TestResponse) -> dict[str, Any]:
    """The job when it has ended."""
    assert sent.status_code == 202
    assert sent.headers["Location"] == f"/jobs/{sent.json['id']}"
    deadline = time.monotonic() + 120
    while (job := client.get(sent.headers["Location"]).json)["status"] not in ("done", "failed"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return dict(job)


def test_files_are_added_and_can_be_asked_about(client: FlaskClient) -> None:
    job = outcome(client, send(client, ("Häfen & Brücken.txt", TEXTS["harbour"]), ("m.md", f"# {TEXTS['museum']}")))
    assert (job["status"], job["stage"], job["error"]) == ("done", None, None)
    assert sorted(each["title"] for each in job["documents"]) == [
        "Harbour reopens after storm",
        "Museum shows old maps",
    ]
    answer = client.post("/ask", json={"question": QUESTIONS[0]}).json
    assert "glad that the boats are moving" in answer["answer"]
    assert answer["citations"][0]["sources"][0]["document_name"] == "Häfen & Brücken"


def test_text_is_added_with_what_is_known_of_it(client: FlaskClient) -> None:
    known = {"title": "A/B\\C", "source": "Gazette", "url": "https://gazette.example/1", "published_at": "2024-05-03"}
    job = outcome(client, client.post("/documents", json={"text": "Mayor Ruth Okoye opened the new library.", **known}))
    found = client.get(f"/documents/{job['documents'][0]['id']}").json
    assert {key: found[key] for key in known} == known
    assert found["text"] == "Mayor Ruth Okoye opened the new library."


def test_text_alone_is_enough(client: FlaskClient) -> None:
    job = outcome(client, client.post("/documents", json={"text": "Trams run again\nsince Tuesday, said Eva Lund."}))
    assert job["documents"][0]["title"] == "Trams run again since Tuesday, said Eva Lund."


def test_a_file_that_turns_out_bad_fails_the_job_in_words(client: FlaskClient) -> None:
    job = outcome(client, send(client, ("news.jsonl", '{"text": "a b"}\n{"title": "c"}')))
    assert (job["status"], job["documents"]) == ("failed", [])
    told = 'news.jsonl, line 2 has no "text"; give each document its text.'
    assert job["error"] == {"code": "invalid_document", "message": told}


@pytest.mark.parametrize(
    ("data", "status", "code", "field", "told"),
    [
        ({"files": (BytesIO(b"x"), "a.pdf")}, 400, "invalid_document", "files", "a.pdf is of no kind"),
        ({"files": (BytesIO(b" \n"), "a.txt")}, 400, "invalid_document", "files", "a.txt is empty"),
        ({"files": (BytesIO(b""), "")}, 400, "invalid_request", "files", "files is missing"),
        ({"other": (BytesIO(b"x"), "a.txt")}, 400, "invalid_request", "other", "other is not a known field"),
        ({"files": (BytesIO(b"x"), "a.txt"), "title": "b"}, 400, "invalid_request", "title", "title is not a known"),
        ({"files": (BytesIO(b"x" * 30_000), "a.txt")}, 413, "too_large", None, "too large"),
    ],
)
def test_files_that_cannot_be_taken_are_refused_at_once(
    client: FlaskClient, data: dict[str, Any], status: int, code: str, field: str | None, told: str
) -> None:
    response = client.post("/documents", data=data, content_type="multipart/form-data")
    error = response.json["error"]
    assert (response.status_code, error["code"], error["field"]) == (status, code, field)
    assert told in error["message"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"), ({"text": " "}, "text"), ({"text": "a\0"}, "text"), ({"text": 5}, "text"),
        ({"text": "a", "url": "javascript:x"}, "url"), ({"text": "a", "published_at": "May"}, "published_at"),
        ({"text": "a", "titel": "b"}, "titel"),
    ],
)  # fmt: skip
def test_text_that_does_not_fit_is_refused_by_its_field(client: FlaskClient, body: dict[str, Any], field: str) -> None:
    response = client.post("/documents", json=body)
    assert (response.status_code, response.json["error"]["field"]) == (400, field)


def test_a_body_of_another_kind_is_refused(client: FlaskClient) -> None:
    assert client.post("/documents", data="a", content_type="text/plain").status_code == 415
    assert client.post("/documents", json={"text": "x" * 30_000}).status_code == 413


def test_what_is_not_there_is_told(client: FlaskClient) -> None:
    assert client.delete("/documents/doc_0").status_code == 404
    assert client.get("/jobs/j_0").json["error"]["field"] == "job_id"


def test_what_is_sent_is_what_the_openapi_document_says(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    sent = send(client, ("trams.txt", "Trams\n\nTrams run twice an hour on Sundays, said the manager Olaf Bruun.\n"))
    job = outcome(client, sent)
    removed = client.delete(f"/documents/{job['documents'][0]['id']}").json
    for shape, body in (("Job", sent.json), ("Job", job), ("RemovedDocument", removed)):
        schema = {"$ref": f"#/components/schemas/{shape}", "components": document["components"]}
        OAS31Validator(schema).validate(body)
    add = document["paths"]["/documents"]["post"]
    assert set(add["requestBody"]["content"]) == {"application/json", "multipart/form-data"}
    example = add["requestBody"]["content"]["application/json"]["example"]
    assert upload_models.TextDocument.model_validate_json(json.dumps(example)).text


def test_every_field_is_described() -> None:
    models = [each for each in vars(upload_models).values() if isinstance(each, type) and issubclass(each, BaseModel)]
    assert all(field.description for model in models for field in model.model_fields.values())
    assert {operation.name for operation in openapi.OPERATIONS} >= {"add_documents", "job", "remove_document"}


LOOKING = (
    "/search?q=ferry+after+the+storm&k=50", "/search?q=harbour+master", "/statements?limit=200",
    "/statements?about=ferries", "/documents?limit=200", "/documents?query=harbour", "/overview", "/", "/library",
)  # fmt: skip
ASKING = ("What did the harbour master say?", "When will the bridge open?", "How often do ships run?", "Who is glad?")


def everything(client: FlaskClient) -> str:
    """All that the service says to somebody who looks everywhere, without a word of what is looked for."""
    found = [client.get(address).get_data(as_text=True) for address in LOOKING]
    answers = [client.post("/ask", json={"question": question}).get_data(as_text=True) for question in ASKING]
    return "".join([*found, *answers])


def test_what_is_removed_is_found_nowhere_by_any_process(client: FlaskClient, small: Settings) -> None:
    other = create_app(small, open_answerer(small)).test_client()
    job = outcome(client, send(client, ("harbour.txt", TEXTS["harbour"])))
    before = everything(other)
    assert all(words in before for words in GONE)
    removed = client.delete(f"/documents/{job['documents'][0]['id']}")
    assert (removed.json["title"], removed.json["passages"], removed.json["statements"]) == (TITLE, 1, 2)
    for each in (client, other):
        after = everything(each)
        assert not [words for words in (*GONE, TITLE) if words in after]
        assert each.get(f"/documents/{removed.json['id']}/view").status_code == 404
    assert not holding(small.home / "snapshots", *GONE)
    assert not holding(small.home / "uploads", *GONE)
    assert client.get(f"/jobs/{job['id']}").json["documents"] == []


def test_without_any_document_it_says_so_until_one_is_added(settings: Settings, tmp_path: Path) -> None:
    home = with_model(settings, tmp_path / "home")
    open_library(home, lambda *_: None).add([written(tmp_path / "news", "museum")], lambda *_: None)
    client = create_app(home, open_answerer(home)).test_client()
    only = client.get("/documents").json["documents"][0]["id"]
    assert client.delete(f"/documents/{only}").status_code == 200
    for response in (client.post("/ask", json={"question": QUESTIONS[1]}), client.delete(f"/documents/{only}")):
        assert (response.status_code, response.json["error"]["code"]) == (409, "no_index")
    assert "holds no document" in client.get("/readyz").json["error"]["message"]
    client = create_app(home, open_answerer(home)).test_client()  # it also starts without any
    outcome(client, send(client, ("bridge.txt", TEXTS["bridge"])))
    assert "before spring" in client.post("/ask", json={"question": QUESTIONS[1]}).json["answer"]


@pytest.fixture
def service(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Two server processes over a home that holds the bridge."""
    home = with_model(settings, tmp_path / "home")
    open_library(home, lambda *_: None).add([written(tmp_path / "news", "bridge")], lambda *_: None)
    monkeypatch.setenv("QA_WORKERS", "2")
    monkeypatch.setenv("QA_MAX_UPLOAD_BYTES", "2000000")
    with serving(home.home) as service:
        yield service


def wait_for(service: Service, job_id: str, *statuses: str) -> dict[str, Any]:
    deadline = time.monotonic() + 300
    while (job := service.ask("GET", f"/jobs/{job_id}")[1])["status"] not in statuses:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return dict(job)


def kill_workers(service: Service) -> None:
    children = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)


def upload_many(service: Service, count: int) -> dict[str, Any]:
    texts = [
        f"Street {n} is mended\n\nStreet {n} is open again, engineer Ada Kern the {n}th said." for n in range(count)
    ]
    boundary = "a1b2c3"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="streets.jsonl"\r\n\r\n'
    body = head + "\n".join(json.dumps({"text": text}) for text in texts) + f"\r\n--{boundary}--\r\n"
    connection = http.client.HTTPConnection(service.address, service.port, timeout=60)
    connection.request("POST", "/documents", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
    response = connection.getresponse()
    job = json.loads(response.read())
    connection.close()
    assert response.status == 202
    return dict(job)


def test_killed_server_processes_lose_neither_answers_nor_uploads(service: Service) -> None:
    job = upload_many(service, 300)
    wait_for(service, job["id"], "running", "done")
    kill_workers(service)
    status, answer = service.ask("POST", "/ask", {"question": QUESTIONS[1]})
    assert (status, "before spring" in answer["answer"]) == (200, True)
    done = wait_for(service, job["id"], "done", "failed")
    assert (done["status"], len(done["documents"])) == ("done", 300)
    for _ in range(6):  # whichever process answers
        assert service.ask("GET", "/documents?query=mended&limit=200")[1]["next_cursor"]


def test_an_upload_of_unstated_length_is_refused_when_it_is_too_long(service: Service) -> None:
    connection = http.client.HTTPConnection(service.address, service.port, timeout=60)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    body = [b'{"text": "', *[b"word " * 2000] * 300, b'"}']
    connection.request("POST", "/documents", iter(body), headers, encode_chunked=True)
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())["error"]["code"]) == (413, "too_large")
    connection.close()
