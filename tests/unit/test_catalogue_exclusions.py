"""Commands leave out what ``conf.py`` lists, as a build does, and do not run it."""

from __future__ import annotations

from pathlib import Path

import pytest
from confnotes.cli import main

from tests.file_trees import write_files

NOTE = "Kettle Days 2031 – Monday\n\nQueues – Ana Ruiz\nKind: sermon\n\n• one\n"
CONFS = [
    "exclude_patterns = ['years/2031/kettle-days/drafts']",
    "exclude_patterns: list[str] = ['**/drafts/**']",
    "exclude_patterns = ['x']\nexclude_patterns += ('**/draft?',)",
    "include_patterns = ['years/**/[n]*']",
]
COMPUTED = "import sys\nexclude_patterns = [*sys.path, 'years']\nraise SystemExit"


def project_of(root: Path, conf: str) -> Path:
    notes = (f"years/2031/kettle-days/{path}" for path in ("notes.txt", "drafts/lids.txt"))
    write_files(root, {"conf.py": conf, **dict.fromkeys(notes, NOTE)})
    return root


@pytest.mark.parametrize("conf", CONFS)
def test_a_check_leaves_out_what_conf_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], conf: str
) -> None:
    main(["check", "--root", str(project_of(tmp_path, conf))])
    said = capsys.readouterr()
    assert "notes.txt" in said.out
    assert "lids.txt" not in said.out
    assert "1 left out by conf.py" in said.err


@pytest.mark.parametrize("conf", [COMPUTED, "exclude_patterns = 5", "(", "\0", ""])
def test_a_check_reads_what_conf_does_not_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], conf: str
) -> None:
    main(["check", "--root", str(project_of(tmp_path, conf))])
    assert "drafts/lids.txt" in capsys.readouterr().out
