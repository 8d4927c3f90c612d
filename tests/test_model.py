"""Language models: the real one against a real server, the fake, and the rest that a failing one is given."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterator

import model_server as fake
import pytest
from model_server import serving

from qa_service.model import Crowded, LanguageModel, Message, ModelFailed, OpenAIModel, Rested, Scripted, complete
from qa_service.model.line import LATE

ASK = (Message("system", "Be brief."), Message("user", "Who met whom?"))
KEY = "sk-secret-4711"


def soon() -> float:
    return time.monotonic() + 20


def said(behaviour: fake.Behaviour, key: str | None = None) -> tuple[str, fake.Asked]:
    """What a model answers to one question, and the last thing that its server was sent."""
    with serving(behaviour) as server:
        text = complete(OpenAIModel(server.base_url, "small-model", key), ASK, 50, soon())
        return text, server.requests[-1]


def test_an_answer_comes_in_pieces_that_make_up_the_text() -> None:
    with serving(fake.says("Anna met Bert [1].\n“Good,” she said [2].")) as server:
        pieces = list(OpenAIModel(server.base_url, "any").stream(ASK, 50, soon()))
    assert len(pieces) > 3
    assert all(pieces)
    assert "".join(pieces) == "Anna met Bert [1].\n“Good,” she said [2]."


def test_pieces_are_given_on_as_they_come() -> None:
    with serving(fake.stalls_after("Anna met Bert [1].")) as server:
        started = time.monotonic()
        assert next(OpenAIModel(server.base_url, "any").stream(ASK, 50, started + 60)) == "Anna me"
        assert time.monotonic() - started < 30  # of the sixty that the server would have kept silent


def test_a_request_holds_the_messages_and_asks_for_the_same_answer_each_time() -> None:
    _, asked = said(fake.says("Yes."))
    assert asked.path == "/v1/chat/completions"
    assert asked.body == {
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who met whom?"}],
        "model": "small-model",
        "stream": True,
        "max_tokens": 50,
        "temperature": 0,
        "reasoning_effort": "none",
    }


def test_a_request_tells_the_server_nothing_of_the_machine() -> None:
    _, asked = said(fake.says("Yes."), KEY)
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert not [name for name in asked.headers if name.startswith(("x-", "openai-"))]


def test_the_key_of_another_program_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"Authorization: Bearer {KEY}\nX-Other: {KEY}")
    _, asked = said(fake.says("Yes."))
    assert KEY not in str(asked)


def test_this_machine_is_reached_without_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert said(fake.says("Yes."))[0] == "Yes."


def test_a_reply_in_one_piece_is_accepted() -> None:
    assert said(fake.says_at_once("Anna met Bert [1]."))[0] == "Anna met Bert [1]."


@pytest.mark.parametrize(
    "behaviour", [fake.thinks("Who is it?", "Anna [1]."), fake.says("<think>\nWho is it?\n</think>\n\nAnna [1].")]
)
def test_thoughts_are_not_text(behaviour: fake.Behaviour) -> None:
    assert said(behaviour)[0] == "Anna [1]."


def test_the_other_name_of_the_limit_is_tried_once_and_remembered() -> None:
    with serving(fake.refuses("max_tokens", "Use 'max_completion_tokens' instead.")) as server:
        model = OpenAIModel(server.base_url, "any", retries=0)
        assert "max_completion_tokens" in complete(model, ASK, 50, soon())
        complete(model, ASK, 50, soon())
    assert ["max_tokens" in asked.body for asked in server.requests] == [True, False, False]


@pytest.mark.parametrize("parameter", ["temperature", "reasoning_effort"])
def test_a_parameter_that_is_refused_is_left_out(parameter: str) -> None:
    others = said(fake.refuses(parameter, "Only the default is supported."))[0].split()
    assert parameter not in others
    assert others == sorted(
        {"max_tokens", "messages", "model", "reasoning_effort", "stream", "temperature"} - {parameter}
    )


def test_a_request_that_is_refused_for_another_reason_fails() -> None:
    with pytest.raises(ModelFailed, match="refused the request"):
        said(fake.refuses("model", "Choose another."))


def test_the_key_is_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(fake.unauthorized) as server:
        model = OpenAIModel(server.base_url, "any", KEY)
        with pytest.raises(ModelFailed) as failed:
            complete(model, ASK, 50, soon())
    shown = "".join(traceback.format_exception(failed.value)) + repr(failed.value) + repr(model) + caplog.text
    assert server.requests[0].headers["authorization"].endswith(KEY)
    assert KEY not in shown


def test_what_is_asked_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said(fake.says("Nobody knows."))
    assert "Who met whom" not in caplog.text
    assert "Nobody" not in caplog.text


def test_the_script_is_given_out_text_by_text() -> None:
    model = Scripted("Anna met Bert [1].", ("Half of", ModelFailed("it broke off")), ModelFailed("it is away"))
    assert complete(model, ASK, 50, soon()) == "Anna met Bert [1]."
    pieces: list[str] = []
    with pytest.raises(ModelFailed, match="broke off"):
        pieces.extend(model.stream(ASK, 50, soon()))
    with pytest.raises(ModelFailed, match="away"):
        complete(model, ASK, 50, soon())
    with pytest.raises(ModelFailed, match="nothing more"):
        complete(model, ASK, 50, soon())
    assert model.asked == [ASK] * 4


class Clock:
    """A time that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def outcomes(model: LanguageModel, calls: int, deadline: float = 130.0) -> Iterator[str]:
    for _ in range(calls):
        try:
            yield complete(model, ASK, 50, deadline)
        except ModelFailed as failure:
            yield failure.reason


def test_a_model_that_failed_twice_is_not_asked_for_a_while() -> None:
    away = ModelFailed("it is away")
    script, clock = Scripted(away, away, "Back."), Clock()
    model = Rested(script, 10, clock)
    assert list(outcomes(model, 4)) == ["it is away", "it is away", "it failed a moment ago", "it failed a moment ago"]
    clock.now += 31
    assert list(outcomes(model, 1)) == ["Back."]
    assert len(script.asked) == 3


def test_a_model_that_fails_again_after_its_rest_rests_again() -> None:
    away, clock = ModelFailed("it is away"), Clock()
    model = Rested(Scripted(away, away, away, "Back."), 10, clock)
    list(outcomes(model, 2))
    clock.now += 31
    assert list(outcomes(model, 2)) == ["it is away", "it failed a moment ago"]


def test_a_model_that_fails_now_and_then_is_asked_each_time() -> None:
    away = ModelFailed("it is away")
    model = Rested(Scripted(away, "One.", away, "Two.", away, "Three."), 10, Clock())
    assert list(outcomes(model, 6)) == ["it is away", "One.", "it is away", "Two.", "it is away", "Three."]


@pytest.mark.parametrize(("seconds", "then"), [(3, "Back."), (20, "it failed a moment ago")])
def test_a_model_that_is_late_rests_only_if_it_had_time(seconds: float, then: str) -> None:
    late = ModelFailed(LATE)
    model = Rested(Scripted(late, late, "Back."), 10, Clock())
    assert list(outcomes(model, 3, Clock.now + seconds)) == [LATE, LATE, then]


def test_what_only_one_question_is_to_blame_for_lets_no_model_rest() -> None:
    long = ModelFailed("its answer was cut off", lasting=False)
    model = Rested(Scripted(long, long, "Back."), 10, Clock())
    assert list(outcomes(model, 3)) == [long.reason, long.reason, "Back."]


def test_a_call_that_is_closed_early_counts_as_one_that_worked() -> None:
    away = ModelFailed("it is away")
    model = Rested(Scripted(away, "A long text.", away, "Back."), 10, Clock())
    assert list(outcomes(model, 1)) == ["it is away"]
    stopped = model.stream(ASK, 50, Clock.now + 60)
    assert next(stopped)
    stopped.close()
    assert list(outcomes(model, 2)) == ["it is away", "Back."]


def test_only_a_few_calls_are_open_at_once() -> None:
    model = Crowded(Scripted("One.", "Two.", name="small-model"), 1)
    first = model.stream(ASK, 50, Clock.now + 60)
    assert next(first)
    assert list(outcomes(model, 1)) == ["it is busy with other questions"]
    first.close()
    assert (model.name, list(outcomes(model, 1))) == ("small-model", ["Two."])


def test_a_model_that_rests_has_the_same_name() -> None:
    assert Rested(Scripted(name="small-model"), 10).name == "small-model"
