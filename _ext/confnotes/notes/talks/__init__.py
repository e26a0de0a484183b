"""Stage 4: labelled segments become talks."""
