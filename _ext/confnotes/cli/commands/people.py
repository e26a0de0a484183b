"""``confnotes people``: list names that may be one person, and names that may be several.

Each line says what speaks for it (spelling, talks, who spoke with them, companies, topics,
events, years), and below it stands the command that does it. --merge writes an alias into the
page of the second name. --split writes a page for each of the two and their ids after the name
in the notes, as in ‘Ana Ruiz [ana-ruiz-cook]’: ID for the talks at each PLACE (a note, a folder,
or PATH:LINE of a talk), the address that there is for all others. Nothing else is changed.

examples:
  confnotes people
  confnotes people --merge "A. Ruiz" "Ana Ruiz"
  confnotes people --split "Ana Ruiz" ana-ruiz-cook years/2031/kettle-days

exit status:
  0  no name is in doubt, or it is done
  1  some names are in doubt, or an id could not be written
  2  nothing could be read or written
"""

from __future__ import annotations

import os
import shlex
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from confnotes.catalogue import Catalogue, Person, TalkEntry
from confnotes.cli.output import CommandError
from confnotes.cli.project import create_in_project, load_project, required_root, root_option
from confnotes.imports.new_pages import render_person_page
from confnotes.lint import identity_evidence
from confnotes.lint.identity_edits import NamedId, add_alias, add_ids
from confnotes.slugs import slugify
from confnotes.suggest import did_you_mean


@click.command
@click.argument("places", nargs=-1, metavar="[PLACE…]")
@click.option("--merge", nargs=2, metavar="NAME INTO", help="NAME is INTO in another spelling.")
@click.option("--split", nargs=2, metavar="NAME ID", help="NAME is ID at each PLACE.")
@root_option
def command(
    places: Sequence[str],
    merge: tuple[str, str] | None,
    split: tuple[str, str] | None,
    root: Path | None,
) -> int:
    if bool(places) != bool(split) or (merge and split):
        raise CommandError("type --split NAME ID PLACE…, --merge NAME INTO, or nothing")
    catalogue = load_project(required_root(root))
    if merge:
        print(_merge(catalogue, *merge))
        return 0
    if split:
        return _split(catalogue, *split, places)
    lines = [*_proposals(catalogue, root)]
    for line in lines:
        print(line)
    return int(bool(lines))


def _proposals(catalogue: Catalogue, root: Path | None) -> Iterator[str]:
    typed = "  confnotes people" + (f" --root {shlex.quote(str(root))}" if root else "")
    for person, into, evidence in identity_evidence.proposed_merges(catalogue):
        yield f"‘{person.name}’ may be ‘{into.name}’: {evidence}"
        yield f"{typed} --merge {shlex.join((person.name, into.name))}"
    for split in identity_evidence.proposed_splits(catalogue):
        yield f"‘{split.person.name}’ may be two people: {split.evidence}"
        places = (_place(catalogue, talk) for talk in split.talks)
        yield f"{typed} --split {shlex.join((split.person.name, split.id, *places))}"


def _merge(catalogue: Catalogue, name: str, into: str) -> str:
    """Write the alias; return the path of the page."""
    person, other = _person(catalogue, name), _person(catalogue, into)
    if person is other:
        raise CommandError(f"‘{name}’ and ‘{into}’ are one person already")
    if person.docname in catalogue.handwritten:
        path = catalogue.handwritten[person.docname].path
        raise CommandError(f"‘{name}’ has a page; move what is there and delete {path} first")
    path = _ensure_page(catalogue, other.docname, other.name)
    if not add_alias(catalogue.root, path, person.name):
        raise CommandError(f"{path} cannot be edited safely; add ‘aliases: [{person.name}]’ to it")
    return path


def _split(catalogue: Catalogue, name: str, person_id: str, places: Sequence[str]) -> int:
    person = _person(catalogue, name)
    if slugify(person_id) != person_id or "-" not in person_id:
        raise CommandError(f"‘{person_id}’ is no id; type it as ‘{slugify(name)}-…’")
    talks = catalogue.talks_by_person.get(person.slug, ())
    here = [os.path.normpath(place) for place in places]
    theirs = [talk for talk in talks if _is_at(_place(catalogue, talk), here)]
    if not theirs:
        raise CommandError(f"‘{name}’ has no talk at {' or '.join(places)}")
    others = [talk for talk in talks if talk not in theirs]
    _ensure_page(catalogue, f"speakers/{person_id}", person.name)
    if others and not person.namesakes:
        _ensure_page(catalogue, person.docname, person.name)
    wanted: defaultdict[str, list[NamedId]] = defaultdict(list)
    for talk in talks:
        is_bare = talk in others and person.namesakes
        new = person_id if talk in theirs else person.slug
        for slug, speaker in talk.speakers if not is_bare else ():
            if slug == person.slug and not speaker.id:
                path = catalogue.notes[talk.docname].note.path
                wanted[path].append(NamedId(speaker.line, speaker.name, new))
    failed = [path for path, ids in wanted.items() if not add_ids(catalogue.root, path, ids)]
    print(*(path for path in wanted if path not in failed), sep="\n")
    for path in failed:
        typed = ", ".join(f"‘{one.name} [{one.id}]’ in line {one.line}" for one in wanted[path])
        print(f"confnotes: {path} is left as it was; type {typed}", file=sys.stderr)
    return 1 if failed else 0


def _person(catalogue: Catalogue, name: str) -> Person:
    if person := catalogue.people.get(name) or catalogue.person(name):
        return person
    hint = did_you_mean(name, [one.name for one in catalogue.people.values()])
    raise CommandError(f"nobody is called ‘{name}’; {hint}".removesuffix("; "))


def _ensure_page(catalogue: Catalogue, docname: str, name: str) -> str:
    """Return the path of a person’s page; write one if there is none."""
    if docname in catalogue.handwritten:
        return catalogue.handwritten[docname].path
    path = f"{docname}.md"
    create_in_project(catalogue.root, path, render_person_page(name))
    print(path)
    return path


def _is_at(place: str, wanted: Iterable[str]) -> bool:
    path, _colon, _line = place.rpartition(":")
    return any(one in {place, path} or path.startswith(f"{one}/") for one in wanted)


def _place(catalogue: Catalogue, talk: TalkEntry) -> str:
    return f"{catalogue.notes[talk.docname].note.path}:{talk.talk.line}"
