"""Conversations of the people who ask, and what they think of the answers: kept in one file beside the index."""

from __future__ import annotations
