"""Settings: where each value comes from, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from qa_service.errors import BadSetting
from qa_service.settings import Settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without a file of settings, and no variables."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QA_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def write(text: str) -> None:
    Path("qa.toml").write_text(text, encoding="utf-8")


def test_without_anything_said_the_defaults_hold() -> None:
    settings = Settings.load()
    assert (settings.home, settings.seeds, settings.host) == (Path("index"), Path("seeds"), "127.0.0.1")
    assert (settings.port, settings.workers, settings.trusted_hosts) == (8000, 1, ())


def test_given_goes_before_variable_before_file_before_default(monkeypatch: pytest.MonkeyPatch) -> None:
    write('home = "from-file"\nport = 1\nworkers = 2\n')
    monkeypatch.setenv("QA_PORT", "3")
    monkeypatch.setenv("QA_HOME", "from-variable")
    settings = Settings.load(home=Path("given"), host=None)
    assert (settings.home, settings.port, settings.workers, settings.threads) == (Path("given"), 3, 2, 4)


def test_the_case_of_a_variable_does_not_matter_and_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("qa_passages", "7")
    monkeypatch.setenv("QA_SOMETHING_ELSE", "x")
    assert Settings.load().passages == 7


def test_an_address_may_stand_in_the_brackets_of_a_url() -> None:
    assert Settings.load(host="[::1]").host == "::1"
    with pytest.raises(BadSetting, match="host"):
        Settings.load(host="[]")


def test_hosts_in_a_variable_are_a_list_in_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_TRUSTED_HOSTS", '["qa.example", "[::1]"]')
    assert Settings.load().trusted_hosts == ("qa.example", "[::1]")


@pytest.mark.parametrize("value", ["qa.example", "[::1]", '"qa.example"', "[1]"])
def test_hosts_in_a_variable_that_are_no_list_are_an_error(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("QA_TRUSTED_HOSTS", value)
    with pytest.raises(BadSetting, match="trusted_hosts"):
        Settings.load()


def test_hosts_in_the_file_are_a_list() -> None:
    write('trusted_hosts = ["qa.example"]\n')
    assert Settings.load().trusted_hosts == ("qa.example",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", 65536), ("port", "eighty"), ("host", "  "), ("workers", 0), ("max_tokens", 16), ("passages", 0),
        ("max_body_bytes", 10), ("max_upload_bytes", 10), ("trusted_hosts", 5), ("home", 5),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named(name: str, value: Any) -> None:
    with pytest.raises(BadSetting, match=f"The setting {name} cannot be used: .+") as error:
        Settings.load(**{name: value})
    assert error.value.field == name


def test_a_bad_value_of_a_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_THREADS", "many")
    with pytest.raises(BadSetting, match="threads"):
        Settings.load()


def test_a_reason_of_our_own_is_told_without_more() -> None:
    with pytest.raises(BadSetting) as error:
        Settings.load(host=" ")
    assert error.value.message == "The setting host cannot be used: must name an address, for example 127.0.0.1."


def test_a_name_in_the_file_that_means_nothing_is_an_error() -> None:
    write("prot = 8000\n")
    with pytest.raises(BadSetting, match="prot cannot be used: there is no such setting"):
        Settings.load()


@pytest.mark.parametrize("text", ["port 8000", 'host = "', "port = 1\nport = 2"])
def test_a_file_that_is_not_toml_is_named(text: str) -> None:
    write(text)
    with pytest.raises(BadSetting, match=r"qa\.toml cannot be read as TOML"):
        Settings.load()


def test_a_file_that_cannot_be_read_is_named() -> None:
    Path("qa.toml").write_bytes(b'host = "\xff"')
    with pytest.raises(BadSetting, match=r"qa\.toml"):
        Settings.load()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings.load().port = 1
