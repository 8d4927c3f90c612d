"""Reading English news without a model: words, names and who bears them, occasions, who says what."""
