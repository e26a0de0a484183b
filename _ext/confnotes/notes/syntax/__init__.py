"""Stage 1: bytes become lines, and lines become segments."""
