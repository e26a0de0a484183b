"""The command line as a whole."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from confnotes import __version__
from confnotes.__main__ import run
from confnotes.cli import COMMANDS, main


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_gives_its_purpose(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help"]) == 0
    assert f"Usage: confnotes {command}" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["show", "check", "new", "import"])
def test_help_has_examples_and_exit_status(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main([command, "--help"])
    said = capsys.readouterr().out
    assert f"examples:\n    confnotes {command}" in said
    assert "exit status:\n    0" in said


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    said = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n  {name} " not in said] == []


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"confnotes {__version__}\n"


def test_a_mistyped_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chekc"]) == 2
    assert "confnotes: No such command 'chekc'. Did you mean 'check'?" in capsys.readouterr().err


def test_a_mistyped_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--stict"]) == 2
    said = capsys.readouterr().err
    assert "confnotes: No such option '--stict'. Did you mean '--strict'?" in said


def test_an_option_without_its_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "yaml"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("Usage: confnotes check [OPTIONS] [PATH…]\n")
    assert "\nconfnotes: Invalid value for '--format': 'yaml' is not one of " in said


def test_a_terminal_shows_colours_unless_told_not_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(*, is_terminal: bool) -> str:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Leaks - Bo Li\n\n- one\n")))
        stream = io.StringIO()
        stream.isatty = lambda: is_terminal  # type: ignore[method-assign]
        monkeypatch.setattr("sys.stdout", stream)
        assert main(["show", "-"]) == 0
        return stream.getvalue()

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1mLeaks\x1b[0m" in shown(is_terminal=True)
    assert "\x1b[32mBo Li\x1b[0m" in shown(is_terminal=True)
    assert "\x1b" not in shown(is_terminal=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shown(is_terminal=True)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in shown(is_terminal=True)


def test_ctrl_c_ends_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("confnotes.cli.commands.import_.scan_project", interrupt)
    assert main(["import", __file__]) == 130


def test_a_reader_that_has_gone_ends_a_command() -> None:
    command = [sys.executable, "-m", "confnotes", "check", "--list-rules"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_ctrl_c_ends_a_command_that_is_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "confnotes.cli")
    monkeypatch.setattr("builtins.__import__", interrupt)
    assert run() == 130


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_end_no_command(closed: str) -> None:
    for command, status in {"check --list-rules": 0, "show -": 0, "show nowhere": 2}.items():
        shell = f'"{sys.executable}" -m confnotes {command} {closed}'
        done = subprocess.run(
            shell, shell=True, capture_output=True, input="", text=True, check=False
        )
        assert (done.returncode, "Traceback" in done.stderr) == (status, False)


@pytest.mark.parametrize("command", ["mv topics/heat X", "people --merge X Y", "check --X"])
def test_what_was_typed_acts_on_no_terminal(
    command: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command.replace("X", "a\x1b[31m\x07b").split()) == 2
    assert "a\\x1b[31m\\x07b" in capsys.readouterr().err


def test_without_a_word_it_tells_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_commands_never_import_sphinx() -> None:
    program = (
        "import contextlib, io, sys\n"
        "from confnotes.cli import COMMANDS, main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    for name in COMMANDS: main([name, '--help'])\n"
        "print([name for name in ('sphinx', 'docutils', 'myst_parser') if name in sys.modules])"
    )
    assert said_by(program) == "[]\n"


def test_a_terminal_that_knows_ascii_only() -> None:
    command = [sys.executable, "-m", "confnotes", "chekc"]
    done = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert b"Did you mean" in done.stderr


def test_help_imports_no_command() -> None:
    program = (
        "import contextlib, io, sys\n"
        "from confnotes.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()): main(['--help'])\n"
        "print([name for name in sys.modules if name.startswith('confnotes.cli.')])"
    )
    assert said_by(program) == "[]\n"


def said_by(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@contextmanager
def no_room() -> Iterator[None]:
    """Let every write to a file fail, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


SCHEDULE = """\
{"schedule": {"conference": {"title": "Kettle Days 2031", "days": [{"rooms": {"Hall": [
  {"guid": "a1", "title": "Queues that never fill", "date": "2031-03-03T10:00:00+01:00"}
]}}]}}}
"""
NOTE = "years/2031/kettle-days/day-1.txt"
FILES = {
    "conf.py": "",
    NOTE: "Kettle Days 2031 – Day 1\n\nA lid – Ana Ruiz\n\n• hot\n",
    "speakers/ana-ruiz.md": "# Ana Ruiz\n",
    "topics/heat.md": "# Heat\n",
    "redirects.txt": "",
    "years/2031/kettle-days/programme.json": '{"event": "Kettle Days 2031", "talks": []}\n',
    "schedule.json": SCHEDULE,
}


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("new --topic cold", "topics/cold.md"),
        ("new --title Steam", "years/2031/kettle-days/"),
        ("mv topics/heat.md topics/warmth.md", "topics/warmth.md"),
        ("import schedule.json", "years/2031/kettle-days/programme.json"),
    ],
)
def test_a_full_disk_is_said_and_leaves_no_half_file(
    command: str, path: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    with no_room():
        assert main(command.split()) in {1, 2}
    said = capsys.readouterr()
    assert "File too large" in said.out + said.err
    assert path in said.out + said.err
    assert ".new" not in said.out + said.err
    assert {file: file.read_bytes() for file in project.rglob("*") if file.is_file()} == before


def test_a_name_that_no_file_can_have(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(tmp_path / ("a" * 300))]) == 2
    assert capsys.readouterr().err.endswith(": File name too long\n")
