"""``confnotes mv``: move a note, an event, a topic or a speaker, and redirect its old address.

OLD and NEW are files or addresses: years/2031/kettle-days/day-1.txt, topics/tea,
speakers/bo-larsson. The file moves, redirects.txt gets a line, and what refers to the page is
edited. Where the file is at NEW already, or OLD is a talk (…/day-1#tea), only the rest is done.
An event is a folder, and moves with its notes.

examples:
  confnotes mv years/2031/kettle-days/day-1.txt years/2031/kettle-days/monday.txt
  confnotes mv years/2031/kettle-days years/2031/tea-days
  confnotes mv topics/tea topics/hot-drinks
  confnotes mv years/2031/kettle-days/monday#tea years/2031/kettle-days/monday#green-tea

exit status:
  0  it has moved
  2  nothing has moved
"""

from __future__ import annotations

import os
import posixpath
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from confnotes.catalogue import Catalogue
from confnotes.catalogue.discovery import docname_of, fault_of_document
from confnotes.cli.output import CommandError
from confnotes.cli.project import (
    create_in_project,
    load_project,
    required_root,
    resolve_folder,
    root_option,
)
from confnotes.cli.reference_edits import Move, edit_pages, read_text, write_redirects
from confnotes.exports.published_addresses import known_docnames
from confnotes.files import SourceFileError, replace_file
from confnotes.imports.new_pages import render_person_page
from confnotes.lint.fixes import Fix, apply_fixes
from confnotes.names import identity_key
from confnotes.suffixes import NOTE_SUFFIXES, PAGE_SUFFIXES, suffix_of
from confnotes.suggest import did_you_mean, with_hint


@click.command
@click.argument("old")
@click.argument("new")
@root_option
def command(old: str, new: str, root: Path | None) -> int:
    project = required_root(root)
    catalogue = load_project(project)
    source, target = (_docname(project, typed) for typed in (old, new))
    if f"{source.removesuffix('/index')}/index" in catalogue.events:
        source, target = (f"{place.removesuffix('/index')}/index" for place in (source, target))
    path = _file_of(catalogue, source)
    typed_suffix = Path(new).suffix if suffix_of(new) in NOTE_SUFFIXES else ""
    suffix = typed_suffix or Path(path or "page.md").suffix
    move = Move(old=source, new=target, suffix=suffix, names=_names(catalogue, source))
    moves = [move]
    pages = known_docnames(catalogue)
    try:
        if "#" not in old and move.old in pages:
            _check(catalogue, move, pages)
            if move.old in catalogue.events:
                moves = [*_moves_of_notes(catalogue, move), move]
                _move_folder(project, moves)
                print(posixpath.dirname(move.new))
            else:
                _move_file(catalogue, move, path)
                print(move.path)
        elif move.new.partition("#")[0] not in pages:
            hint = did_you_mean(move.old, pages)
            message = f"there is no note, event, topic or speaker ‘{move.old}’"
            raise CommandError(with_hint(message, hint))
        for path in (*edit_pages(project, moves), *_edit_notes(catalogue, move)):
            print(f"{path}: edited", file=sys.stderr)
        write_redirects(project, moves)
    except SourceFileError as error:
        raise CommandError(str(error)) from None
    return 0


def _docname(project: Path, typed: str) -> str:
    """Return the docname of a file, an address or a docname, with its anchor.

    A path may be relative to the current folder or to the root.
    """
    here, top = resolve_folder(Path(typed)), Path(os.path.realpath(project))
    is_below = here.parent.is_dir() and here.is_relative_to(top) and here.parent != top
    place = here.relative_to(top).as_posix() if is_below else typed.strip("/")
    path, sign, anchor = place.partition("#")
    is_file = suffix_of(path) in {*NOTE_SUFFIXES, ".html"}
    return (docname_of(path) if is_file else path) + sign + anchor


def _check(catalogue: Catalogue, move: Move, pages: set[str]) -> None:
    """Raise CommandError if the page cannot move, or not to the new docname."""
    folder, *rest = move.old.split("/")
    parts = move.new.split("/")
    slugs = {"topics": catalogue.topics, "speakers": catalogue.people}
    is_event = move.old in catalogue.events
    if is_event:
        form = "years/<year>/<event>"
        is_place = len(parts) == 4 and parts[1].isdecimal() and parts[-1] == "index"
    elif move.old in catalogue.notes:
        form = "years/<year>/<event>/<note>"
        is_place = len(parts) > 3 and parts[-1] != "index"
    elif len(rest) == 1 and rest[0] in slugs.get(folder, ()):
        form = f"{folder}/<name>"
        is_place = len(parts) == 2 and parts[-1] != "index"
    else:
        raise CommandError(f"‘{move.old}’ is no note, event, topic or speaker; these can be moved")
    if parts[0] != folder or not is_place:
        raise CommandError(f"‘{move.new}’ is no place for it; write {form}")
    if move.new in pages or (is_event and (catalogue.root / posixpath.dirname(move.new)).exists()):
        raise CommandError(f"there is ‘{move.new}’ already; choose another place")
    if fault := fault_of_document(move.path):
        raise CommandError(f"{move.path}: {fault}; choose another name")


def _move_file(catalogue: Catalogue, move: Move, path: str) -> None:
    """Move a file; a speaker without one gets a page."""
    if path:
        text = read_text(catalogue.root, path)
        text = move.edit_moved_page(text) if suffix_of(path) in PAGE_SUFFIXES else text
        data = text.encode("utf-8", "surrogateescape")
    else:
        data = render_person_page(catalogue.people[move.old.partition("/")[2]].name)
    create_in_project(catalogue.root, move.path, data)
    if path:
        (catalogue.root / path).unlink()


def _moves_of_notes(catalogue: Catalogue, move: Move) -> Iterator[Move]:
    """Yield where the notes in the folder of an event move."""
    old, new = (f"{posixpath.dirname(place)}/" for place in (move.old, move.new))
    for docname, entry in catalogue.notes.items():
        if docname.startswith(old):
            suffix = Path(entry.note.path).suffix
            yield Move(old=docname, new=new + docname.removeprefix(old), suffix=suffix)


def _move_folder(project: Path, moves: Sequence[Move]) -> None:
    """Move the folder of an event, whose page is the last of ``moves``."""
    old, new = (project / posixpath.dirname(place) for place in (moves[-1].old, moves[-1].new))
    years = os.path.realpath(project / "years")
    is_inside = Path(os.path.realpath(new)).is_relative_to(years)
    if old.is_symlink() or not old.is_dir() or not is_inside:
        raise CommandError(f"‘{moves[-1].old}’ is in no folder that can be moved")
    new.parent.mkdir(exist_ok=True)
    old.rename(new)
    for move in moves:
        page = project / move.path
        if suffix_of(move.path) in PAGE_SUFFIXES and page.is_file():
            replace_file(page, move.edit_moved_page(read_text(project, move.path)))


def _names(catalogue: Catalogue, docname: str) -> frozenset[str]:
    """Return the identities of the names of a topic or speaker, without its slug."""
    folder, _slash, slug = docname.partition("/")
    names: tuple[str, ...] = ()
    if folder == "topics" and (topic := catalogue.topics.get(slug)):
        names = (topic.title, *topic.phrases)
    elif folder == "speakers" and (person := catalogue.people.get(slug)):
        names = (person.name, *person.aliases)
    return frozenset(map(identity_key, names))


def _file_of(catalogue: Catalogue, docname: str) -> str:
    """Return the path of the source of a page, empty if it is generated."""
    if docname in catalogue.notes:
        return catalogue.notes[docname].note.path
    return catalogue.handwritten[docname].path if docname in catalogue.handwritten else ""


def _edit_notes(catalogue: Catalogue, move: Move) -> Iterator[str]:
    """Edit topics fields and ids after names that are the old address; yield where."""
    old, new = (place.removeprefix("speakers/") for place in (move.old, move.new))
    wanted = []
    for entry in catalogue.notes.values():
        path = entry.note.path
        for value in (value for talk in entry.note.talks for value in talk.topics):
            slug = move.edit_slug(value.text) if move.is_topic else value.text
            if slug != value.text:
                wanted.append(Fix(path=path, line=value.line, old=value.text, new=slug, code=""))
        if any(speaker.id == old for talk in entry.note.talks for speaker in talk.speakers):
            text = read_text(catalogue.root, path)
            replace_file(catalogue.root / path, text.replace(f"[{old}]", f"[{new}]"))
            yield path
    yield from dict.fromkeys(fix.path for fix in apply_fixes(catalogue.root, wanted))
