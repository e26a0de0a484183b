"""``confnotes links``: list, explain, waive, archive, check."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from confnotes.cli import main
from confnotes.linkcheck.ledger import LedgerEntry, LinkState, Waiver, load_ledger, save_ledger

from tests.links.server import Host

if TYPE_CHECKING:
    from conftest import Site

GONE = "http://gone.pipes.dev/x"
FINE = "http://fine.pipes.dev/"
DAY = date(2031, 2, 3)


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    site = make_site("links")
    head = "Pipe Days 2030 – Wednesday – Session 1\n\nPipes that hold – Ana Ruiz\n\n"
    site.write("years/2030/pipe-days/wednesday.txt", f"{head}• pipe: {GONE}\n")
    records = (
        LedgerEntry(address=GONE, state=LinkState.DEAD, checked=DAY, code="404", failed=(DAY,) * 3),
        LedgerEntry(address=FINE, state=LinkState.ALIVE, checked=DAY, alive=DAY, code="200"),
    )
    save_ledger({record.address: record for record in records}, site.source / "links.jsonl")
    return site


def run(site: Site, *words: str) -> int:
    return main(["links", "--root", str(site.source), *words])


def test_list(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "list") == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["alive", "2031-02-03", "200", FINE],
        ["dead", "2031-02-03", "404", GONE],
    ]


def test_list_a_few(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "list", "fine|gone", "--state", "dead") == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(GONE)
    assert run(site, "list", "nothing") == 0
    assert capsys.readouterr().out == ""
    assert run(site, "list", "(") == 2


def test_explain(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "explain", GONE) == 0
    said = capsys.readouterr().out
    assert "dead: the host answers “Not Found”" in said
    assert "  years/2030/pipe-days/wednesday.txt:5\n" in said


def test_explain_names_hand_written_pages_and_whole_addresses_only(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("speakers/ana-ruiz.md", f"# Ana Ruiz\n\nHer [slides]({GONE}), and {GONE}/more.\n")
    site.write("_build/old.md", GONE)
    run(site, "explain", GONE)
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "  speakers/ana-ruiz.md:3",
        "  years/2030/pipe-days/wednesday.txt:5",
    ]


def test_explain_names_notes_of_every_suffix(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("years/2030/pipe-days/thursday.org", f"* Pipes\n{GONE}\n")
    run(site, "explain", GONE)
    assert "  years/2030/pipe-days/thursday.org:2" in capsys.readouterr().out.splitlines()


def test_a_check_whose_results_cannot_be_written_does_not_begin(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("_build", "")
    assert run(site, "check") == 2
    assert capsys.readouterr().err.endswith("_build/linkcheck: Not a directory\n")
    (site.source / "_build").unlink()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert run(site, "check") == 2
    assert "the results cannot be written; change its permissions" in capsys.readouterr().err


def test_an_unknown_address(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "explain", "http://gome.pipes.dev/x") == 2
    assert f"did you mean ‘{GONE}’?" in capsys.readouterr().err


def test_waive(site: Site) -> None:
    until = datetime.now(UTC).date() + timedelta(days=30)
    assert run(site, "waive", GONE, until.isoformat(), "moving", "house") == 0
    record = load_ledger(site.source / "links.jsonl")[GONE]
    assert (record.state, record.waiver) == (LinkState.WAIVED, Waiver(until, "moving house"))


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("2001-02-03", "2001-02-03 is in the past; a waiver needs a day to come"),
        ("tomorrow", "‘tomorrow’ is not a day; write one like 2031-01-31"),
    ],
)
def test_a_waiver_needs_a_day_to_come(
    site: Site, capsys: pytest.CaptureFixture[str], until: str, message: str
) -> None:
    assert run(site, "waive", GONE, until, "late") == 2
    assert capsys.readouterr().err == f"confnotes: {message}\n"


def test_archive(site: Site) -> None:
    assert run(site, "archive", GONE) == 0
    nearest = f"https://web.archive.org/web/20300116/{GONE}"
    assert load_ledger(site.source / "links.jsonl")[GONE].archived == nearest
    assert run(site, "archive", GONE, "https://archive.today/AbCdE") == 0
    assert load_ledger(site.source / "links.jsonl")[GONE].archived == "https://archive.today/AbCdE"


def test_archive_the_site_of_an_event(site: Site) -> None:
    site.edit("years/2030/pipe-days/index.md", "series:", f"url: {FINE}\nseries:")
    assert run(site, "archive", FINE) == 0
    nearest = f"https://web.archive.org/web/20300114/{FINE}"
    assert load_ledger(site.source / "links.jsonl")[FINE].archived == nearest


@pytest.mark.parametrize("copy", ["foo", "mailto:ana@example.org", "https://"])
def test_a_copy_is_an_address(site: Site, copy: str) -> None:
    assert run(site, "archive", GONE, copy) == 2
    assert load_ledger(site.source / "links.jsonl")[GONE].archived == ""


def test_a_broken_ledger(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write("links.jsonl", "{\n")
    assert run(site, "list") == 2
    assert capsys.readouterr().err.startswith("links.jsonl:1: not JSON")


LEDGERS = {
    "binary": bytes(range(256)) * 10,
    "merge": b"<<<<<<< HEAD\n",
    "script": b'{"address": "http://a.dev/", "archived": "javascript:alert(1)"}\n',
    "nested": b"[" * 100_000,
    "UTF-16": '{"address": "http://a.dev/"}\n'.encode("utf-16"),
}
ACTIONS = [["list"], ["explain", FINE], ["waive", FINE, "2999-01-31", "x"], ["archive", FINE]]


@pytest.mark.parametrize("words", ACTIONS, ids=lambda words: words[0])
@pytest.mark.parametrize("name", [*LEDGERS, "folder"])
def test_a_damaged_ledger_is_messages(
    site: Site, capsys: pytest.CaptureFixture[str], name: str, words: list[str]
) -> None:
    path = site.source / "links.jsonl"
    path.unlink()
    if name == "folder":
        path.mkdir()
    else:
        path.write_bytes(LEDGERS[name])
    assert run(site, *words) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines
    assert all(re.match(r"links\.jsonl:\d+: ", line) for line in lines)


def test_explain_passes_over_what_is_no_file(site: Site) -> None:
    os.mkfifo(site.source / "years" / "2030" / "pipe-days" / "fifo.txt")
    (site.source / "years" / "zero.md").symlink_to("/dev/zero")
    assert run(site, "explain", GONE) == 0


@pytest.mark.parametrize("words", [["explain", "http://[::1"], ["archive", "http://[", "http://["]])
def test_an_argument_that_is_no_url(site: Site, words: list[str]) -> None:
    assert run(site, *words) == 2


def test_a_reason_has_no_control_characters(site: Site) -> None:
    assert run(site, "waive", GONE, "2999-01-31", "moving\udcff\x1b[31m house") == 0
    waiver = load_ledger(site.source / "links.jsonl")[GONE].waiver
    assert waiver
    assert waiver.reason == "moving[31m house"


def test_check_offline(site: Site) -> None:
    assert run(site, "check", "--offline") == 0
    path = site.source / "_build" / "linkcheck" / "output.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["counts"] == {"dead": 1}
    place = {"path": "years/2030/pipe-days/wednesday.txt", "line": 5}
    assert [entry["places"] for entry in report["addresses"]] == [[place]]


def test_check_only_and_refresh(site: Site, host: Host) -> None:
    site.edit("years/2030/pipe-days/wednesday.txt", GONE, f"{host.url}/a and {host.url}/b")
    assert run(site, "check", "--only", "/a$") == 0
    assert run(site, "check", "--only", "/a$", "--refresh") == 0
    assert host.pages() == {"/a": 2}
