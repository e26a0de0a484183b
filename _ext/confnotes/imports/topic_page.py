"""A new topic's page, for a person to complete."""

from __future__ import annotations

import yaml

from confnotes.pages import myst


def render_topic_page(name: str) -> bytes:
    """Return the text of the page of a topic that talks have where they say ``name``."""
    title = name[:1].upper() + name[1:]
    values = {"title": title, "phrases": [name]}
    front = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=1000,
                           default_flow_style=None)  # fmt: skip
    return f"---\n{front}---\n\n# {myst.escape(title)}\n".encode("utf-8", "replace")
