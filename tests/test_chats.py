"""What is kept of conversations: each browser its own, in order, for good, whoever writes at the same time."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from qa_service.chats import titles
from qa_service.chats.answers import Answers
from qa_service.chats.conversations import Conversations
from qa_service.chats.database import NAME, VERSION, Database
from qa_service.chats.values import Begun, Conversation, Feedback, Finished
from qa_service.errors import BadInput, Busy, Damaged, UnknownId
from qa_service.types import Turn

ANNA, BEN = "a" * 32, "b" * 32
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)


@pytest.fixture
def chats(tmp_path: Path) -> Conversations:
    return Conversations(Database(tmp_path))


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(Database(tmp_path))


def answer(identity: str, question: str = "Q?", text: str = "It says so.") -> Finished:
    return Finished(identity, question, text, json.dumps({"id": identity, "answer": f"{text} [1]"}))


def asked(chats: Conversations, question: str, text: str | None, browser: str = ANNA) -> Conversation:
    """A new conversation with one question, answered unless ``text`` is None."""
    made = chats.create(browser)
    begun = chats.begin(browser, made.id, question, None)
    if text is not None:
        chats.finish(begun, answer(f"ans_{made.id}", question, text))
    return chats.open(browser, made.id)[0]


def anew(chats: Conversations, made: Conversation, question: str) -> None:
    """Ask a question in place of the first one and all others, and have it answered."""
    chats.finish(chats.begin(ANNA, made.id, question, 0), answer(f"ans_{question}", question))


def listed(chats: Conversations, query: str | None = None, browser: str = ANNA) -> list[str]:
    return [each.id for each in chats.page(browser, query, 100, None)[0]]


def questions(chats: Conversations, identity: str) -> list[tuple[int, str, bool]]:
    return [(each.position, each.question, each.answer is not None) for each in chats.open(ANNA, identity)[1]]


# Conversations


def test_a_new_conversation_is_empty_and_not_listed(chats: Conversations) -> None:
    made = chats.create(ANNA)
    assert (made.title, made.turns) == (None, 0)
    assert chats.open(ANNA, made.id) == (made, [])
    assert listed(chats) == []


def test_a_question_is_kept_before_its_answer(chats: Conversations) -> None:
    made = chats.create(ANNA)
    begun = chats.begin(ANNA, made.id, "Who met whom?", None)
    assert questions(chats, made.id) == [(0, "Who met whom?", False)]
    chats.finish(begun, answer("ans_1"))
    assert questions(chats, made.id) == [(0, "Who met whom?", True)]


def test_what_was_said_before_is_handed_to_the_next_question(chats: Conversations) -> None:
    made = asked(chats, "Who met whom?", "A met B.")
    chats.begin(ANNA, made.id, "Why?", None)
    history = chats.begin(ANNA, made.id, "When?", None).history
    assert history == (Turn("user", "Who met whom?"), Turn("assistant", "A met B."), Turn("user", "Why?"))


def test_of_a_very_long_conversation_the_opening_and_the_latest_are_handed_on(chats: Conversations) -> None:
    made = chats.create(ANNA)
    for number in range(60):
        history = chats.begin(ANNA, made.id, f"Question {number}?", None).history
    told = [turn.content for turn in history]
    assert told == [f"Question {number}?" for number in (0, 1, *range(19, 59))]


def test_a_question_asked_anew_replaces_its_turn_and_all_later_ones_once_it_is_answered(chats: Conversations) -> None:
    made = chats.create(ANNA)
    for question in ("One?", "Two?", "Three?"):
        chats.begin(ANNA, made.id, question, None)
    begun = chats.begin(ANNA, made.id, "Other?", 1)
    assert [turn.content for turn in begun.history] == ["One?"]
    assert [question for _, question, _ in questions(chats, made.id)] == ["One?", "Two?", "Three?"]
    chats.finish(begun, answer("ans_1", "Other?"))
    assert questions(chats, made.id) == [(0, "One?", False), (1, "Other?", True)]


def test_a_question_asked_anew_that_is_never_answered_takes_nothing_away(chats: Conversations) -> None:
    made = asked(chats, "Who?", "They.")
    before = chats.open(ANNA, made.id)[1]
    chats.begin(ANNA, made.id, "Who else?", 0)
    assert chats.open(ANNA, made.id)[1] == before


def test_of_two_who_ask_anew_at_once_the_later_question_counts(chats: Conversations, answers: Answers) -> None:
    for first, second in ((0, 1), (1, 0)):
        made = asked(chats, "Who?", "They.")
        both = [chats.begin(ANNA, made.id, f"{number}?", 0) for number in range(2)]
        for number in (first, second):
            chats.finish(both[number], answer(f"ans_{made.id}_{number}", f"{number}?"))
            assert answers.body(f"ans_{made.id}_{number}")
        assert questions(chats, made.id) == [(0, "1?", True)]


def test_a_question_that_is_asked_while_another_is_asked_anew_is_not_lost(chats: Conversations) -> None:
    made = asked(chats, "Who?", "They.")
    anew = chats.begin(ANNA, made.id, "Who else?", 0)
    chats.finish(chats.begin(ANNA, made.id, "When?", None), answer("ans_when", "When?"))
    chats.finish(anew, answer("ans_anew", "Who else?"))
    assert questions(chats, made.id) == [(0, "Who?", True), (1, "When?", True)]


def test_the_place_behind_the_last_turn_is_the_end_and_there_is_none_behind_it(chats: Conversations) -> None:
    made = chats.create(ANNA)
    chats.begin(ANNA, made.id, "One?", 0)
    with pytest.raises(BadInput, match="at must be at most 1"):
        chats.begin(ANNA, made.id, "Two?", 2)
    assert questions(chats, made.id) == [(0, "One?", False)]


def test_an_answer_that_comes_too_late_is_kept_by_itself(chats: Conversations, answers: Answers) -> None:
    made = chats.create(ANNA)
    late = chats.begin(ANNA, made.id, "One?", None)
    chats.finish(chats.begin(ANNA, made.id, "Other?", 0), answer("ans_other", "Other?"))
    chats.finish(late, answer("ans_late"))
    (kept,) = chats.open(ANNA, made.id)[1]
    assert (kept.question, json.loads(kept.answer or "{}")["id"]) == ("Other?", "ans_other")
    assert json.loads(answers.body("ans_late"))["id"] == "ans_late"


@pytest.mark.parametrize("at", [None, 0])
def test_an_answer_whose_id_is_taken_is_refused_in_words_and_changes_nothing(
    chats: Conversations, answers: Answers, at: int | None
) -> None:
    made = asked(chats, "Who?", "They.")
    before = answers.body(f"ans_{made.id}")
    begun = chats.begin(ANNA, made.id, "When?", at)
    with pytest.raises(Busy, match="same identifier; ask again"):
        chats.finish(begun, answer(f"ans_{made.id}", "When?", "Then."))
    assert answers.body(f"ans_{made.id}") == before
    assert questions(chats, made.id)[0] == (0, "Who?", True)


def aged(home: Path, identity: str, days: float) -> None:
    """Let a conversation have been begun so long ago."""
    with closing(sqlite3.connect(home / NAME)) as connection:
        then = f"{datetime.now(UTC) - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
        connection.execute("UPDATE conversations SET created = ? WHERE id = ?", (then, identity))
        connection.commit()


def test_conversations_that_never_got_a_question_go_after_a_day(tmp_path: Path) -> None:
    before = Conversations(Database(tmp_path))
    old, young, foreign = before.create(ANNA), before.create(ANNA), before.create(BEN)
    said = asked(before, "Who?", None)
    for identity, days in ((old.id, 1.1), (foreign.id, 400), (young.id, 0.9), (said.id, 400)):
        aged(tmp_path, identity, days)
    chats = Conversations(Database(tmp_path))
    chats.create(ANNA)
    for browser, gone in ((ANNA, old), (BEN, foreign)):
        with pytest.raises(UnknownId):
            chats.open(browser, gone.id)
    assert [chats.open(ANNA, kept.id)[0].turns for kept in (young, said)] == [0, 1]


def test_an_answer_to_a_deleted_conversation_is_not_kept(chats: Conversations, answers: Answers) -> None:
    made = chats.create(ANNA)
    late = chats.begin(ANNA, made.id, "One?", None)
    chats.delete(ANNA, made.id)
    other = chats.create(ANNA)
    chats.begin(ANNA, other.id, "Two?", None)
    chats.finish(late, answer("ans_late"))
    assert questions(chats, other.id) == [(0, "Two?", False)]
    with pytest.raises(UnknownId):
        answers.body("ans_late")


def test_two_browsers_do_not_see_each_other(chats: Conversations) -> None:
    made = asked(chats, "Who?", "They.", ANNA)
    assert listed(chats, browser=BEN) == []
    for attempt in (
        lambda: chats.open(BEN, made.id),
        lambda: chats.rename(BEN, made.id, "Mine"),
        lambda: chats.delete(BEN, made.id),
        lambda: chats.begin(BEN, made.id, "And?", None),
    ):
        with pytest.raises(UnknownId):
            attempt()
    assert chats.open(ANNA, made.id)[0] == made


def test_the_conversation_asked_in_last_comes_first_and_a_new_name_moves_nothing(chats: Conversations) -> None:
    first, second = asked(chats, "One?", "1"), asked(chats, "Two?", "2")
    assert listed(chats) == [second.id, first.id]
    chats.begin(ANNA, first.id, "More?", None)
    chats.rename(ANNA, second.id, "Renamed")
    assert listed(chats) == [first.id, second.id]


def test_what_is_deleted_is_gone_from_the_file_too(chats: Conversations, answers: Answers, tmp_path: Path) -> None:
    made = asked(chats, "Where is the xylophone?", "In the marimba room.")
    answers.rate(f"ans_{made.id}", Feedback("down", (), "glockenspiel"))
    chats.delete(ANNA, made.id)
    assert listed(chats) == []
    assert answers.rated() == []
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = (tmp_path / NAME).read_bytes()
    assert not any(word in kept for word in (b"xylophone", b"marimba", b"glockenspiel"))


# Lists


def test_a_search_looks_in_titles_questions_and_answers(chats: Conversations) -> None:
    met, named, said = asked(chats, "Who MET?", "A."), asked(chats, "B?", "C."), asked(chats, "D?", "Straße.")
    chats.rename(ANNA, named.id, "Reykjavik")
    assert listed(chats, "met") == [met.id]
    assert listed(chats, "reykJAVIK") == [named.id]
    assert listed(chats, "STRASSE d?") == [said.id]
    assert listed(chats, "met reykjavik") == []


@given(size=st.integers(1, 7), count=st.integers(0, 12))
@settings(max_examples=15, deadline=None)
def test_pages_together_are_the_whole_list(tmp_path_factory: pytest.TempPathFactory, size: int, count: int) -> None:
    chats = Conversations(Database(tmp_path_factory.mktemp("home")))
    made = [asked(chats, f"{number}?", None).id for number in range(count)]
    found: list[str] = []
    cursor: str | None = None
    while True:
        page, cursor = chats.page(ANNA, None, size, cursor)
        assert len(page) == size or cursor is None
        found += [each.id for each in page]
        if cursor is None:
            break
    assert found == made[::-1]


def test_a_page_goes_on_where_it_stopped_though_others_were_asked_in(chats: Conversations) -> None:
    made = [asked(chats, f"{number}?", None).id for number in range(4)]
    _, cursor = chats.page(ANNA, None, 2, None)
    asked(chats, "new?", None)
    assert [each.id for each in chats.page(ANNA, None, 2, cursor)[0]] == [made[1], made[0]]


@pytest.mark.parametrize("cursor", ["x", "!", "LTE", "MQoy", "٣"])
def test_a_cursor_that_no_page_gave_out_is_refused(chats: Conversations, cursor: str) -> None:
    with pytest.raises(BadInput, match="cursor"):
        chats.page(ANNA, None, 2, cursor)


# Titles


def test_the_title_is_the_first_question_until_somebody_gives_one(chats: Conversations) -> None:
    made = asked(chats, "Who met whom in\nReykjavik?", None)
    assert made.title == "Who met whom in Reykjavik?"
    anew(chats, made, "Who met whom in Oslo?")
    assert chats.open(ANNA, made.id)[0].title == "Who met whom in Oslo?"
    assert chats.rename(ANNA, made.id, "Oslo").title == "Oslo"
    anew(chats, made, "And then?")
    assert chats.open(ANNA, made.id)[0].title == "Oslo"


@given(WORDS | st.text(st.sampled_from("word ,\n"), min_size=60, max_size=200))
def test_a_title_is_one_short_line_that_begins_like_the_question(question: str) -> None:
    title = titles.from_question(question)
    line = " ".join(question.split())
    assert len(title) <= titles.LONGEST
    assert title == line or (title.endswith("…") and line.startswith(title[:-1]))


def test_a_long_question_is_cut_after_a_word() -> None:
    assert titles.from_question("word " * 30) == "word " * 15 + "word…"
    assert titles.from_question("x" * 100) == "x" * 79 + "…"


@given(WORDS)
def test_a_file_name_is_safe_whatever_the_title(title: str) -> None:
    name = titles.file_name(title, "md")
    assert name.removesuffix(".md").replace("-", "a").isalnum()
    assert name.isascii()
    assert len(name) <= 63


@pytest.mark.parametrize(
    ("title", "name"),
    [("Ärger in Zürich?", "arger-in-zurich.md"), ("../../etc/passwd", "etc-passwd.md"), (None, "conversation.md")],
)
def test_a_file_is_named_after_its_conversation(title: str | None, name: str) -> None:
    assert titles.file_name(title, "md") == name


# Feedback


def test_the_last_feedback_counts(chats: Conversations, answers: Answers) -> None:
    made = asked(chats, "Who?", "They.")
    answers.rate(f"ans_{made.id}", Feedback("up"))
    answers.rate(f"ans_{made.id}", Feedback("down", ("inaccurate", "other"), "It was Ben."))
    (given,) = answers.rated()
    assert (given.question, given.answer) == ("Who?", "They. [1]")
    assert given.feedback == chats.open(ANNA, made.id)[1][0].feedback
    assert given.feedback == Feedback("down", ("inaccurate", "other"), "It was Ben.")


def test_feedback_survives_asking_again(chats: Conversations, answers: Answers) -> None:
    made = asked(chats, "Who?", "They.")
    answers.rate(f"ans_{made.id}", Feedback("down"))
    anew(chats, made, "Who?")
    assert [each.feedback.rating for each in answers.rated()] == ["down"]
    assert chats.open(ANNA, made.id)[1][0].feedback is None


def test_feedback_on_an_unknown_answer_is_refused(answers: Answers) -> None:
    with pytest.raises(UnknownId):
        answers.rate("ans_unknown", Feedback("up"))


def test_where_nothing_was_ever_kept_there_is_no_feedback_and_no_file(answers: Answers, tmp_path: Path) -> None:
    assert answers.rated() == []
    assert not (tmp_path / NAME).exists()


# The file


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    made = asked(Conversations(Database(tmp_path)), "Who?", "They.")
    again = Conversations(Database(tmp_path))
    assert again.open(ANNA, made.id)[0] == made
    assert listed(again) == [made.id]


def test_the_file_says_its_version_and_is_written_ahead(chats: Conversations, tmp_path: Path) -> None:
    chats.create(ANNA)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_of_a_newer_version_is_left_alone(chats: Conversations, tmp_path: Path) -> None:
    chats.create(ANNA)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(Damaged, match="newer version"):
        Conversations(Database(tmp_path)).create(ANNA)


def test_a_file_that_is_no_database_is_told_without_its_place(chats: Conversations, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"not a database " * 100)
    with pytest.raises(Damaged, match="cannot be used") as told:
        chats.create(ANNA)
    assert str(tmp_path) not in told.value.message


def test_a_home_that_cannot_be_made_is_told_without_its_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Damaged) as told:
        Conversations(Database(tmp_path / "file" / "home")).create(ANNA)
    assert str(tmp_path) not in told.value.message


def write(home: Path, browser: str) -> None:
    chats = Conversations(Database(home))
    made = chats.create(browser)
    for number in range(10):
        chats.finish(chats.begin(browser, made.id, f"{number}?", None), answer(f"{made.id}_{number}"))


def replace(home: Path, identity: str, tab: int) -> None:
    chats = Conversations(Database(home))
    for number in range(10):
        at = (None, 0)[number % 2]
        chats.finish(chats.begin(ANNA, identity, f"{tab}.{number}?", at), answer(f"ans_{tab}_{number}"))


WRITER = """
import sys
from pathlib import Path
from qa_service.chats.conversations import Conversations
from qa_service.chats.database import Database
chats = Conversations(Database(Path(sys.argv[1])))
made = chats.create(sys.argv[2])
for number in range(10):
    chats.begin(sys.argv[2], made.id, f"{number}?", None)
"""
FORKING = """
import os, sys
from pathlib import Path
from qa_service.chats.conversations import Conversations
from qa_service.chats.database import Database
chats = Conversations(Database(Path(sys.argv[1])))
chats.begin(sys.argv[2], sys.argv[3], "Two?", None)
child = os.fork()
if child == 0:
    chats.begin(sys.argv[2], sys.argv[3], "Three?", None)
    sys.exit()
assert os.waitpid(child, 0)[1] == 0
chats.begin(sys.argv[2], sys.argv[3], "Four?", None)
"""


def test_threads_that_begin_a_file_together_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write(tmp_path, ANNA if number % 2 else BEN), range(8)))
    chats = Conversations(Database(tmp_path))
    for browser in (ANNA, BEN):
        assert [each.turns for each in chats.page(browser, None, 100, None)[0]] == [10] * 4


def test_two_tabs_that_ask_anew_at_the_same_time_leave_one_straight_line(tmp_path: Path) -> None:
    made = asked(Conversations(Database(tmp_path)), "Who?", "They.")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda tab: replace(tmp_path, made.id, tab), range(4)))
    kept = questions(Conversations(Database(tmp_path)), made.id)
    assert [position for position, _, _ in kept] == list(range(len(kept)))
    assert all(answered for _, _, answered in kept)


def test_processes_that_begin_a_file_together_lose_nothing(tmp_path: Path) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), ANNA]) for _ in range(3)]
    assert [process.wait(100) for process in processes] == [0, 0, 0]
    page, _ = Conversations(Database(tmp_path)).page(ANNA, None, 100, None)
    assert [each.turns for each in page] == [10] * 3


def test_a_forked_process_has_connections_of_its_own(tmp_path: Path) -> None:
    made = asked(Conversations(Database(tmp_path)), "One?", None)
    subprocess.run([sys.executable, "-c", FORKING, str(tmp_path), ANNA, made.id], check=True, timeout=100)
    again = Conversations(Database(tmp_path))
    assert [question for _, question, _ in questions(again, made.id)] == ["One?", "Two?", "Three?", "Four?"]


Owned = tuple[str, str]


@dataclass
class Asked:
    """A question that waits for its answer; ``turn`` is its place in the record, None if it is to replace others."""

    owned: Owned
    begun: Begun
    question: str
    at: int
    turn: list[str | None] | None


class TwoBrowsers(RuleBasedStateMachine):
    """Two browsers at work in several tabs, beside a plain record of what must be kept: questions and answers."""

    def __init__(self) -> None:
        super().__init__()
        self.home = TemporaryDirectory()
        self.chats = Conversations(Database(Path(self.home.name)))
        self.said: dict[Owned, list[list[str | None]]] = {}
        self.waiting: list[Asked] = []
        self.latest: dict[Owned, Asked] = {}
        self.count = 0

    def teardown(self) -> None:
        self.home.cleanup()

    @rule(browser=st.sampled_from((ANNA, BEN)))
    def create(self, browser: str) -> None:
        self.said[browser, self.chats.create(browser).id] = []

    @precondition(lambda self: self.said)
    @rule(data=st.data(), question=WORDS)
    def ask(self, data: st.DataObject, question: str) -> None:
        owned = data.draw(st.sampled_from(list(self.said)))
        said = self.said.pop(owned)
        at = data.draw(st.none() | st.integers(0, len(said)))
        begun = self.chats.begin(*owned, question, at)
        turn = [question, None] if at in (None, len(said)) else None
        self.said[owned] = [*said, turn] if turn else said
        self.latest[owned] = Asked(owned, begun, question, len(said) if at is None else at, turn)
        self.waiting.append(self.latest[owned])

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), text=WORDS)
    def answer(self, data: st.DataObject, text: str) -> None:
        asked = self.waiting.pop(data.draw(st.integers(0, len(self.waiting) - 1)))
        self.count += 1
        self.chats.finish(asked.begun, answer(f"ans_{self.count}", asked.question, text))
        if asked.turn is not None:
            asked.turn[1] = text
        elif self.latest.get(asked.owned) is asked:
            self.said[asked.owned][asked.at :] = [[asked.question, text]]

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        self.waiting.pop(data.draw(st.integers(0, len(self.waiting) - 1)))

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        owned = data.draw(st.sampled_from(list(self.said)))
        self.chats.delete(*owned)
        del self.said[owned]
        self.latest.pop(owned, None)

    @invariant()
    def everything_is_as_it_was_said(self) -> None:
        for (browser, identity), said in self.said.items():
            kept = self.chats.open(browser, identity)[1]
            texts = [json.loads(each.answer)["answer"].removesuffix(" [1]") if each.answer else None for each in kept]
            assert [[each.question, text] for each, text in zip(kept, texts, strict=True)] == said

    @invariant()
    def each_browser_lists_its_own_last_asked_in_first(self) -> None:
        for browser in (ANNA, BEN):
            own = [identity for (owner, identity), said in self.said.items() if owner == browser and said]
            assert listed(self.chats, browser=browser) == own[::-1]


TestTwoBrowsers = TwoBrowsers.TestCase
TestTwoBrowsers.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
