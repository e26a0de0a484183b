"""What the last finished build was made from, kept as digests in the doctree folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

Digests: TypeAlias = dict[str, str]
"""Digests by docname."""


def digest(*parts: str | bytes) -> str:
    """Return what changes with any of ``parts``, or with where one ends."""
    made = hashlib.blake2b(digest_size=12)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "little") + data)
    return made.hexdigest()


@dataclass(frozen=True)
class State:
    """Digests of every doctree, and of every page in each output.

    An empty one is that of a document which is there, and nobody knows of what.
    ``notes`` stands for all notes and what reads them, ``frames`` for these and what
    every page of an output is made with.
    """

    read: Digests = field(default_factory=dict)
    written: dict[str, Digests] = field(default_factory=dict)
    notes: str = ""
    frames: Digests = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> State:
        """Return the state kept at ``path``; none, or a damaged one, means all is stale."""
        try:
            return cls(**json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return cls()

    def unsure(self, output: str, docnames: Iterable[str]) -> State:
        """Return the state in which ``output`` may have ``docnames``, and nobody knows of what."""
        written = {**self.written, output: dict.fromkeys(docnames, "")}
        return replace(self, written=written, frames={**self.frames, output: ""})

    def save(self, path: Path) -> None:
        """Keep the state at ``path``, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(asdict(self), sort_keys=True), encoding="utf-8")
        new.replace(path)
