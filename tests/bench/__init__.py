"""Builds measured, side by side with other tools; see ``python -m tests.bench --help``."""
