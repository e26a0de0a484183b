"""What runs on GitHub: valid, pinned, and allowed no more than it needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOWS = sorted((Path(__file__).parents[2] / ".github" / "workflows").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_and_rights_are_named(path: Path) -> None:
    workflow = read(path)
    assert "permissions" in workflow, "or every job may write"
    for job in workflow["jobs"].values():
        used = [step["uses"] for step in job["steps"] if "uses" in step]
        assert all(re.fullmatch(r"actions/[\w-]+@v\d+", action) for action in used)


def test_who_runs_the_check_may_write_nothing() -> None:
    (workflow,) = [read(path) for path in WORKFLOWS if path.stem == "links"]
    assert "schedule" in workflow[True], "YAML takes `on` for a truth value"
    ask, propose = workflow["jobs"]["ask"], workflow["jobs"]["propose"]
    assert {"run": "make linkcheck"} in ask["steps"]
    assert set(ask["permissions"].values()) == {"read"}
    assert propose["permissions"] == {"contents": "write", "pull-requests": "write"}
    assert not any("make" in step.get("run", "") for step in propose["steps"])
