"""Files and folders become documents, whole or not at all, and every refusal names the file and not its folder."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.errors import BadDocument
from qa_service.ingest.load import find_files, load_documents
from qa_service.ingest.records import read_records
from qa_service.types import Document

PAGE = "Bridge to reopen\n\nThe harbour bridge will reopen to traffic on Monday, the council said.\n\nShare this"


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def load(*paths: Path) -> list[Document]:
    return list(load_documents(paths))


def jsonl(folder: Path, *records: object) -> Path:
    return put(folder / "news.jsonl", "\n".join(json.dumps(record) for record in records))


def test_a_text_file_is_read_as_a_page(tmp_path: Path) -> None:
    path = put(tmp_path / "bridge.txt", PAGE)
    (document,) = load(path)
    assert (document.name, document.origin) == ("bridge", str(path.resolve()))
    assert document.title == "Bridge to reopen"
    assert document.text == "The harbour bridge will reopen to traffic on Monday, the council said."


def test_a_markdown_file_is_read_verbatim(tmp_path: Path) -> None:
    path = put(tmp_path / "bridge.md", "# Bridge\r\n\r\nHome\r\nLog in\r\n")
    (document,) = load(path)
    assert (document.name, document.title, document.text) == ("bridge", "Bridge", "Home\nLog in")


def test_a_folder_is_read_in_order_without_what_is_hidden_or_of_another_kind(tmp_path: Path) -> None:
    wanted = [tmp_path / "b.txt", tmp_path / "a" / "c.md", tmp_path / "a" / "d" / "e.JSONL"]
    others = [".hidden.txt", ".git/x.txt", "picture.png", "a/.cache/y.md", "README"]
    for path in [*wanted, *(tmp_path / name for name in others)]:
        put(path, PAGE)
    assert find_files([tmp_path]) == wanted


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path / "bridge.txt", PAGE)
    assert find_files([path, tmp_path, tmp_path / "." / "bridge.txt"]) == [path]


def test_a_hidden_folder_or_file_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = put(tmp_path / ".private" / ".bridge.txt", PAGE)
    assert find_files([path]) == [path]
    assert find_files([put(tmp_path / ".private" / "b.txt", PAGE).parent]) == [tmp_path / ".private" / "b.txt"]


def test_a_link_that_leads_back_to_its_folder_ends(tmp_path: Path) -> None:
    path = put(tmp_path / "bridge.txt", PAGE)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert find_files([tmp_path]) == [path]


def test_an_empty_folder_has_no_documents(tmp_path: Path) -> None:
    assert find_files([tmp_path]) == []
    assert load(tmp_path) == []


RECORD = {
    "id": "n1",
    "title": "Bridge to reopen",
    "text": " Home\nThe bridge reopens.\n",
    "source": "Harbour Courier",
    "url": "https://example.org/1",
    "published_at": "2023-03-14",
    "mood": {"unknown": "keys are ignored"},
}


def test_a_json_line_gives_a_document_with_its_text_as_it_stands(tmp_path: Path) -> None:
    path = jsonl(tmp_path, RECORD)
    (document,) = load(path)
    assert (document.name, document.title, document.text) == ("n1", "Bridge to reopen", RECORD["text"])
    assert (document.source, document.url) == ("Harbour Courier", "https://example.org/1")
    assert document.published_at == date(2023, 3, 14)
    assert document.origin == f"{path.resolve()}#n1"


def test_a_json_line_needs_no_more_than_its_text(tmp_path: Path) -> None:
    path = put(tmp_path / "news.jsonl", '\ufeff{"text": "One."}\r\n\r\n{"text": "Two.", "id": null, "source": ""}\r\n')
    one, two = load(path)
    assert (one.name, one.title, one.source, one.published_at) == ("news:1", "One.", None, None)
    assert (two.name, two.origin) == ("news:3", f"{path.resolve()}#3")


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2021-05-21", date(2021, 5, 21)),
        ("2021-05-21T23:30:00+02:00", date(2021, 5, 21)),
        ("2021-05-21T00:30:00Z", date(2021, 5, 21)),
        ("2021-05-21 08:00", date(2021, 5, 21)),
    ],
)
def test_a_time_of_publication_counts_by_its_own_day(tmp_path: Path, stamp: str, day: date) -> None:
    (document,) = load(jsonl(tmp_path, {"text": "One.", "published_at": stamp}))
    assert document.published_at == day


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"title": "x"}', 'has no "text"'),
        ('{"text": " "}', 'has no "text"'),
        ('{"text": 1}', '"text" must be a string'),
        ('{"text": "x", "id": 7}', '"id" must be a string'),
        ('{"text": "x", "published_at": "yesterday"}', '"published_at" must be an ISO date'),
        ('{"text": "x", "url": "javascript:alert(1)"}', "url must start with http"),
        ('{"text": "\\ud800"}', "not text"),
        ('{"text": "\\u0000"}', "not text"),
        ('{"text": "x", "id": "a"}', 'two documents with the id "a"'),
    ],
)
def test_a_bad_line_is_named_and_nothing_of_its_file_is_read(tmp_path: Path, line: str, message: str) -> None:
    documents = load_documents([put(tmp_path / "news.jsonl", f'{{"text": "good", "id": "a"}}\n{line}\n')])
    with pytest.raises(BadDocument, match=message) as caught:
        next(documents)
    assert caught.value.message.startswith(("news.jsonl, line 2", "news.jsonl has two"))
    assert str(tmp_path) not in caught.value.message


def test_documents_before_a_bad_file_are_still_read(tmp_path: Path) -> None:
    documents = load_documents([put(tmp_path / "a.txt", PAGE), put(tmp_path / "b.txt", "")])
    assert next(documents).name == "a"
    with pytest.raises(BadDocument, match=r"^b\.txt is empty"):
        next(documents)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "is empty"),
        ("a.md", b" \r\n\t", "is empty"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.txt", b"Home\nLog in\n", "no text besides"),
        ("a.txt", b"caf\xe9", "not UTF-8"),
        ("a.txt", "Tee".encode("utf-16"), "not UTF-8"),
        ("a.txt", b"A line with \0 in it.", "not text"),
        ("a.pdf", b"%PDF", r"use \.txt, \.md, \.jsonl"),
        ("README", b"text", r"use \.txt, \.md, \.jsonl"),
    ],
)
def test_a_file_that_is_no_document_is_refused_by_name(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(BadDocument, match=message) as caught:
        load(put(tmp_path / name, content))
    assert caught.value.message.startswith(name)
    assert str(tmp_path) not in caught.value.message


def test_a_path_that_does_not_exist_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadDocument, match=r"^nowhere\.txt does not exist"):
        find_files([tmp_path / "nowhere.txt"])


def test_a_file_is_the_same_document_wherever_its_lines_end(tmp_path: Path) -> None:
    paths = [put(tmp_path / "a.txt", PAGE), put(tmp_path / "b.txt", "\ufeff" + PAGE.replace("\n", "\r\n"))]
    one, two = load(*paths)
    assert (one.id, one.text) == (two.id, two.text)


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1))
def test_texts_come_back_from_json_lines_unchanged(texts: list[str]) -> None:
    content = "\n".join(json.dumps({"text": text}) for text in texts)
    try:
        documents = read_records(content, Path("news.jsonl"))
    except BadDocument:
        assert any("\0" in text for text in texts)
    else:
        assert [document.text for document in documents] == texts


@given(st.text())
def test_any_content_is_read_as_json_lines_or_refused(content: str) -> None:
    try:
        documents = read_records(content, Path("news.jsonl"))
    except BadDocument:
        return
    assert documents == []
