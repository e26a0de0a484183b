"""The site that the project comes with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE_BY_TOOLS = {"__pycache__", "_build"}


def _tree() -> dict[Path, int]:
    """Return every file that a person wrote, with its time."""
    times = {}
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name[0] != "." and name not in MADE_BY_TOOLS]
        times |= {Path(folder, name): Path(folder, name).stat().st_mtime_ns for name in names}
    return times


def test_it_builds_without_a_warning_and_leaves_the_tree_alone(tmp_path: Path) -> None:
    before = _tree()
    command = [sys.executable, "-P", "-m", "sphinx", "-n", "-W", "--keep-going", "-q"]
    done = subprocess.run(
        [*command, "-d", str(tmp_path / "doctrees"), str(ROOT), str(tmp_path / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert _tree() == before
