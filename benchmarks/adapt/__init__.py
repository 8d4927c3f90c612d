"""Public sets of questions become documents to index and question files, one small module a set."""
