"""A new event's page, for a person to complete."""

from __future__ import annotations

import re

import yaml

from confnotes.model import Event
from confnotes.pages import myst

_PLAIN = re.compile(r"[\w .,'’–&()-]*")


def render_event_page(event: Event) -> bytes:
    """Return the text of ``index.md`` in the event's folder."""
    known = {
        "name": event.name,
        "series": event.series,
        "start": event.start,
        "end": event.end,
        "place": event.location,
        "url": event.url,
    }
    values = {name: value for name, value in known.items() if value}
    front = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=1000)
    if event.start is None:
        front += "# start: and end: (as 2031-01-31) give ‘Day 2’ its date; place: says where\n"
    plain = _PLAIN.fullmatch(event.name) and "_" not in event.name
    heading = event.name if plain else myst.escape(event.name)
    return f"---\n{front}---\n\n# {heading}\n".encode("utf-8", "replace")
