"""What a conversation is about, and what a follow-up leaves unsaid of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.conversation import standalone
from qa_service.followup.entities import is_title, titled
from qa_service.followup.memory import Memory
from qa_service.followup.novelty import novelty
from qa_service.followup.own import own_names
from qa_service.followup.unsaid import leaves_unsaid, with_subject
from qa_service.language.references import NameBook
from qa_service.types import Name, Turn

BOOK = NameBook(
    [
        Name("orla brandeis", "Orla Brandeis", "person", ("Brandeis", "Orla Brandeis")),
        Name("tomas kelmet", "Tomas Kelmet", "person", ("Kelmet", "Tomas Kelmet")),
        Name("mira dun", "Mira Dun", "person", ("Mira Dun", "Dun")),
        Name("stone choir", "Stone Choir", "organisation", ("Stone Choir",)),
        Name("velm", "Velm", "place", ("Velm",)),
        Name("treaty of velm", "Treaty of Velm", "other", ("Treaty of Velm",)),
    ]
)


def asked(question: str, *turns: str) -> str:
    """The question after these turns; those that begin with ">" are answers."""
    history = [Turn("assistant", t[1:].strip()) if t.startswith(">") else Turn("user", t) for t in turns]
    return standalone(question, history, BOOK)


def remembered(*turns: str) -> Memory:
    memory = Memory(BOOK)
    for turn in turns:
        if turn.startswith(">"):
            memory.note_answer(turn[1:].strip())
        elif is_title(turn):
            memory.note_title(turn)
        else:
            memory.note_question(turn)
    return memory


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("Where did she live?", "Where did Orla Brandeis live?"),
        ("What is her best book?", "What is Orla Brandeis's best book?"),
        ("What happened next?", "What happened next to Orla Brandeis?"),
        ("Were there any awards?", "Were there any awards of Orla Brandeis?"),
        ("What was the result?", "What was the result of Orla Brandeis?"),
        ("When did they meet?", "When did Orla Brandeis meet?"),
    ],
)
def test_the_topic_that_was_stated_is_carried_along(question: str, full: str) -> None:
    assert asked(question, "Orla Brandeis", "Early life") == full


@pytest.mark.parametrize(
    "question",
    [
        "Where was Tomas Kelmet born?",
        "When did Brandeis leave Velm with her sister?",
        "Which mineral do smelters no longer extract?",
        "What does the pancreas produce in the human body?",
        "Which country said it will build reactors?",
        'Was "Grey Harbour" a hit?',
    ],
)
def test_a_new_topic_does_not_drag_the_old_one_along(question: str) -> None:
    assert asked(question, "Orla Brandeis", "Where was she born?", "> In Velm.") == question


def test_a_new_topic_takes_over() -> None:
    full = asked("Why did he resign?", "Where was Brandeis born?", "> In Velm.", "Where did Kelmet work?", "> In Velm.")
    assert full == "Why did Kelmet resign?"


def test_he_and_she_are_kept_apart() -> None:
    turns = ("Where was Brandeis born?", "> In Velm.", "Did she write?", "> Yes.", "Did Kelmet write?", "> No.")
    assert asked("When did she begin?", *turns) == "When did Brandeis begin?"
    assert asked("When did he begin?", *turns) == "When did Kelmet begin?"


def test_a_pronoun_behind_a_name_means_that_name() -> None:
    question = "What did Kelmet do when he left?"
    assert asked(question, "Where was Brandeis born?") == question


def test_two_who_married_are_they() -> None:
    full = asked("Did they have children?", "Whom did Brandeis marry?", "> She married Tomas Kelmet.")
    assert full == "Did Brandeis and Tomas Kelmet have children?"
    assert asked("Where did they live?", "Who was Kelmet's wife?") == "Where did Kelmet and Kelmet's wife live?"


def test_they_are_the_group_rather_than_its_singer() -> None:
    turns = ("Stone Choir (band)", "Who sang?", "> Mira Dun sang.")
    assert asked("When did they form?", *turns) == "When did Stone Choir form?"
    assert asked("Did the band tour?", *turns) == "Did the band Stone Choir tour?"


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("Was it a hit?", "Was Grey Harbour a hit?"),
        ("Was this popular?", "Was Grey Harbour popular?"),
        ("When did this album come out?", "When did the album Grey Harbour come out?"),
    ],
)
def test_it_and_this_are_the_work_named_last(question: str, full: str) -> None:
    assert asked(question, "Mira Dun", "What did she record?", '> She recorded "Grey Harbour" in 1983.') == full


def test_a_noun_means_the_name_that_holds_it() -> None:
    full = asked("What did the treaty say?", "Orla Brandeis", "What did she sign?", "> The Treaty of Velm.")
    assert full == "What did the Treaty of Velm say?"


def test_that_year_is_the_year_told_last() -> None:
    full = asked("What did she write that year?", "Orla Brandeis", "When did she leave?", "> In 1961, for Velm.")
    assert full == "What did Orla Brandeis write in 1961?"
    aspect = asked("Did she write during this time?", "Orla Brandeis", "Years in Velm (1958-1962)")
    assert aspect == "Did Orla Brandeis write during 1958-1962?"


def test_an_answer_that_knows_nothing_tells_nothing() -> None:
    assert remembered("Who sang?", "> I don't know.").answer == ""


def test_a_long_conversation_keeps_its_opening() -> None:
    filler = ["What else?", "> Nothing."] * 30
    assert asked("Where did she live?", "Orla Brandeis", *filler) == "Where did Orla Brandeis live?"


@pytest.mark.parametrize("turn", ["Sam Stone", "Will Stone", "Yes (band)", "Ada Stone Sr.", "Early life and education"])
def test_a_bare_title_is_a_topic(turn: str) -> None:
    assert is_title(turn)


@pytest.mark.parametrize("turn", ["Who sang?", "why", "And Kelmet", "did she sing", "He left on Monday.", "", "thanks"])
def test_what_asks_or_tells_is_no_title(turn: str) -> None:
    assert not is_title(turn)


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        ("Stone Choir (band)", "Stone Choir", "group"),
        ("Grey Harbour (film)", "Grey Harbour", "work"),
        ("Ben Cole (politician)", "Ben Cole", "person"),
        ("Orla Brandeis", "Orla Brandeis", "person"),
        ("Things", "Things", "other"),
    ],
)
def test_brackets_tell_what_a_title_names(title: str, name: str, kind: str) -> None:
    entity = titled(title, BOOK)
    assert (entity.name, entity.kind) == (name, kind)


def test_what_is_named_again_weighs_more_than_what_is_past() -> None:
    memory = remembered("Did Kelmet sing?", "Did Brandeis sing?", "Did Brandeis dance?")
    assert [entity.name for entity in memory.ranked()] == ["Brandeis", "Kelmet"]
    assert memory.known(titled("Orla Brandeis", BOOK)).name == "Brandeis"


def test_words_that_were_used_before_are_not_new() -> None:
    memory = remembered("Who recorded the album?")
    assert novelty("Was the album recorded?", memory) == 0
    assert novelty("Was the album a triumph?", memory) > 0
    assert novelty("Was zzyx recorded?", memory) > novelty("Was music recorded?", memory)


def test_own_names_are_told_apart_by_what_may_mean_them() -> None:
    own = own_names("Did Brandeis leave Velm for Ostia?", BOOK)
    assert own.people == ("Brandeis", "Ostia")
    assert own.groups == own.things == ("Velm", "Ostia")
    assert not own_names("Did anything happen?", BOOK)


@pytest.mark.parametrize(("question", "left"), [("Any other awards?", True), ("Is it true that wheat is dear?", False)])
def test_a_clause_is_a_subject_and_a_pointing_word_is_none(question: str, left: bool) -> None:
    assert leaves_unsaid(question, remembered("When did Brandeis leave?")) is left


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("Who won?", "Who won (A)?"),
        ("what happened then", "what happened then to A?"),
        ("What was the cause?", "What was the cause of A?"),
    ],
)
def test_the_subject_is_added_where_it_reads_well(question: str, full: str) -> None:
    assert with_subject(question, "A") == full


WORDS = st.sampled_from(
    "who what did she he they it this that the album band year Brandeis Velm other else when ? . , \" ' ( )".split()
)


@given(st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=6), st.lists(WORDS, max_size=8).map(" ".join))
def test_the_same_conversation_gives_the_same_question(turns: list[str], question: str) -> None:
    history = [Turn("user" if at % 2 == 0 else "assistant", turn) for at, turn in enumerate(turns)]
    full = standalone(question, history, BOOK)
    assert full == standalone(question, history, BOOK)
    assert bool(full.strip()) or not question.strip()
