"""Imports: sources are read as posts, posts are planned as notes, and notes are written."""
