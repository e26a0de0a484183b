"""What the last finished build was made from and has made, kept in the doctree folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from confnotes.files import atomic_write
from confnotes.stamps import Stamp

DocumentDigests: TypeAlias = dict[str, str]
"""Digests by docname."""


@dataclass(frozen=True)
class Output:
    """What is in one output, and digests of what that was made from; empty if that is not known.

    ``settings`` stands for what all pages are made with, ``notes`` for all notes and what
    reads them, ``read`` for all documents, ``pages`` for each; ``files`` are the stamps of
    files, by path below the output.
    """

    settings: str = ""
    notes: str = ""
    read: str = ""
    pages: DocumentDigests = field(default_factory=dict)
    files: dict[str, Stamp] = field(default_factory=dict)


@dataclass(frozen=True)
class BuildState:
    """Every document that was read, and each output.

    ``read`` has a digest of the text of a document, ``used`` of what else it was read with,
    ``doctrees`` the stamp of its doctree.
    """

    read: DocumentDigests = field(default_factory=dict)
    used: DocumentDigests = field(default_factory=dict)
    doctrees: dict[str, Stamp] = field(default_factory=dict)
    outputs: dict[str, Output] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> BuildState:
        """Return the state kept at ``path``; none, or a damaged one, means that all is stale."""
        try:
            kept = json.loads(path.read_bytes())
            outputs = {
                name: Output(**{**output, "files": _stamps(output["files"])})
                for name, output in kept.pop("outputs").items()
            }
            return cls(**{**kept, "doctrees": _stamps(kept["doctrees"])}, outputs=outputs)
        except (OSError, ValueError, TypeError, AttributeError, LookupError):
            return cls()

    def output(self, name: str) -> Output:
        """Return the output of this name, an empty one where there is none."""
        return self.outputs.get(name, Output())

    def with_output(self, name: str, output: Output) -> BuildState:
        """Return the state in which the output of this name is ``output``."""
        return replace(self, outputs={**self.outputs, name: output})

    def save(self, path: Path) -> None:
        """Keep the state at ``path``, whole or not at all."""
        outputs = {name: vars(output) for name, output in self.outputs.items()}
        with atomic_write(path) as new:
            new.write_text(json.dumps({**vars(self), "outputs": outputs}, sort_keys=True), "utf-8")


def _stamps(kept: dict[str, list[int | str]]) -> dict[str, Stamp]:
    return {
        name: Stamp(int(size), int(time), str(made)) for name, (size, time, made) in kept.items()
    }
