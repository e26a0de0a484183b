"""The site that the project comes with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
MADE_BY_TOOLS = {"__pycache__", "_build"}


def _tree(root: Path) -> dict[Path, int]:
    """Return every file that a person wrote, with its time."""
    times = {}
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if name[0] != "." and name not in MADE_BY_TOOLS]
        times |= {Path(folder, name): Path(folder, name).stat().st_mtime_ns for name in names}
    return times


RAW = """\
Linux.conf.au 2016 – Monday – Session 9

Pumps in Containers – Tycho Andersen

  • LXD, now with pumps
Share
"""
SHOWN_ON = (
    "years/2016/linux-conf-au/as-pasted",
    "years/2016/linux-conf-au/index",
    "years/2016/index",
    "speakers/tycho-andersen",
    "topics/containers",
)


def test_it_builds_without_a_warning_and_shows_a_raw_post(tmp_path: Path) -> None:
    hidden = shutil.ignore_patterns(".*", *MADE_BY_TOOLS)
    source = shutil.copytree(ROOT, tmp_path / "copy", ignore=hidden)
    (source / f"{SHOWN_ON[0]}.txt").write_text(RAW, encoding="utf-8")
    before = _tree(source)
    command = [sys.executable, "-P", "-m", "sphinx", "-n", "-W", "--keep-going", "-q"]
    done = subprocess.run(
        [*command, "-d", str(tmp_path / "doctrees"), str(source), str(tmp_path / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert _tree(source) == before, "a build leaves the tree alone"
    pages = (tmp_path / "html" / f"{docname}.html" for docname in SHOWN_ON)
    assert all("Pumps in Containers" in page.read_text(encoding="utf-8") for page in pages)


def test_the_site_says_how_to_cite_it() -> None:
    """What CFF 1.2.0 requires."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] in {"dataset", "software"}
    assert all(cited[name] for name in ("message", "title", "authors"))
