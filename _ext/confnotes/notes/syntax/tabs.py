"""Tables of talks whose cells tabs part, as a browser copies them."""

from __future__ import annotations

from itertools import groupby

from confnotes.notes.languages.patterns import compile_phrases

COLUMN_OF_TITLES = r"(?i)<columns.title>"
COLUMN_OF_SPEAKERS = r"(?i)<fields.speakers,columns.speakers>"
"""What the header of a table calls its columns."""
_MIN_ROWS = 3


def frame_tables(text: str) -> str:
    """Return a text with bars for the tabs of tables whose header names titles and speakers."""
    if text.count("\t") < _MIN_ROWS:
        return text
    lines: list[str] = []
    for has_tabs, run in groupby(text.split("\n"), key=lambda line: "\t" in line.strip()):
        rows = [*run]
        if has_tabs and len(rows) >= _MIN_ROWS and _is_header(rows[0]):
            cells = [row.strip(" \r").replace("|", "\\|").split("\t") for row in rows]
            rows = [f"| {' | '.join(row)} |" for row in cells]
        lines += rows
    return "\n".join(lines)


def _is_header(row: str) -> bool:
    patterns = compile_phrases(COLUMN_OF_TITLES), compile_phrases(COLUMN_OF_SPEAKERS)
    return len(row) < 200 and all(
        any(pattern.search(cell) for cell in row.split("\t")) for pattern in patterns
    )
