"""The command line as a whole."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from confnotes import __version__
from confnotes.cli import COMMANDS, main


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_gives_its_purpose(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        main([command, "--help"])
    assert leaving.value.code == 0
    assert f"usage: confnotes {command}" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["show", "check", "new", "import"])
def test_help_has_examples_and_exit_status(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    said = capsys.readouterr().out
    assert f"examples:\n  confnotes {command}" in said
    assert "exit status:\n  0" in said


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n    {name} " not in said] == []


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"confnotes {__version__}\n"


def test_a_mistyped_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["chekc"])
    assert leaving.value.code == 2
    assert "there is no command ‘chekc’; did you mean ‘check’?" in capsys.readouterr().err


def test_a_mistyped_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["check", "--bseline", "known.jsonl"])
    assert leaving.value.code == 2
    said = capsys.readouterr().err
    assert "confnotes check takes no ‘--bseline’; did you mean ‘--baseline’?" in said


def test_without_a_word_it_tells_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "commands:" in capsys.readouterr().err


def test_commands_never_import_sphinx() -> None:
    program = (
        "import sys\n"
        "from confnotes.cli import COMMANDS, parser\n"
        "for name in COMMANDS: parser(name)\n"
        "print([name for name in ('sphinx', 'docutils', 'myst_parser') if name in sys.modules])"
    )
    assert said_by(program) == "[]\n"


def test_a_terminal_that_knows_ascii_only() -> None:
    command = [sys.executable, "-m", "confnotes", "chekc"]
    done = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert b"did you mean" in done.stderr


def test_help_imports_no_command() -> None:
    program = (
        "import sys\n"
        "from confnotes.cli import parser\n"
        "parser()\n"
        "print([name for name in sys.modules if name.startswith('confnotes.cli.')])"
    )
    assert said_by(program) == "[]\n"


def said_by(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
