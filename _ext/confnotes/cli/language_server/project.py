"""A project whose files are open in an editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from confnotes import lint
from confnotes.catalogue import Catalogue, load
from confnotes.model import Problem


class Project:
    """The project below ``root``. ``cache`` is the file that keeps what was read of it."""

    def __init__(self, root: Path, cache: Path | None) -> None:
        self.root = root
        self._cache = cache
        self.catalogue: Catalogue | None = None
        """What was known when the project was last checked."""

    def check(self, texts: Mapping[str, str]) -> dict[str, list[Problem]]:
        """Return the problems of the open files; ``texts`` and the result are by path."""
        unsaved = {path: text.encode("utf-8", "surrogatepass") for path, text in texts.items()}
        self.catalogue = load(
            self.root,
            cache=self._cache,
            by_stat=True,
            is_wanted=unsaved.__contains__,
            unsaved=unsaved,
        )
        return _by_path(texts, lint.find_problems(self.catalogue))


def _by_path(paths: Iterable[str], problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {path: [] for path in paths}
    for problem in problems:
        if problem.path in found:
            found[problem.path].append(problem)
    return found
