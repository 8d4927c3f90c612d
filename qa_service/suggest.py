"""Chooses questions to ask next among those that documents can answer; making them of a document is left to ``asking``.

A question is proposed only if it is read as it was meant and its sentence meets the conditions that answers must meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import zip_longest

from .articles import Articles
from .asking import Suggestion, questions_of
from .language.references import NameBook
from .language.words import is_function_word, term, words
from .questions.question import read
from .store.catalog import Catalog
from .types import Filter, Source
from .weigh.conditions import admits, matches
from .weigh.fits import fits

_MOST = 3  # questions proposed after an answer
_EXAMPLES = 4  # questions proposed where nothing is asked yet
_NEWEST = 50  # documents that examples are made of
_ELSEWHERE = 2  # other documents looked into for what the same person says there
_LONGEST = 300  # characters; longer turns of a conversation cannot be one of these questions
_ASKING = frozenset({"what", "when", "where"})
_KEPT = 1024  # documents, and questions, held in memory


class Suggester:
    """Proposes questions on one snapshot. Safe for use from several threads."""

    def __init__(self, catalog: Catalog, articles: Articles, book: NameBook) -> None:
        self._catalog = catalog
        self._articles = articles
        self._book = book
        self._of = lru_cache(maxsize=_KEPT)(lambda key: questions_of(articles.get(key), book.names))
        self._is_sound = lru_cache(maxsize=_KEPT)(partial(_is_sound, articles, book))

    def after(self, cited: Sequence[Source], asked: Iterable[str], admitted: Filter) -> tuple[str, ...]:
        """Up to three questions to ask next, the same for the same input; none that was ``asked`` already.

        ``cited`` is what the answer rests on. What others say on the occasion comes first, then what its
        speakers say elsewhere, in documents that ``admitted`` allows, then when and where it was, then what is said
        about something; of each one, then more of them.
        """
        here = list(dict.fromkeys(source.document.id for source in cited))
        said = [(source, *self._stated(source)) for source in cited]
        shown = {(source.document.id, sentence) for source, sentence, _ in said}
        speakers = {key: None for _, _, key in said if key}
        new = [s for key in here for s in self._of(key) if (s.document_id, s.sentence) not in shown]
        only = self._keys(admitted.speaker) if admitted.speaker else None
        heard = [
            [s for s in new if s.kind == "occasion" and s.speaker not in speakers],
            self._elsewhere(next(iter(speakers), ""), here, admitted),
            *([s for s in new if s.kind == kind] for kind in ("when", "where", "about", "occasion")),
        ]
        open_to = [[s for s in group if only is None or s.speaker in only] for group in heard]
        return tuple(self._chosen(_in_turn(open_to), asked, _MOST))

    def examples(self) -> tuple[str, ...]:
        """Up to four questions on the newest documents, the most quoted people first; the same for the same index."""
        documents, _ = self._catalog.list_documents(None, None, _NEWEST, None)
        made = [s for document in documents for s in self._of(document.id) if s.kind == "occasion"]
        counts = Counter(s.question for s in made)
        ranked = sorted(made, key=lambda s: (-counts[s.question], s.question))
        return tuple(self._chosen(ranked, (), _EXAMPLES))

    def _chosen(self, ranked: Iterable[Suggestion], asked: Iterable[str], most: int) -> list[str]:
        """The first of the questions that can be answered and have not been asked, in these or nearly these words."""
        known = [_wording(text) for text in asked if len(text) <= _LONGEST]
        chosen: list[str] = []
        for suggestion in ranked:
            told = _wording(suggestion.question)
            if not any(_is_held(told, wording) for wording in known) and self._is_sound(suggestion):
                chosen.append(suggestion.question)
                known.append(told)
            if len(chosen) == most:
                break
        return chosen

    def _elsewhere(self, speaker: str, here: Sequence[str], admitted: Filter) -> list[Suggestion]:
        """What somebody says on other occasions, in the first other documents that quote them."""
        if not speaker:
            return []
        quoting = self._catalog.documents_quoting(speaker, admitted, _ELSEWHERE + len(here))
        others = [key for key in quoting if key not in here][:_ELSEWHERE]
        return [s for key in others for s in self._of(key) if s.kind == "occasion" and s.speaker == speaker]

    def _stated(self, source: Source) -> tuple[int, str]:
        """The index of the sentence that a source begins in, and the key of its speaker; empty where it has none."""
        article = self._articles.get(source.document.id)
        at = next((s.index for s in article.sentences if s.start <= source.start < s.end), -1)
        return at, next((s.speaker_key for s in article.said.get(at, ()) if s.speaker == source.speaker), "")

    def _keys(self, speaker: str) -> set[str]:
        return {key for reference in self._book.find(speaker)[0] for key in reference.keys}


def _is_sound(articles: Articles, book: NameBook, suggestion: Suggestion) -> bool:
    """Whether a question is understood as it was meant and its sentence may answer it."""
    question, article = read(suggestion.question, book), articles.get(suggestion.document_id)
    statements = article.said.get(suggestion.sentence, ())
    statement = next((s for s in statements if s.speaker_key == suggestion.speaker), None)
    meant = [speaker.keys for speaker in question.speakers] == [(suggestion.speaker,)] * bool(suggestion.speaker)
    return (
        meant
        and not question.unknown
        and admits(question, article)
        and matches(question, article, suggestion.sentence, statement)
        and fits(question, article, suggestion.sentence) == 1.0
    )


def _in_turn(groups: Sequence[Sequence[Suggestion]]) -> Iterator[Suggestion]:
    """The first of each group, then the second of each, and so on."""
    for turn in zip_longest(*groups):
        yield from (suggestion for suggestion in turn if suggestion)


def _wording(text: str) -> list[str]:
    """The terms of a question in order, with the word that asks."""
    return [term(w.text) for w in words(text) if not is_function_word(w.text) or w.text.casefold() in _ASKING]


def _is_held(told: Sequence[str], asked: Iterable[str]) -> bool:
    """Whether the terms of one question stand in another in the same order: who is asked about whom matters."""
    rest = iter(asked)
    return all(word in rest for word in told)
