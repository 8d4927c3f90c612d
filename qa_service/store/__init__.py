"""The store: one snapshot of the documents in SQLite, FAISS and BM25, written whole and never changed afterwards."""

from __future__ import annotations
