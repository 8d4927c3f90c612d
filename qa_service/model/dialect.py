"""The parameters that servers of one protocol disagree on, and which to try next; sending them is left to others.

Local servers know ``max_tokens`` only; newer models of OpenAI refuse it, and some of them any temperature of one's own.
``reasoning_effort`` is refused by older servers and for models that do not reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

REASONING = re.compile(r"reasoning|thinking")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one server wants to be told how long an answer may be, and what else it lets itself be told."""

    limit: str = "max_tokens"
    temperature: bool = True
    reasoning: bool = True

    def parameters(self, most: int) -> dict[str, object]:
        """What is sent beside the messages: how much, the same answer to the same question, and no thinking aloud.

        Thoughts would use up the tokens and the time that are meant for the answer.
        """
        told: dict[str, object] = {self.limit: most}
        if self.temperature:
            told["temperature"] = 0
        if self.reasoning:
            told["reasoning_effort"] = "none"
        return told

    def instead(self, complaint: str) -> Dialect | None:
        """The dialect to try after a request was refused with that text; None: another would not help.

        What is least known goes first: some servers repeat the whole request when they refuse it.
        """
        if self.reasoning and REASONING.search(complaint):
            return replace(self, reasoning=False)
        if self.limit == "max_tokens" and "max_tokens" in complaint:
            return replace(self, limit="max_completion_tokens")
        if self.temperature and "temperature" in complaint:
            return replace(self, temperature=False)
        return None
