"""What a sentence must meet before it is weighed at all: the right people, the right occasion, the right speaker.

The right person on the wrong occasion is what people most often get wrong answers for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.articles import Article
from qa_service.language.references import Reference
from qa_service.language.words import terms
from qa_service.questions.question import Question
from qa_service.types import Statement
from qa_service.weigh import journeys
from qa_service.weigh.journeys import Journey

_QUOTED = re.compile(r"[\"“]([^\"”]{6,})[\"”]")


def admits(question: Question, article: Article) -> bool:
    """Whether an article knows everyone the question names and tells of the meeting or call it speaks of.

    What is neither person, place nor body may be no name at all, only a word with a capital: it counts as evidence.
    Of several speakers one will do, since each may be quoted elsewhere; a comparison spans articles by its nature.
    """
    if question.speakers and not any(knows(article, speaker) for speaker in question.speakers):
        return False
    named = [knows(article, reference) for reference in question.others if reference.kind != "other"]
    if question.compares:
        return not named or any(named)
    return all(named) and tells_of(question, article)


def knows(article: Article, reference: Reference) -> bool:
    """Whether an article mentions somebody or something, if only in its title."""
    if any(key in article.all_keys for key in reference.keys):
        return True
    named = frozenset(terms(reference.surface))
    return bool(named) and named <= article.title_terms


def tells_of(question: Question, article: Article) -> bool:
    """Whether the meeting or call that the question speaks of, with all who took part, is told in the article."""
    occasion = question.occasion
    if occasion is None or len(occasion.parties) < 2:
        return True
    return any(took_part(occasion.parties, sides) for sides in article.occasions.all())


def took_part(parties: Sequence[Reference], sides: Sequence[str]) -> bool:
    """Whether everyone named is among those who took part."""
    return all(any(key in sides for key in party.keys) for party in parties)


def matches(question: Question, article: Article, sentence: int, statement: Statement | None) -> bool:
    """Whether a sentence holds what the question quotes, speaks of what it must be about, and was said when asked."""
    text = _plain(article.text(sentence))
    if not all(_plain(quote) in text for quote in _QUOTED.findall(question.text)):
        return False
    if not all(_speaks_of(reference, article, sentence, statement) for reference in question.about):
        return False
    if question.journey and not _tells_of_journey(question, question.journey, article, sentence):
        return False
    return not question.speakers or on_occasion(question, statement)


def _tells_of_journey(question: Question, journey: Journey, article: Article, sentence: int) -> bool:
    """Whether the journey is told where the answer stands; of somebody's words, anywhere in the article."""
    if question.speakers:
        return journeys.is_told(journey, article)
    return journeys.is_told_near(journey, article, sentence)


def on_occasion(question: Question, statement: Statement | None) -> bool:
    """Whether a statement belongs to the meeting or call that the question speaks of; yes where that is not told."""
    occasion = question.occasion
    if occasion is None or statement is None or len(occasion.parties) < 2:
        return True
    return took_part(occasion.parties, statement.occasion)


def _speaks_of(reference: Reference, article: Article, sentence: int, statement: Statement | None) -> bool:
    """Whether a name stands in the sentence, or beside it in the speaker's own words, or is the article's subject."""
    if any(key in article.subjects for key in reference.keys):
        return True
    speaker = statement.speaker_key if statement else None
    beside = [i for i in (sentence - 1, sentence + 1) if any(s.speaker_key == speaker for s in article.said.get(i, ()))]
    return any(key in article.keys[i] for key in reference.keys for i in (sentence, *beside))


def _plain(text: str) -> str:
    """Quotation marks, punctuation and case aside, for comparing what is quoted."""
    return re.sub(r"\W+", " ", text).casefold().strip()
