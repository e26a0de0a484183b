"""What the last finished build was made from, kept as digests in the doctree folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

Digests: TypeAlias = dict[str, str]
"""Digests by docname."""


@dataclass(frozen=True)
class State:
    """Digests of every doctree, and of every page in each output."""

    read: Digests = field(default_factory=dict)
    written: dict[str, Digests] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> State:
        """Return the state kept at ``path``; none, or a damaged one, means all is stale."""
        try:
            stored = json.loads(path.read_bytes())
            return cls(stored["read"], stored["written"])
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def without(self, output: str) -> State:
        """Return the state in which nothing is known about ``output``."""
        return State(self.read, {k: v for k, v in self.written.items() if k != output})

    def save(self, path: Path) -> None:
        """Keep the state at ``path``, whole or not at all."""
        data = json.dumps({"read": self.read, "written": self.written}, sort_keys=True)
        new = path.with_suffix(".new")
        new.write_text(data, encoding="utf-8")
        new.replace(path)
