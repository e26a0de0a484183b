"""Commands in messages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from confnotes.shell_command import with_shell_commands


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ("project/.venv", "run `.venv/bin/confnotes check years`"),
        ("elsewhere", "run `{}/elsewhere/bin/confnotes check years`"),
        ("nowhere", "run `confnotes check years`"),
    ],
)
def test_a_message_names_a_command_that_works(
    environment: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("project/.venv/bin", "elsewhere/bin"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "confnotes").touch()
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setattr(sys, "executable", str(tmp_path / environment / "bin/python"))
    monkeypatch.setenv("PATH", "")
    assert with_shell_commands("run `confnotes check years`") == expected.format(tmp_path)
    script = tmp_path / "elsewhere/bin/confnotes"
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent))
    assert with_shell_commands("run `confnotes check`") == "run `confnotes check`"
