"""The texts that a language model is given, read from files and checked; what fills them is left to those who ask."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

from .errors import BadSetting
from .model import Message

HERE = Path(__file__).parent
SHIPPED = (HERE / "data" / "prompts", HERE.parent / "prompts")  # in the installed package, in a checkout
COMMENT = re.compile(r"\A\s*<!--.*?-->", re.S)
RULER = re.compile(r"^---[ \t]*$", re.M)
PLACE = re.compile(r"\{([a-z_]+)\}")
PLACES = {
    "answer": {"passages", "question", "sentences", "boundary"},
    "rewrite_question": {"conversation", "question"},
    "split_question": {"question"},
    "follow_ups": {"passages", "question", "boundary"},
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A system text and a user text with ``{places}`` to be filled."""

    system: str
    user: str

    def fill(self, **values: str) -> tuple[Message, ...]:
        """Return both messages with each place filled; what stands in a value is never filled again."""

        def filled(text: str) -> str:
            return PLACE.sub(lambda place: values[place[1]], text)

        return Message("system", filled(self.system)), Message("user", filled(self.user))


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompts by their purpose; ``PLACES`` says what each is filled with."""

    answer: Prompt
    rewrite_question: Prompt
    split_question: Prompt
    follow_ups: Prompt

    @classmethod
    def load(cls, folder: Path | None) -> Prompts:
        """Read the prompts: from ``folder`` those that it holds, the others as shipped.

        Raises BadSetting, which names the file, for one that cannot be read or has other places than it must have.
        """
        if folder is not None and not folder.is_dir():
            raise BadSetting(f"The setting prompts cannot be used: there is no folder {folder.name}.", "prompts")
        return cls(**{field.name: _read(_file(folder, field.name)) for field in fields(cls)})


def _file(folder: Path | None, purpose: str) -> Path:
    """Where the prompt is: in the folder of one's own, else in the first shipped one that has it."""
    folders = SHIPPED if folder is None else (folder, *SHIPPED)
    files = [place / f"{purpose}.md" for place in folders]
    return next((file for file in files if file.is_file()), files[-1])


def _read(file: Path) -> Prompt:
    try:
        text = COMMENT.sub("", file.read_text(encoding="utf-8-sig"), count=1)
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(file, "it cannot be read as a text") from error
    halves = RULER.split(text)
    if len(halves) != 2:
        raise _bad(file, "a line --- must stand once, between what the system and what the user says")
    _check_places(file, set(PLACE.findall(text)))
    return Prompt(*(half.strip() for half in halves))


def _check_places(file: Path, found: set[str]) -> None:
    wanted = PLACES[file.stem]
    for place in sorted(wanted - found):
        raise _bad(file, f"{{{place}}} must stand in it")
    for place in sorted(found - wanted):
        raise _bad(file, f"nothing is known that could be put in for {{{place}}}")


def _bad(file: Path, reason: str) -> BadSetting:
    return BadSetting(f"The prompt {file.name} cannot be used: {reason}.", "prompts")
