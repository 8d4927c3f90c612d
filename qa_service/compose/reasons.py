"""Finds out why a question has no answer: which of its conditions no document meets. The words are ``missing``'s."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.articles import Article, Articles
from qa_service.language.references import Reference
from qa_service.questions.question import Question
from qa_service.questions.speech import ABOUT
from qa_service.retrieve import Retrieved
from qa_service.store.catalog import Catalog
from qa_service.types import Filter, Missing
from qa_service.weigh import conditions

from . import missing
from .candidates import Gatherer, Place

_LOOKED_AT = 40  # documents that name everyone, in which the meeting or call is looked for
_AT = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$", re.IGNORECASE)


class Reasons:
    """Looks into one snapshot for what a question asks in vain. Safe for use from several threads."""

    def __init__(self, catalog: Catalog, articles: Articles, gatherer: Gatherer) -> None:
        self._catalog = catalog
        self._articles = articles
        self._gatherer = gatherer

    def of(self, question: Question, found: Retrieved, admitted: Filter) -> Missing:
        """Which part of the question the documents leave open, and why: the first condition that fails."""
        if question.speakers:
            quoted = self._gatherer.statements(question, admitted)
            return self._unquoted(question, quoted, admitted)
        naming = self._naming(question.names, found, admitted)
        if question.names and not naming:
            return missing.not_together(question.names)
        if naming and not any(conditions.tells_of(question, self._articles.get(key)) for key in naming):
            return missing.no_occasion(question)
        return missing.not_said(question)

    def _unquoted(self, question: Question, quoted: Sequence[Place], admitted: Filter) -> Missing:
        """Why nothing that the speakers say will do."""
        if not quoted:
            return missing.not_quoted(question)
        told = [place for place in quoted if conditions.tells_of(question, place[0])]
        if not told:
            return self._not_met(question, admitted)
        on_it = [place for place in told if conditions.on_occasion(question, place[2])]
        if not on_it:
            return missing.not_quoted_on(question)
        for place in _places(question):
            if not any(conditions.knows(article, place) for article, _, _ in on_it):
                return missing.not_quoted_at(question, place)
        return missing.not_quoted_so(question)

    def _not_met(self, question: Question, admitted: Filter) -> Missing:
        """Whether the occasion is told nowhere at all, or only without a word of the speakers."""
        parties = question.occasion.parties if question.occasion else ()
        naming = self._naming(parties, None, admitted)
        if any(conditions.tells_of(question, self._articles.get(key)) for key in naming):
            return missing.not_quoted_on(question)
        return missing.no_occasion(question)

    def _naming(self, names: Sequence[Reference], found: Retrieved | None, admitted: Filter) -> list[str]:
        """Ids of documents that may be cited and mention all names, if only in their titles, those found first."""
        hits = list(dict.fromkeys(hit.document.id for hit in found.hits)) if found else []
        named = [key for key in hits if _knows_all(self._articles.get(key), names)]
        told = self._catalog.documents_naming([key for name in names for key in name.keys])
        each = [set().union(*(told[key] for key in name.keys)) for name in names]
        rest = sorted(set.intersection(*each) - set(named)) if each else []
        open_to = [key for key in rest[:_LOOKED_AT] if self._catalog.excluded_by(admitted, key) is None]
        return [*named, *open_to]


def _knows_all(article: Article, names: Sequence[Reference]) -> bool:
    return all(conditions.knows(article, name) for name in names)


def _places(question: Question) -> list[Reference]:
    """The places at which the words were spoken, not those that they are about."""
    about = ABOUT.search(question.text)
    end = about.start() if about else len(question.text)  # "about the war in A": the war is there, nobody speaks there
    named = [name for name in question.others if name.kind == "place" and name.start < end]
    return [place for place in named if _AT.search(question.text[: place.start])]
