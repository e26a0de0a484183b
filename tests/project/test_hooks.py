"""The pre-commit hook and the action check the notes of a project."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.file_trees import write_files

ROOT = Path(__file__).parents[2]
NOTE = Path("years/2031/kettle-days/monday.txt")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    text = "Kettle Days 2031\n\nQueues – Ana Ruiz\nTopics: unheard of\n\n• full\n"
    write_files(tmp_path, {"conf.py": "", NOTE.as_posix(): text})
    return tmp_path


def run(command: list[str], project: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    search = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": search, **variables}
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_the_hook_checks_the_files_that_changed(project: Path) -> None:
    (hook,) = load(".pre-commit-hooks.yaml")
    assert re.search(hook["files"], NOTE.as_posix())
    assert not re.search(hook["files"], "README.md")
    command, *arguments = shlex.split(hook["entry"])
    assert command == "confnotes"
    done = run([sys.executable, "-m", command, *arguments, NOTE.as_posix()], project)
    assert f"{NOTE}:4:9 error unknown-topic" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("strict", ["", "yes"])
@pytest.mark.parametrize("paths", ["", "years/2031"])
def test_the_action_annotates_the_notes(project: Path, strict: str, paths: str) -> None:
    script = load("action.yml")["runs"]["steps"][-1]["run"]
    script = script.replace("confnotes", f"{shlex.quote(sys.executable)} -m confnotes", 1)
    done = run(["bash", "-e", "-c", script], project, STRICT=strict, PATHS=paths)
    assert f"::error file={NOTE},line=4,col=9" in done.stdout
    assert done.returncode == 1
