"""What is asked: of whom, about what, on which occasion, for what kind of thing; several questions in one message."""
