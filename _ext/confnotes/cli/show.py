"""``confnotes show``: print what was understood of a note.

For each note: its event, day and session; for each talk its title, speakers and topics;
every guess with the line that caused it; what is wrong; what was left out, and why.
A file of many posts is shown post by post. A project knows its people, events and topics.
A field line such as ‘Speakers: Ana Ruiz’ below a talk's head overrules any guess.

examples:
  confnotes show years/2015/linux-conf-au/day-4-keynotes.txt
  confnotes show --json old-posts.txt
  pbpaste | confnotes show -

exit status:
  0  every file was read
  2  a file cannot be opened
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import cache
from pathlib import Path

from confnotes.catalogue import Catalogue, load
from confnotes.cli import project
from confnotes.cli.colours import Colours
from confnotes.cli.json_note import note_as_json
from confnotes.cli.outline import Outline
from confnotes.model import Note
from confnotes.notes import NOTHING_KNOWN, Known, read_posts


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a note, or - for standard input")
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the project whose people and events are known"
    )


def run(arguments: argparse.Namespace) -> int:
    outline = Outline(Colours(sys.stdout))
    catalogue_of = cache(lambda root: load(root) if root else None)
    as_json: list[object] = []
    as_text: list[str] = []
    for name in arguments.files:
        root = arguments.root or project.find(Path()) or project.find(Path(name))
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            print(f"confnotes: {name}: {error.strerror}", file=sys.stderr)
            return 2
        catalogue = catalogue_of(root)
        for note in _notes(data, name, catalogue):
            if arguments.json:
                as_json.append(note_as_json(note, catalogue))
            else:
                as_text.append("\n".join(outline.of(note, data, catalogue)))
    if arguments.json:
        print(json.dumps(as_json, indent=2, ensure_ascii=False))
    else:
        print("\n\n".join(as_text))
    return 0


def _notes(data: bytes, name: str, catalogue: Catalogue | None) -> tuple[Note, ...]:
    """Read a file as its project would; the path below the root tells the event."""
    path = Path(name)
    if catalogue is None or name == "-":
        return read_posts(data, path.as_posix(), known=_known(catalogue))
    root = catalogue.root.resolve()
    if path.resolve().is_relative_to(root):
        path = path.resolve().relative_to(root)
    return read_posts(data, path.as_posix(), known=_known(catalogue))


def _known(catalogue: Catalogue | None) -> Known:
    if catalogue is None:
        return NOTHING_KNOWN
    return Known(frozenset(catalogue.people_by_name), tuple(catalogue.events.values()))
