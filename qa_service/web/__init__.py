"""The web edge: HTTP in, HTTP out; every answer comes from the answerer that it is given."""

from __future__ import annotations
