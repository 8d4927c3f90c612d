"""Made-up news for the tests of reading: articles and questions about people who do not exist."""

from __future__ import annotations

from qa_service.articles import Article
from qa_service.language.references import NameBook
from qa_service.questions.question import Question
from qa_service.questions.question import read as read_question
from qa_service.reading import read
from qa_service.types import Document, Entry

TALKS = (
    "Foreign Minister Ada Rivero met Prime Minister Tomas Lindqvist on Tuesday in Oslo.\n\n"
    "Rivero said the harbour would reopen in May. “We have waited nine years for this,” she added.\n\n"
    "The meeting lasted two hours and ten minutes. "
    "Some 1,200 people stood outside because the old bridge was closed.\n\n"
    "After the talks, Lindqvist told reporters that Norway wanted a treaty. He did not speak about fish."
)
CALL = (
    "Ada Rivero spoke with Karel Novotny by phone on Friday.\n\n"
    "According to Novotny, the two discussed grain. Rivero called the conversation useful."
)


def entries(*texts: str) -> tuple[list[Entry], NameBook]:
    """The texts taken apart as one collection, and its names."""
    documents = [
        Document(id=f"doc_{n}", name=f"story-{n}", title=f"Story {n}", text=text) for n, text in enumerate(texts)
    ]
    found = read(documents, 200, lambda *_: None)
    return list(found.entries), NameBook(found.names)


def articles(*texts: str) -> tuple[list[Article], NameBook]:
    """The texts as the answering side reads them, and the names of all of them."""
    found, book = entries(*texts)
    return [article(entry, book) for entry in found], book


def article(entry: Entry, book: NameBook) -> Article:
    """An article made of an entry, without a catalog."""
    people = frozenset(m.key for m in entry.mentions if book.names[m.key].kind == "person")
    bodies = frozenset(m.key for m in entry.mentions if book.names[m.key].kind in ("organisation", "other"))
    return Article(entry.document, entry.sentences, 0, entry.mentions, entry.statements, people, bodies)


def ask(text: str, *texts: str) -> Question:
    """A question read with the names of the texts, of both stories if none is given."""
    return read_question(text, entries(*(texts or (TALKS, CALL)))[1])
