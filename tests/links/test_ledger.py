"""links.jsonl: what is read, what is refused and how, what is written."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from confnotes.linkcheck.ledger import (
    LedgerEntry,
    LedgerError,
    LinkState,
    Waiver,
    is_checkable,
    load_ledger,
    save_ledger,
)
from hypothesis import given, settings
from hypothesis import strategies as st

A = '{"address": "http://a.example/", "state": "alive"}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "links.jsonl"


def test_no_file_is_an_empty_ledger(path: Path) -> None:
    assert load_ledger(path) == {}


def test_a_line_has_only_what_is_known(path: Path) -> None:
    record = LedgerEntry(
        address="http://ünï.example/",
        state=LinkState.WAIVED,
        checked=date(2031, 2, 3),
        code="404",
        failed=(date(2031, 2, 3),),
        waiver=Waiver(date(2031, 6, 1), "moving house"),
    )
    save_ledger({record.address: record}, path)
    assert path.read_text(encoding="utf-8") == (
        '{"address": "http://ünï.example/", "state": "waived", "checked": "2031-02-03", '
        '"code": "404", "failed": ["2031-02-03"], '
        '"waiver": {"until": "2031-06-01", "reason": "moving house"}}\n'
    )


def test_lines_are_sorted_whatever_came_first(path: Path) -> None:
    save_ledger(
        {name: LedgerEntry(address=name) for name in ("http://b/", "http://a/", "http://B/")}, path
    )
    assert list(load_ledger(path)) == ["http://B/", "http://a/", "http://b/"]


def test_an_unchanged_ledger_is_not_written(path: Path) -> None:
    assert not save_ledger(load_ledger(path), path)
    assert not path.exists()
    path.write_text(A + "\n", encoding="utf-8")
    before = path.stat()
    assert not save_ledger(load_ledger(path), path)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_nothing_is_left_beside_it(path: Path) -> None:
    save_ledger({"http://a/": LedgerEntry(address="http://a/")}, path)
    assert [found.name for found in path.parent.iterdir()] == ["links.jsonl"]


def test_a_union_merge_heals(path: Path) -> None:
    lines = [
        '{"address": "http://a/", "state": "suspect", "checked": "2031-02-03"}',
        '{"address": "http://a/", "state": "alive", "checked": "2031-02-04"}',
        '{"address": "http://a/", "state": "unknown"}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert load_ledger(path)["http://a/"].state is LinkState.ALIVE


def test_git_merges_what_two_branches_learnt(tmp_path: Path) -> None:
    names = ("http://a/", "http://b/", "http://c/")
    base = {name: LedgerEntry(address=name) for name in names}

    def learnt(branch: str, **days: int) -> Path:
        path = tmp_path / branch
        asked = {f"http://{name}/": date(2031, 2, day) for name, day in days.items()}
        changed = {
            name: replace(base[name], state=LinkState.ALIVE, alive=day, checked=day)
            for name, day in asked.items()
        }
        save_ledger({**base, **changed}, path)
        return path

    ours, then, theirs = learnt("ours", a=1, b=2), learnt("then"), learnt("theirs", b=3, c=4)
    subprocess.run(["git", "merge-file", "--union", ours, then, theirs], check=True)
    assert [record.alive and record.alive.day for record in load_ledger(ours).values()] == [1, 3, 4]


@pytest.mark.parametrize("order", [1, -1])
def test_a_union_merge_keeps_what_people_said(path: Path, order: int) -> None:
    waiver = Waiver(date(2031, 6, 1), "moving house")
    said = LedgerEntry(
        address="http://a/",
        state=LinkState.WAIVED,
        checked=date(2031, 2, 3),
        archived="https://archive.today/AbCdE",
        waiver=waiver,
    )
    heard = LedgerEntry(
        address="http://a/", state=LinkState.SUSPECT, checked=date(2031, 2, 4), code="404"
    )
    lines = []
    for record in (said, heard)[::order]:
        save_ledger({record.address: record}, path)
        lines.append(path.read_text(encoding="utf-8"))
    path.write_text("".join(lines), encoding="utf-8")
    assert load_ledger(path)["http://a/"] == replace(said, checked=heard.checked, code="404")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON in column 2"),
        ("[]", "an entry is"),
        ('{"state": "alive"}', "an entry is"),
        ('{"address": "x", "state": "alife"}', "unknown state ‘alife’; did you mean ‘alive’?"),
        ('{"address": "x", "status": "dead"}', "unknown key ‘status’; did you mean ‘state’?"),
        ('{"address": "x", "checked": "2031-02-30"}', "‘checked’ is a day like 2031-01-31"),
        ('{"address": "x", "alive": "2031-02-03T10:00"}', "‘alive’ is a day like 2031-01-31"),
        ('{"address": "x", "failed": "2031-02-03"}', "‘failed’ cannot be"),
        ('{"address": "x", "code": 404}', "‘code’ cannot be 404"),
        ('{"address": "x", "state": "waived"}', "“waived” needs"),
        ('{"address": "x", "waiver": {"until": "2031-02-03"}}', "‘waiver’ cannot be"),
        ('{"address": "javascript:alert(1)"}', "‘address’ is not an http or https URL"),
        ('{"address": "http://x/", "archived": "javascript:alert(1)"}', "‘archived’ is not an"),
        ('{"address": "http://x/", "archived": "data:text/html,x"}', "‘archived’ is not an http"),
        ('{"address": "http://x/", "archived": "http://x/ y"}', "‘archived’ is not an http or"),
        ('{"address": "http://x/", "archived": "//x/"}', "‘archived’ is not an http or https"),
        ('{"address": "http://x/", "target": "file:///etc/x"}', "‘target’ is not an http or"),
        ('{"address": "http://x/\\u0000"}', "‘address’ is not an http or https URL"),
        ('{"address": "http://\\ud800/"}', "‘address’ is not an http or https URL"),
        ('{"address": "http://x/", "code": "\\u001b[31m"}', "‘code’ cannot be ‘[31m’"),
        (f'{{"address": "http://x/", "checked": {"9" * 5000}}}', "Exceeds the limit"),
        (f'{{"address": "http://x/", "state": "{"x" * 5000}"}}', "unknown state ‘xxx"),
        ("<<<<<<< HEAD", "unresolved merge conflict"),
        ("=======", "unresolved merge conflict"),
        ("[" * 100_000, "not"),
    ],
)
def test_a_bad_line_is_named_and_the_file_left_alone(path: Path, line: str, message: str) -> None:
    text = f"{A}\n\n{line}\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError) as caught:
        load_ledger(path)
    assert str(caught.value).startswith(f"links.jsonl:3: {message}")
    assert len(str(caught.value)) < 300
    assert path.read_text(encoding="utf-8") == text


def test_a_binary_file_is_a_hundred_messages_and_one(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 1000)
    with pytest.raises(LedgerError) as caught:
        load_ledger(path)
    assert len(caught.value.problems) == 101
    assert caught.value.problems[-1][1].startswith("too many errors")


@pytest.mark.parametrize("kind", ["folder", "fifo", "dangling", "outside"])
def test_what_is_no_file_is_one_message(path: Path, kind: str) -> None:
    match kind:
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "dangling":
            path.symlink_to("nowhere")
        case "outside":
            path.symlink_to("/dev/zero")
    with pytest.raises(LedgerError, match=r"^links\.jsonl:1: the ledger cannot be read: "):
        load_ledger(path)


def test_a_huge_file_is_one_message(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2_000_000_000)  # of which the disk has nothing
    with pytest.raises(LedgerError, match=r"^links\.jsonl:1: .* larger than 100 MB"):
        load_ledger(path)


def test_what_people_type_in_running_text_can_be_kept(path: Path) -> None:
    records = [LedgerEntry(address=f"https://a.dev/{name}") for name in ("{id}", "ü", "a(b)[c]")]
    ledger = {record.address: record for record in records}
    save_ledger(ledger, path)
    assert load_ledger(path) == ledger


def test_every_bad_line_is_named(path: Path) -> None:
    path.write_bytes(b"{\n" + A.encode() + b"\n\xff\n")
    with pytest.raises(LedgerError) as caught:
        load_ledger(path)
    assert [line for line, _ in caught.value.problems] == [1, 3]


DAYS = st.none() | st.dates()
RECORDS = st.builds(
    LedgerEntry,
    address=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)
    .map(lambda path: f"http://a.dev/{path}")
    .filter(is_checkable),
    state=st.sampled_from([state for state in LinkState if state is not LinkState.WAIVED]),
    alive=DAYS,
    checked=DAYS,
    code=st.sampled_from(["", "200", "timeout"]),
    failed=st.sets(st.dates(), max_size=3).map(lambda days: tuple(sorted(days))),
    waiver=st.none() | st.builds(Waiver, st.dates(), st.just("why")),
)


@settings(deadline=None)
@given(st.lists(RECORDS))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, records: list[LedgerEntry]
) -> None:
    path = tmp_path_factory.getbasetemp() / "links.jsonl"
    ledger = {record.address: record for record in records}
    save_ledger(ledger, path)
    assert load_ledger(path) == ledger
    assert not save_ledger(load_ledger(path), path)
