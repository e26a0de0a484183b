"""The pages of an output, and what the last build knew of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from sys import intern

from confnotes.digests import digest
from confnotes.sphinx.html import Facts, read


class Pages(Mapping[str, Facts]):
    """The facts of each page, found when somebody asks for them.

    ``kept`` is a file with what the last build knew: whether all was right, the base, the
    files that are no pages; then a line for each page. What it says of a page counts as
    long as that has the same bytes.
    """

    def __init__(self, output: Path, names: Iterable[str], kept: Path) -> None:
        self._output = Path(output)
        self._kept = Path(kept)
        self._digests = {name: digest((self._output / name).read_bytes()) for name in sorted(names)}
        self._found: dict[str, Facts] = {}
        self._then: dict[str, tuple[str, str]] = {}
        self._sound, self._base, self._others = False, "", [""]
        try:
            head, *lines = self._kept.read_text(encoding="utf-8").splitlines()
            self._then = {name: (made, facts) for name, made, facts in map(_parts, lines)}
            self._sound, self._base, self._others = json.loads(head)
        except (OSError, ValueError, TypeError):
            self._then = {}

    def __getitem__(self, name: str) -> Facts:
        if name not in self._found:
            self._found[name] = self._look(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def are_sound(self, base: str, files: Collection[str]) -> bool:
        """Say whether this is the output that was right, to the byte."""
        then = {name: made for name, (made, _facts) in self._then.items()}
        return self._sound and (self._base, self._others, then) == (
            base,
            self._no_pages(files),
            self._digests,
        )

    def suspects(self, base: str, files: Collection[str]) -> Iterable[str]:
        """Return the pages that may not be right: others than they were, or all.

        While nothing has gone that a link could lead to, a page that was right still is.
        """
        is_lost = not ({*self._then, *self._others} <= {*files} and self._sound)
        changed = [name for name in self if self._then.get(name, ("",))[0] != self._digests[name]]
        if is_lost or self._base != base or any(map(self._has_lost, changed)):
            return self
        return changed

    def save(self, base: str, files: Collection[str], *, sound: bool) -> None:
        """Keep what is known now, whole or not at all."""
        new = self._kept.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            print(json.dumps([sound, base, self._no_pages(files)]), file=file)
            for name, made in self._digests.items():
                then, facts = self._then.get(name, ("", ""))
                kept = facts if then == made else json.dumps(self[name])
                print(json.dumps(name), made, kept, sep="\t", file=file)
        new.replace(self._kept)

    def _no_pages(self, files: Collection[str]) -> list[str]:
        return sorted(name for name in files if name not in self._digests)

    def _has_lost(self, name: str) -> bool:
        """Say whether an anchor of a page has gone."""
        if name not in self._then:
            return False
        then = _facts(self._then[name][1])
        return then is None or not {*then.anchors} <= {*self[name].anchors}

    def _look(self, name: str) -> Facts:
        then, facts = self._then.get(name, ("", ""))
        known = _facts(facts) if then == self._digests[name] else None
        return known or read((self._output / name).read_text("utf-8", "replace"))


def _parts(line: str) -> tuple[str, str, str]:
    name, made, facts = line.split("\t")
    return json.loads(name), made, facts


def _facts(kept: str) -> Facts | None:
    try:
        return Facts(*(list(map(intern, each)) for each in json.loads(kept)))
    except (ValueError, TypeError):
        return None
