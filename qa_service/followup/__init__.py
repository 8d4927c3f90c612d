"""Follow-up questions made to stand alone: what a conversation is about, and what a question leaves unsaid of it."""

from __future__ import annotations
