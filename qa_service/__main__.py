"""``python -m qa_service`` is the command ``qa-service``; what it does is in ``cli``."""

from __future__ import annotations

from .cli import main

main(prog_name="qa-service")
