"""Text files of cases: an input, a line ``# output``, and what is expected."""

from __future__ import annotations

from pathlib import Path


def read_case(path: Path) -> tuple[str, str]:
    """Return the input and what is expected of it."""
    source, _, expected = path.read_text(encoding="utf-8").partition("\n# output\n")
    return f"{source}\n", expected
