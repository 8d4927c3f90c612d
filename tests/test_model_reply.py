"""The parts of a call by themselves: replies read from bytes, thoughts left out, parameters adapted, waits read."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.errors import BadSetting
from qa_service.model import ModelFailed, OpenAIModel
from qa_service.model.address import checked_address, checked_key, is_local
from qa_service.model.dialect import Dialect
from qa_service.model.refusals import retry_after
from qa_service.model.reply import text_of
from qa_service.model.thoughts import spoken

TEXTS = st.lists(st.text(alphabet="ab <>/\n\u2028\x85é“”", max_size=8), max_size=8)


def event(content: str | None, finish: str | None = None) -> bytes:
    """An event, its text not in ASCII, so that whatever Unicode takes for the end of a line stands in it."""
    choice = {"delta": {"content": content}, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice]}, ensure_ascii=False)}\r\n\r\n".encode()


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def read(*chunks: bytes) -> str:
    return "".join(text_of(chunks))


@given(TEXTS, st.integers(1, 40))
def test_a_text_is_the_same_however_its_bytes_are_cut(pieces: list[str], size: int) -> None:
    data = b": hello\n\n" + b"".join(map(event, ["x", *pieces])) + event(None, "stop")
    assert read(*cut(data, size)) == "x" + "".join(pieces)


@given(st.binary(max_size=300), st.integers(1, 40))
def test_bytes_of_any_kind_give_text_or_a_reason(data: bytes, size: int) -> None:
    with pytest.raises(ModelFailed):
        read(*cut(data, size))


@given(st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda v: st.lists(v) | st.dictionaries(
    st.sampled_from(["choices", "delta", "message", "content", "finish_reason", "error"]), v), max_leaves=12
))  # fmt: skip
def test_json_of_any_kind_gives_text_or_a_reason(value: object) -> None:
    for data in (json.dumps(value), f"data: {json.dumps(value)}\n\n"):
        with suppress(ModelFailed):
            assert read(data.encode())


def test_what_comes_behind_the_end_is_not_waited_for() -> None:
    def chunks() -> object:
        yield event("Yes.", "stop")
        raise AssertionError("the end had been said")

    assert "".join(text_of(chunks())) == "Yes."  # type: ignore[arg-type]  # an iterator that must not be used up


def test_a_server_that_ends_without_a_reason_but_says_done_has_ended() -> None:
    assert read(event("Yes."), b"data: [DONE]\n\n") == "Yes."


def test_a_reply_in_one_piece_may_stand_on_several_lines() -> None:
    whole = {"choices": [{"message": {"content": " Yes."}, "finish_reason": "stop"}]}
    assert read(json.dumps(whole, indent=2).encode()) == "Yes."


@given(TEXTS, st.integers(1, 9), st.sampled_from(["think", "THINKING", "reasoning"]))
def test_thoughts_are_left_out_however_they_are_cut(thought: list[str], size: int, tag: str) -> None:
    text = f"<{tag}>{''.join(thought)}</{tag}>He left in <b>May</b> [1]."
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert "".join(spoken(pieces)) == "He left in <b>May</b> [1]."


@given(st.lists(st.text(alphabet="thinkreasog <>/", max_size=6), max_size=6))
def test_a_text_without_thoughts_passes_whole(pieces: list[str]) -> None:
    text = "".join(pieces)
    if "<think" not in text and "</think" not in text and "reasoning>" not in text:
        assert "".join(spoken(pieces)) == text


def test_thoughts_that_never_end_are_no_text() -> None:
    assert "".join(spoken(["<think>I wonder", " whether"])) == ""


def test_thoughts_that_end_without_a_beginning_are_not_taken_for_an_answer() -> None:
    with pytest.raises(ModelFailed, match="thoughts"):
        list(spoken(["I wonder whether", "</think>Yes."]))


def test_parameters_are_given_up_one_after_the_other_and_only_if_they_are_named() -> None:
    dialect: Dialect | None = Dialect()
    seen = []
    for complaint in (
        "Use 'max_completion_tokens' instead of 'max_tokens'.",
        "No 'temperature' of 0.",
        "cannot do thinking",
    ):
        assert dialect is not None
        assert dialect.instead("no such model") is None
        dialect = dialect.instead(complaint)
        seen.append(dialect and dialect.parameters(9))
    assert seen == [
        {"max_completion_tokens": 9, "temperature": 0, "reasoning_effort": "none"},
        {"max_completion_tokens": 9, "reasoning_effort": "none"},
        {"max_completion_tokens": 9},
    ]
    assert dialect is not None
    assert dialect.instead("max_tokens, temperature, reasoning_effort") is None


@pytest.mark.parametrize(("value", "seconds"), [("2", 2), ("0.5", 0.5), ("-3", 0), ("", None), ("soon", None)])
def test_how_long_to_wait_is_read_in_seconds(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}) == seconds


def test_how_long_to_wait_is_read_from_a_day_and_time() -> None:
    wait = retry_after({"retry-after": formatdate(time.time() + 90, usegmt=True)})
    assert wait is not None
    assert 60 < wait <= 90


@pytest.mark.parametrize("address", ["", "localhost:11434", "ftp://host/v1", "http://", "http://h:port", "http://[::1"])
def test_an_address_that_cannot_be_used_is_a_bad_setting(address: str) -> None:
    with pytest.raises(BadSetting, match="llm_base_url"):
        OpenAIModel(address, "any")


def test_an_address_with_a_password_is_refused_without_saying_it() -> None:
    with pytest.raises(BadSetting) as refused:
        checked_address("http://me:hunter2@host/v1")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("key", ["sk-abc\ndef", "sk-ü", "sk abc"])
def test_a_key_that_cannot_be_sent_is_refused_without_saying_it(key: str) -> None:
    with pytest.raises(BadSetting) as refused:
        checked_key(key)
    assert key not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.9.9.9/v1", True),
        ("http://[::1]:8080", True),
        ("http://qa.localhost", True),
        ("https://api.example.com/v1", False),
        ("http://192.168.0.4", False),
        ("http://localhost.example.com", False),
    ],
)
def test_which_addresses_are_of_this_machine(address: str, local: bool) -> None:
    assert is_local(address) is local
