"""Stage 3: which lines are headings, and how each is parsed."""
