"""``confnotes show``: print what was understood of a note.

For each note: its event, day and session; for each talk its title, speakers and topics;
every guess with the line that caused it; what is wrong; what was left out, and why.
A file of many posts is shown post by post. A project knows its people, events and topics.
A field line such as ‘Speakers: Ana Ruiz’ below a talk's heading overrules any guess.

examples:
  confnotes show years/2015/linux-conf-au/day-4-keynotes.txt
  confnotes show --json old-posts.txt
  pbpaste | confnotes show -

exit status:
  0  every file was read
  2  a file cannot be opened
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import click

from confnotes.catalogue import Catalogue
from confnotes.catalogue.cache import Cache, cache_file
from confnotes.catalogue.discovery import docname_of
from confnotes.catalogue.read_project import ProjectSources
from confnotes.catalogue.topics import Vocabulary
from confnotes.cli.note_json import note_as_json
from confnotes.cli.note_text import render_note
from confnotes.cli.output import CommandError, Progress
from confnotes.cli.project import find_project_root, load_project, resolve_folder, root_option
from confnotes.files import SourceFileError, read_file, read_stream
from confnotes.invisible_characters import escape_invisible
from confnotes.model import NO_KNOWN_ENTITIES, KnownEntities, Note
from confnotes.notes.codes import NoteCode
from confnotes.suffixes import NOTE_SUFFIXES, suffix_of


@click.command
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "in_json", is_flag=True, help="Print JSON, for programs.")
@root_option
def command(files: Sequence[str], root: Path | None, *, in_json: bool) -> int:
    load = cache(_load_sources), cache(load_project)  # each project once
    as_json: list[object] = []
    as_text: list[str] = []
    status = 0
    for name in files:
        project = root or find_project_root(Path()) or find_project_root(Path(name))
        try:
            data = _read(name, project)
        except (OSError, SourceFileError) as error:
            reason = getattr(error, "strerror", None) or error
            print(f"confnotes: {escape_invisible(name)}: {reason}", file=sys.stderr)
            status = CommandError.exit_code
            continue
        notes, vocabulary = _read_notes(data, name, project, *load)
        for note in notes:
            if in_json:
                as_json.append(note_as_json(note, vocabulary))
            else:
                as_text.append("\n".join(render_note(note, data, vocabulary)))
    if in_json:
        print(json.dumps(as_json, indent=2, ensure_ascii=False))
    else:
        click.echo("\n\n".join(as_text))
    return status


def _read(name: str, root: Path | None) -> bytes:
    """Return the bytes of a file: of the project, as a build reads it, or of any other."""
    path = resolve_folder(Path(name))
    if name == "-":
        return read_stream(sys.stdin.buffer)
    if suffix_of(name) not in NOTE_SUFFIXES:
        raise SourceFileError(f"‘{suffix_of(name)}’ is not read; save it as .txt or .md")
    if root is not None and path.is_relative_to(os.path.realpath(root)):
        return read_file(path, root)
    with path.open("rb") as stream:
        return read_stream(stream)


def _read_notes(
    data: bytes,
    name: str,
    root: Path | None,
    load_sources: Callable[[Path], ProjectSources],
    load_catalogue: Callable[[Path], Catalogue],
) -> tuple[tuple[Note, ...], Vocabulary | None]:
    """Return the notes in a file, and the topics of its project.

    A note of the project knows the same entities as in a build; any other file knows all
    people and events.
    """
    path = Path(name)
    if root is None:
        return _read_posts(data, path), None
    top = os.path.realpath(root)
    if name != "-" and resolve_folder(path).is_relative_to(top):
        path, sources = resolve_folder(path).relative_to(top), load_sources(root)
        docname = docname_of(path.as_posix())
        if sources.tree.notes.get(docname) == path.as_posix():
            note = sources.notes.notes([docname])[docname]
            if all(problem.code != NoteCode.SEVERAL_POSTS for problem in note.problems):
                return (note,), sources.vocabulary
            return _read_posts(data, path, sources.notes.known(docname)), sources.vocabulary
    catalogue = load_catalogue(root)
    known = KnownEntities(frozenset(catalogue.people_by_name), tuple(catalogue.events.values()))
    return _read_posts(data, path, known), catalogue.vocabulary


def _load_sources(root: Path) -> ProjectSources:
    kept = click.get_current_context().with_resource(Cache(cache_file(root)))
    with Progress("reading the notes"):
        return ProjectSources(root, kept, by_stat=True)


def _read_posts(
    data: bytes, path: Path, known: KnownEntities = NO_KNOWN_ENTITIES
) -> tuple[Note, ...]:
    from confnotes.notes.pipeline import read_posts  # slow, and needless for a note in the cache

    return read_posts(data, path.as_posix(), known=known)
