"""The day on which something was said."""

from __future__ import annotations

from datetime import date

import pytest

from qa_service.language.days import day_told

PUBLISHED = date(2021, 5, 21)  # a Friday


def told(sentence: str, published: date | None = PUBLISHED) -> date | None:
    """The day near "said", where what is said is what stands behind "that"."""
    cue, content = sentence.index("said"), sentence.index("that")
    return day_told(sentence, (cue, cue + 4), [(content, len(sentence))], published)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("She said on Wednesday that wheat was dear.", date(2021, 5, 19)),
        ("She said Friday that wheat was dear.", date(2021, 5, 21)),
        ("She said on Saturday that wheat was dear.", date(2021, 5, 15)),
        ("On Monday, she said that wheat was dear.", date(2021, 5, 17)),
        ("She said on May 10 that wheat was dear.", date(2021, 5, 10)),
        ("She said on 10 May that wheat was dear.", date(2021, 5, 10)),
        ("She said on Dec. 24 that wheat was dear.", date(2020, 12, 24)),
        ("She said on May 10, 2019, that wheat was dear.", date(2019, 5, 10)),
        ("She said yesterday that wheat was dear.", date(2021, 5, 20)),
        ("She said today that wheat was dear.", date(2021, 5, 21)),
        ("She said that wheat was dear on Monday.", None),
        ("She said on Feb. 30 that wheat was dear.", None),
    ],
)
def test_a_day_outside_of_what_is_said_is_found(sentence: str, day: date | None) -> None:
    assert told(sentence) == day


def test_without_publication_only_a_whole_date_is_a_day() -> None:
    assert told("She said on Wednesday that wheat was dear.", None) is None
    assert told("She said on May 10 that wheat was dear.", None) is None
    assert told("She said on May 10, 2019 that wheat was dear.", None) == date(2019, 5, 10)
