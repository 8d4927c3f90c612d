"""Hits become an answer: candidates, one decision, a draft, its verification, its text."""
