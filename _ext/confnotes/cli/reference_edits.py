"""Edit references to a page that moves: links, roles, toctrees, topics and redirects."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from confnotes.exports.published_addresses import iter_page_files
from confnotes.exports.redirects import NAME, RedirectTarget, parse_redirects, quote_address
from confnotes.files import SourceFileError, read_file, replace_file
from confnotes.names import identity_key
from confnotes.suffixes import NOTE_SUFFIXES, suffix_of

_ROLE = re.compile(
    r"(?P<start>(?:\{(?:conf:)?(?P<myst>[\w:-]+)\}|:(?:conf:)?(?P<rst>[\w-]+):)`(?:[^`<>]*<)?)"
    r"(?P<target>[^`<>]+)"
)
_LINK = re.compile(
    r"(?P<start>\]\(\s*<?|^\[[^\]\n]+\]:[ \t]*<?)(?P<target>[^\s()<>#]+)", re.MULTILINE
)
_TOCTREE = re.compile(r"([`:]{3,})\{toctree\}|\.\. toctree::")
_TOCTREE_ENTRY = re.compile(r"(?P<start>[ \t]*(?:[^<>]*<)?)(?P<target>[^\s<>:`{}]+)")
_PARENT = re.compile(r"^(?P<start>parent:[ \t]*[\"']?)(?P<target>[^\s\"']+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A page that moves from docname ``old`` to ``new``; ``suffix`` is the suffix of its file.

    ``names`` are the identities of the names of a topic or speaker, which do not change.
    """

    old: str
    new: str
    suffix: str = ""
    names: frozenset[str] = frozenset()

    @property
    def is_topic(self) -> bool:
        return self.old.startswith("topics/")

    @property
    def path(self) -> str:
        return self.new + self.suffix

    def edit_page(self, text: str, docname: str) -> str:
        """Return the text of a page with references to the new docname."""
        here = posixpath.dirname(docname)

        def edit(match: re.Match[str]) -> str:
            return match["start"] + self._edit_path(match["target"], here)

        text = _ROLE.sub(lambda role: role["start"] + self._edit_role(role, here), text)
        text = _edit_toctrees(_LINK.sub(edit, text), edit)
        if self.is_topic and here == "topics":
            text = _PARENT.sub(lambda line: line["start"] + self.edit_slug(line["target"]), text)
        return text

    def edit_moved_page(self, text: str) -> str:
        """Return the text of the page that moves, with its relative links adapted."""
        old, new = posixpath.dirname(self.old), posixpath.dirname(self.new)
        if old == new:
            return text

        def relocate(link: re.Match[str]) -> str:
            target = link["target"]
            if target.startswith("/") or ":" in target:
                return link[0]
            return link["start"] + posixpath.relpath(posixpath.join("/", old, target), f"/{new}")

        return _LINK.sub(relocate, text)

    def edit_redirects(self, text: str) -> str:
        """Return ``redirects.txt`` with a line for this move, and none to the old docname."""
        lines = text.removeprefix("\N{BYTE ORDER MARK}").rstrip("\n").split("\n")
        for redirect in parse_redirects(text)[0]:
            line = redirect.line - 1
            if str(redirect.old) in {self.old, self.new}:
                lines[line] = ""
            elif redirect.new.docname == self.old:
                new = RedirectTarget(self.new, redirect.new.anchor)
                lines[line] = f"{lines[line].split()[0]} {quote_address(str(new))}"
        return "\n".join(
            [*lines, f"{quote_address(self.old)} {quote_address(self.new)}", ""]
        ).lstrip("\n")

    def edit_slug(self, target: str) -> str:
        """Return ``target``, edited if it is the old slug of the topic or speaker."""
        old, new = (place.partition("/")[2] for place in (self.old, self.new))
        is_address = target == old and identity_key(target) not in self.names
        return new if is_address else target

    def _edit_path(self, target: str, here: str) -> str:
        """Return a path, edited; it is relative to ``here``, or to the root with a slash."""
        suffix = suffix_of(target) if suffix_of(target) in {*NOTE_SUFFIXES, ".html"} else ""
        stem = target[: len(target) - len(suffix)]
        if posixpath.normpath(posixpath.join("/", here, stem)) != f"/{self.old}":
            return target
        end = target[len(stem) :]
        if suffix not in {"", ".html"} and self.suffix:
            end = self.suffix
        new = f"/{self.new}"
        return (new if target.startswith("/") else posixpath.relpath(new, f"/{here}")) + end

    def _edit_role(self, role: re.Match[str], here: str) -> str:
        docname, sign, anchor = role["target"].partition("#")
        name = role["myst"] or role["rst"]
        if role["target"] == self.old:
            return self.new
        if docname == self.old:
            docname = self.new
        elif name == "event":
            old, new = (
                place.removeprefix("years/").removesuffix("/index")
                for place in (self.old, self.new)
            )
            if docname == old or docname.startswith(f"{old}/"):
                docname = new + docname.removeprefix(old)
        elif self.old.startswith(f"{name}s/"):
            docname = self.edit_slug(docname)
        else:
            docname = self._edit_path(docname, here)
        return docname + sign + anchor


def _edit_toctrees(text: str, edit: Callable[[re.Match[str]], str]) -> str:
    """Return ``text`` with the entries of toctrees edited."""
    lines = text.split("\n")
    fence = None
    for number, line in enumerate(lines):
        if fence is None:
            tree = _TOCTREE.match(line)
            fence = (tree[1] or "") if tree else None
        elif line.strip() == fence if fence else line[:1].strip():
            fence = None
        elif (entry := _TOCTREE_ENTRY.fullmatch(line.rstrip().removesuffix(">"))) is not None:
            lines[number] = edit(entry) + line[entry.end() :]
    return "\n".join(lines)


def edit_pages(project: Path, moves: Sequence[Move]) -> Iterator[str]:
    """Edit the pages that refer to what moves; yield their paths. Raises OSError."""
    for path in iter_page_files(project):
        try:
            before = read_text(project, path.as_posix())
        except SourceFileError:
            continue  # a check reports it
        after = before
        for move in moves:
            after = move.edit_page(after, path.with_suffix("").as_posix())
        if after != before:
            replace_file(project / path, after)
            yield path.as_posix()


def write_redirects(project: Path, moves: Sequence[Move]) -> None:
    """Write a line of ``redirects.txt`` for each move. Raises OSError and SourceFileError."""
    text = read_text(project, NAME) if (project / NAME).exists() else ""
    for move in moves:
        text = move.edit_redirects(text)
    replace_file(project / NAME, text)


def read_text(project: Path, path: str) -> str:
    """Return the text of a file; what is no UTF-8 stays as it is when it is written again."""
    return read_file(project / path, project).decode("utf-8", "surrogateescape")
