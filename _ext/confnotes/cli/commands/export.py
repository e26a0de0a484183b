"""``confnotes export``: write all that is known as CSV files and an SQLite database.

FOLDER gets confnotes.db and a CSV file for each of its tables: talks with the text of their
notes, speakers, topics, events, and lists such as talk_speakers that join them by id. Files of
an earlier export are replaced. The database has full-text search: Datasette shows it by itself.

examples:
  confnotes export
  confnotes export ~/data --base-url https://notes.example.org/
  datasette _build/data/confnotes.db
  sqlite3 _build/data/confnotes.db "SELECT title FROM talks WHERE rowid IN
    (SELECT rowid FROM talks_fts WHERE talks_fts MATCH 'queue OR pipe')"

who spoke on containers in 2015:
  SELECT DISTINCT speakers.name FROM talks
    JOIN talk_topics ON talk_topics.talk = talks.id
    JOIN talk_speakers ON talk_speakers.talk = talks.id
    JOIN speakers ON speakers.id = talk_speakers.speaker
    WHERE talk_topics.topic = 'containers' AND talks.year = 2015

exit status:
  0  the files are there
  2  they could not be written
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import click

from confnotes.cli.output import CommandError, Progress, pluralize
from confnotes.cli.project import load_project, required_root, root_option
from confnotes.exports.site import Site
from confnotes.exports.tables import render_csv, tables, write_database
from confnotes.output_folder import OutputFolder
from confnotes.urls import is_safe_url

DATABASE = "confnotes.db"


@click.command
@click.argument(
    "folder", required=False, metavar="[FOLDER]", type=click.Path(path_type=Path, file_okay=False)
)
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="The public address of the site, for whole addresses in the column url.",
)
@root_option
def command(folder: Path | None, base_url: str, root: Path | None) -> int:
    if base_url and not is_safe_url(base_url):
        raise CommandError(f"--base-url {base_url} is no address; begin it with https://")
    project = required_root(root)
    base = f"{base_url.rstrip('/')}/" if base_url else ""
    site = Site(project.name, base, lambda docname: f"{quote(docname)}.html")
    into = folder or project / "_build/data"
    catalogue = load_project(project)
    with Progress("making the tables"):
        found = [*tables(catalogue, site)]
    try:
        into.mkdir(parents=True, exist_ok=True)
        output = OutputFolder(into)
        with TemporaryDirectory(dir=into) as temporary:
            made = Path(temporary, DATABASE)
            write_database(found, made)
            output.move_in(made, DATABASE)
        for table in found:
            output.write(f"{table.name}.csv", render_csv(table))
    except (OSError, sqlite3.Error) as error:
        raise CommandError(f"‘{into}’ cannot be written: {error}") from None
    sizes = ", ".join(pluralize(len(table.rows), table.name[:-1]) for table in found[:4])
    print(f"{into / DATABASE} and {pluralize(len(found), 'CSV file')}: {sizes}")
    return 0
