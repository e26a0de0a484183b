"""Two builds at once: one waits for the other, or says so and ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from confnotes.sphinx import lock

fcntl = pytest.importorskip("fcntl", reason="no locks on this system")

if TYPE_CHECKING:
    from conftest import Site


@pytest.mark.parametrize("folder", ["html", "doctrees"])
def test_a_folder_in_use_is_left_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setattr(lock, "MAX_WAIT", 0)
    (site.output / folder).mkdir(parents=True)
    other = os.open(site.output / folder, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(lock.FolderInUseError, match=f"{folder} is in use; wait for that build"):
        site.build()
    os.close(other)
    assert site.build().warnings == []


def test_two_builds_at_once_make_what_one_makes(site: Site, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-d", tmp_path / "doctrees", site.source]
    builds = [
        subprocess.Popen([*command, tmp_path / "made"], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [build.communicate()[1] for build in builds]
    assert all(not text or "is in use" in text for text in said)
    assert [build.returncode for build in builds] == [2 if text else 0 for text in said]
    assert 0 in [build.returncode for build in builds]
    subprocess.run([*command, tmp_path / "clean"], check=True)
    made, clean = (
        {p.relative_to(root): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
        for root in (tmp_path / "made", tmp_path / "clean")
    )
    assert made == clean
