"""What a sentence must meet to answer, what speaks for it, and what the reader makes of it."""
