"""From files to Documents: ``load`` reads them, ``clean`` turns the text of a page into a Document."""

from __future__ import annotations
