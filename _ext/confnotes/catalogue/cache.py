"""A cache of what was made of the files of a project, in an SQLite database.

The key of a value is a digest of all its inputs. So a value that is found is right, and one that
is missing is made again: a database that is damaged, locked, or of another version only costs
time.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from confnotes.digests import digest, extension_digest

_MAX_LOOKUPS = 500
"""Keys that are looked up one by one; for more, the whole table is read."""
_TIMEOUT = 5.0
"""Seconds to wait for another process that is writing."""


class CacheTable(StrEnum):
    PAGE = "page"
    """The front matter of a hand-written page."""
    NAMES = "names"
    """The names in a note, as its first reading finds them."""
    NOTE = "note"
    """A note."""
    SUMMARY = "summary"
    """A note in brief."""
    TOPICS = "topics"
    """The topics of a note's talks."""
    PEOPLE = "people"
    """All people, merged."""
    POSTINGS = "postings"
    """The words of some records of the search index."""


class FileState(NamedTuple):
    """A digest of a file's bytes, and its ``stat`` at ``checked``, in nanoseconds since 1970."""

    digest: str
    size: int
    mtime: int
    ctime: int
    inode: int
    checked: int


class Cache:
    """A context in which values are found and added; it writes the added ones when it ends.

    Without a path nothing is cached. Values are pickled, so nobody else may write to ``path``.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = Path(path) if path else None
        self._is_damaged = False
        self._added: defaultdict[CacheTable, dict[str, bytes]] = defaultdict(dict)
        self._used: dict[CacheTable, Collection[str]] = {}
        self._files: Mapping[str, FileState] | None = None
        self._database = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._write()
        if self._database:
            self._database.close()

    def file_states(self) -> dict[str, FileState]:
        """Return the state of each file when it was last read, by its path."""
        return {path: FileState(*state) for path, *state in self._query("SELECT * FROM file")}

    def set_file_states(self, states: Mapping[str, FileState]) -> None:
        self._files = states

    def find(self, table: CacheTable, keys: Collection[str]) -> dict[str, Any]:
        """Return the cached values of ``keys``, by key."""
        wanted = set(keys)
        if len(wanted) <= _MAX_LOOKUPS:
            marks = ", ".join("?" * len(wanted))
            rows = self._query(f"SELECT * FROM {table} WHERE key IN ({marks})", wanted)  # noqa: S608
        else:
            rows = self._query(f"SELECT * FROM {table}")  # noqa: S608
        found = {}
        for key, data in rows:
            if key in wanted:
                try:
                    found[key] = pickle.loads(data)  # noqa: S301  nobody else writes there
                except Exception:  # noqa: BLE001  a damaged pickle may raise anything
                    self._is_damaged = True
        return found

    def add(self, table: CacheTable, values: Mapping[str, object], used: Collection[str]) -> None:
        """Cache ``values``, by key; if there are any, delete all but those that are ``used``."""
        if self._database:
            self._used[table] = used
            for key, value in values.items():
                self._added[table][key] = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    def _open(self) -> sqlite3.Connection | None:
        """Return a connection to a database of this version, None if there can be none."""
        if self._path is None:
            return None
        with suppress(OSError, sqlite3.Error):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _connect(self._path)
            except sqlite3.OperationalError:
                return None  # locked, or it cannot be opened
            except sqlite3.DatabaseError:
                self._delete()
                return _connect(self._path)
        return None

    def _delete(self) -> None:
        for name in ("", "-journal"):
            Path(f"{self._path}{name}").unlink(missing_ok=True)

    def _query(self, sql: str, values: Iterable[str] = ()) -> list[Any]:
        if self._database is None:
            return []
        try:
            return self._database.execute(sql, tuple(values)).fetchall()
        except sqlite3.OperationalError:
            return []  # locked for too long
        except sqlite3.DatabaseError:
            self._is_damaged = True
            return []

    def _write(self) -> None:
        if self._is_damaged and self._database:
            self._database.close()
            with suppress(OSError):
                self._delete()
            self._database = self._open()
        if self._database is None:
            return
        with suppress(sqlite3.Error), self._database as database:
            for table, values in self._added.items():
                database.executemany(f"REPLACE INTO {table} VALUES (?, ?)", values.items())  # noqa: S608
                keys = {key for (key,) in database.execute(f"SELECT key FROM {table}")}  # noqa: S608
                stale = [(key,) for key in keys.difference(self._used[table])]
                database.executemany(f"DELETE FROM {table} WHERE key = ?", stale)  # noqa: S608
            if self._files is not None:
                before = self.file_states()
                changed = self._files.items() - before.items()
                rows = [(path, *state) for path, state in changed]
                database.executemany("REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
                gone = [(path,) for path in before.keys() - self._files]
                database.executemany("DELETE FROM file WHERE path = ?", gone)


def _connect(path: Path) -> sqlite3.Connection:
    """Open the database at ``path``; its tables are made again if they are of another version."""
    database = sqlite3.connect(path, timeout=_TIMEOUT)
    version = int(digest(f"{extension_digest()} {sys.version}")[:7], 16)
    try:
        if database.execute("PRAGMA user_version").fetchone() != (version,):
            with database:
                database.execute("BEGIN IMMEDIATE")
                tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                for (name,) in tables.fetchall():
                    database.execute(f"DROP TABLE {name}")
                columns = ", ".join(FileState._fields)
                database.execute(f"CREATE TABLE file (path PRIMARY KEY, {columns})")
                for table in CacheTable:
                    database.execute(f"CREATE TABLE {table} (key PRIMARY KEY, value)")
                database.execute(f"PRAGMA user_version = {version}")
    except BaseException:
        database.close()
        raise
    return database


def cache_file(root: Path) -> Path | None:
    """Return the file of the cache of a project, in the user's cache folder.

    Values are unpickled from there, so None is returned for a folder that somebody else can
    write to, as for one that cannot be made.
    """
    typed = os.environ.get("XDG_CACHE_HOME", os.environ.get("LOCALAPPDATA", ""))
    try:
        home = Path(typed) if Path(typed).is_absolute() else Path("~/.cache").expanduser()
        folder = home / "confnotes"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return None
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        return None
    return folder / f"{digest(str(root.resolve()))}.sqlite"
