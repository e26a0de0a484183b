"""Templates of new pages of events, topics and people, for a person to complete."""

from __future__ import annotations

import re
import string
from typing import Any

import yaml

from confnotes.model import Event

_ESCAPES = str.maketrans({char: f"\\{char}" for char in string.punctuation})
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
    front = _yaml({name: value for name, value in known.items() if value})
    if event.start is None:
        front += "# start: and end: (as 2031-01-31) give ‘Day 2’ its date; place: says where\n"
    is_plain = _PLAIN.fullmatch(event.name) and "_" not in event.name
    return _page(front, event.name if is_plain else escape(event.name))


def render_topic_page(name: str) -> bytes:
    """Return the page of a topic with ``name`` as its title and its only phrase."""
    title = name[:1].upper() + name[1:]
    front = _yaml({"title": title, "phrases": [name]}, default_flow_style=None)
    return _page(front, escape(title))


def render_person_page(name: str) -> bytes:
    """Return the text of the page of a person, without a heading: the build adds the name."""
    return f"---\n{_yaml({'name': name})}---\n".encode("utf-8", "replace")


def escape(words: str) -> str:
    """Return ``words``, escaped for MyST."""
    return words.translate(_ESCAPES)


def _yaml(values: dict[str, object], **style: Any) -> str:
    text: str = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=1000, **style)
    return text


def _page(front: str, heading: str) -> bytes:
    return f"---\n{front}---\n\n# {heading}\n".encode("utf-8", "replace")
