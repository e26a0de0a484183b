"""What the last finished build was made from, kept as digests in the doctree folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from confnotes.files import atomic_write

DocumentDigests: TypeAlias = dict[str, str]
"""Digests by docname."""


@dataclass(frozen=True)
class Output:
    """What is in one output, and digests of what that was made from; empty if nobody knows.

    ``settings`` stands for what all pages are made with, ``notes`` for all notes and what
    reads them, ``read`` for all documents, ``pages`` for each; ``files`` are paths below it.
    """

    settings: str = ""
    notes: str = ""
    read: str = ""
    pages: DocumentDigests = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def invalidated(self, docnames: Iterable[str], files: Iterable[str]) -> Output:
        """Return a copy with all digests cleared, covering also these pages and files."""
        pages = dict.fromkeys([*self.pages, *docnames], "")
        return Output(pages=pages, files=sorted({*self.files, *files}))


@dataclass(frozen=True)
class BuildState:
    """Digests of every doctree, and of each output.

    ``doctrees`` is of the text of a document, ``dependencies`` of the files that it includes and of
    the doctree's size. An empty digest means the inputs are
    unknown; the document is treated as stale.
    """

    doctrees: DocumentDigests = field(default_factory=dict)
    dependencies: DocumentDigests = field(default_factory=dict)
    outputs: dict[str, Output] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> BuildState:
        """Return the state kept at ``path``; none, or a damaged one, means all is stale."""
        try:
            kept = json.loads(path.read_bytes())
            outputs = {name: Output(**output) for name, output in kept.pop("outputs").items()}
            state = cls(**kept, outputs=outputs)
            files = [name for output in outputs.values() for name in output.files]
            return state if all(isinstance(name, str) for name in files) else cls()
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
