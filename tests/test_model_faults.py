"""Whatever a model's server does, over real HTTP: the text ends in time, with a reason, and nothing stays behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import model_server as fake
import pytest
from model_server import Behaviour, serving

from qa_service.model import Message, ModelFailed, OpenAIModel, complete
from qa_service.model.line import THREAD

ASK = (Message("system", "Be brief."), Message("user", "Who?"))
HALF = "The first half [1]."
LATE, BROKEN, UNREADABLE = "it did not answer in time", "it broke off", "it sent something that cannot be read"
PATIENCE = 3.0  # seconds over the deadline from which a call counts as hanging


def ask(behaviour: Behaviour, seconds: float = 1.0, retries: int = 0) -> tuple[str, str | None]:
    """The text that a call yielded, and why it failed; the call must have ended, with all that it had open."""
    with serving(behaviour) as server:
        model = OpenAIModel(server.base_url, "any", retries=retries)
        text, reason, started = "", None, time.monotonic()
        try:
            for piece in model.stream(ASK, 50, started + seconds):
                text += piece
        except ModelFailed as failure:
            reason = failure.reason
        assert time.monotonic() - started < seconds + PATIENCE
        assert within(PATIENCE, lambda: THREAD not in {thread.name for thread in threading.enumerate()})
    return text, reason


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return is_so()


@pytest.mark.parametrize(
    ("behaviour", "text", "reason"),
    [
        (fake.down, "", "it cannot be reached"),
        (fake.slow, "", LATE),
        (fake.stalls, "", LATE),
        (fake.stalls_after(HALF), HALF, LATE),
        (fake.drip, "", LATE),
        (fake.drips_head, "", LATE),
        (fake.drips_error, "", LATE),
        (fake.comments, "", LATE),
        (fake.cut, HALF, BROKEN),
        (fake.ends_early, HALF, BROKEN),
        (fake.garbage, "", UNREADABLE),
        (fake.not_http, "", BROKEN),
        (fake.html, "", UNREADABLE),
        (fake.wrong_json, "", UNREADABLE),
        (fake.empty, "", BROKEN),
        (fake.says("  \n "), "", "it sent no text"),
        (fake.error_in_reply, "", "it reported an error"),
        (fake.error_in_stream, HALF, "it reported an error"),
        (fake.length, "The first half of", "its answer was cut off"),
        (fake.rate_limited(0), "", "it is asked too often"),
        (fake.error_500, "", "it had an error of its own"),
        (fake.unauthorized, "", "it did not accept the key"),
        (fake.unknown_model, "", "it does not know the model or the address that is set"),
    ],
)
def test_a_fault_ends_in_time_with_the_text_so_far_and_a_reason(behaviour: Behaviour, text: str, reason: str) -> None:
    assert ask(behaviour) == (text, reason)


def test_a_line_without_end_is_not_kept() -> None:
    assert ask(fake.floods, seconds=20) == ("", "it sent too much")


@pytest.mark.parametrize("behaviour", [fake.slow, fake.comments, fake.drips_head, fake.error_500, fake.down])
def test_tries_end_with_the_deadline_too(behaviour: Behaviour) -> None:
    text, reason = ask(behaviour, retries=10)
    assert (text, reason is not None) == ("", True)


@pytest.mark.parametrize("wait", [3600, "Wed, 21 Oct 2099 07:28:00 GMT", "inf"])
def test_a_server_that_wants_to_be_asked_after_the_deadline_is_not_waited_for(wait: float | str) -> None:
    started = time.monotonic()
    assert ask(fake.rate_limited(wait), seconds=60, retries=5) == ("", "it is asked too often")
    assert time.monotonic() - started < 30  # of sixty that there were


@pytest.mark.parametrize("fault", [fake.rate_limited(0.1), fake.error_500, fake.not_http])
def test_a_passing_fault_is_tried_again(fault: Behaviour) -> None:
    assert ask(fake.in_turn(fault, fake.says("Anna [1].")), seconds=20, retries=1) == ("Anna [1].", None)


def test_a_server_is_asked_as_often_as_is_set() -> None:
    with serving(fake.rate_limited(0.01)) as server, pytest.raises(ModelFailed):
        complete(OpenAIModel(server.base_url, "any", retries=2), ASK, 50, time.monotonic() + 20)
    assert len(server.requests) == 3


@pytest.mark.parametrize("fault", [fake.unauthorized, fake.unknown_model, fake.cut, fake.length, fake.html])
def test_what_would_not_change_is_not_tried_again(fault: Behaviour) -> None:
    assert ask(fake.in_turn(fault, fake.says("Anna [1].")), seconds=20, retries=2)[1] is not None


def test_a_reader_that_goes_away_ends_the_call() -> None:
    with serving(fake.stalls_after(HALF)) as server:
        pieces = OpenAIModel(server.base_url, "any").stream(ASK, 50, time.monotonic() + 60)
        assert next(pieces)
        pieces.close()  # type: ignore[attr-defined]  # an iterator by contract, a generator in fact
        assert within(5, lambda: THREAD not in {thread.name for thread in threading.enumerate()})


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files cannot be counted here")
def test_no_connection_stays_open() -> None:
    ask(fake.slow, seconds=0.2)  # the first call opens what stays for all
    before = len(os.listdir("/proc/self/fd"))
    for behaviour in (fake.slow, fake.stalls, fake.cut, fake.error_500, fake.says("Yes.")) * 2:
        ask(behaviour, seconds=0.2)
    assert within(5, lambda: len(os.listdir("/proc/self/fd")) <= before)


def test_calls_side_by_side_fail_each_by_its_own_deadline() -> None:
    with serving(fake.comments) as server:
        model = OpenAIModel(server.base_url, "any")
        failed: list[str] = []

        def call() -> None:
            try:
                complete(model, ASK, 50, time.monotonic() + 0.5)
            except ModelFailed as failure:
                failed.append(failure.reason)

        threads = [threading.Thread(target=call) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(5)
    assert failed == [LATE] * 8
