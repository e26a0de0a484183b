"""Stage 5: which lines of a post are headings of talks, which group them, which neither."""
