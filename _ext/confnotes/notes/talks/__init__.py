"""Stage 6: sections of a post become talks."""
