"""Stage 2: what one phrase names, each function pure and cached."""
