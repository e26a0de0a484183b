"""Published addresses that are gone: objects.inv of the last release says which there were."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from confnotes.catalogue import load_catalogue
from confnotes.cli import main
from confnotes.exports import published_addresses
from confnotes.exports.published_addresses import lint_addresses

INVENTORY = """\
guide std:doc -1 guide.html Guide
speakers/a std:doc -1 speakers/a.html A
speakers/ina-vik std:doc -1 speakers/ina-vik.html Ina Vik
ina-vik conf:speaker 1 speakers/ina-vik.html Ina Vik
ina-vik/2031 conf:speaker 1 speakers/ina-vik.html#in-2031 Ina Vik in 2031
2031/kettle-days conf:event 1 years/2031/kettle-days/index.html Kettle Days 2031
2031/kettle-days/day-1 conf:event 1 years/2031/kettle-days/index.html#day-1 Day 1
tea conf:topic 1 topics/tea.html Tea
years/2031/kettle-days/day-1#queues conf:talk 1 years/2031/kettle-days/day-1.html#queues Queues
years/2031/kettle-days/day-2#pots conf:talk 1 years/2031/kettle-days/day-2.html#pots Pots
search std:label -1 search.html Search Page
"""
HEADER = b"# Sphinx inventory version 2\n# Project: Tea\n# Version: 1\n# zlib\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "years/2031/kettle-days"
    folder.mkdir(parents=True)
    note = "Kettle Days 2031 – Day 1\n\nQueues that fill – Ina Vik\n\n• measure\n"
    (folder / "day-1.txt").write_text(note, encoding="utf-8")
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics/teas.md").write_text("# Tea\n", "utf-8")
    (tmp_path / "conf.py").touch()
    (tmp_path / "guide.md").write_text("# Guide\n", "utf-8")
    (tmp_path / "published.inv").write_bytes(HEADER + zlib.compress(INVENTORY.encode()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(root: Path) -> list[str]:
    return [
        f"{one.code} {one.message}; {one.suggestion}"
        for one in lint_addresses(load_catalogue(root))
    ]


def test_each_that_is_gone_is_an_error_with_the_command(project: Path) -> None:
    day = "years/2031/kettle-days/day"
    found = [("topics/tea", "topics/teas"), (f"{day}-1#queues", f"{day}-1#queues-that-fill"),
             (f"{day}-2", f"{day}-1")]  # fmt: skip
    assert said(project) == [
        f"gone-address ‘{old}’ was published and is gone; run `confnotes mv {old} {new}`"
        for old, new in sorted(found)
    ]


def test_they_are_the_same_in_an_inventory_of_dirhtml(project: Path) -> None:
    before = said(project)
    pages = INVENTORY.replace("index.html", "").replace(".html", "/")
    (project / "published.inv").write_bytes(HEADER + zlib.compress(pages.encode()))
    assert said(project) == before


def test_the_command_settles_it(project: Path) -> None:
    for problem in lint_addresses(load_catalogue(project)):
        assert main(problem.suggestion.split("`")[1].split()[1:]) == 0
    assert said(project) == []


def test_a_merged_speaker_is_not_gone(project: Path) -> None:
    (project / "speakers").mkdir()
    (project / "speakers/ina.md").write_text("---\nname: Ina\naliases: [Ina Vik]\n---\n", "utf-8")
    assert not [one for one in said(project) if "ina-vik" in one]


@pytest.mark.parametrize("data", [b"", b"# Sphinx inventory version 1\n", HEADER, HEADER + b"x"])
def test_a_damaged_file_is_one_message(project: Path, data: bytes) -> None:
    (project / "published.inv").write_bytes(data)
    (message,) = said(project)
    assert message.startswith("unreadable-file the file is not read: ")
    assert message.endswith("; copy objects.inv of the last release")


def test_no_more_is_unpacked_than_an_inventory_has(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_addresses, "_MAX_BYTES", 1000)
    (project / "published.inv").write_bytes(HEADER + zlib.compress(b"a" * 1001))
    (problem,) = lint_addresses(load_catalogue(project))
    assert problem.message == "the file is not read: it is cut off, or larger than 0 MB"


def test_without_the_file_nothing_is_asked(project: Path) -> None:
    (project / "published.inv").unlink()
    assert said(project) == []
