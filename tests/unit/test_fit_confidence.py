"""The confidence in guesses can be fitted again, and says what labelled notes say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests import fit_confidence

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

RIGHT = "# Kettle Days 2031\n\n## Queues that never fill\n\n- a\n\n## Lids: a history\n\n- b\n"


def notes(folder: Path) -> Path:
    """Write six notes: what they read of ``Lids`` is right, ``Queues`` has a speaker in truth."""
    for name in ("labels", "texts"):
        (folder / name).mkdir()
    for number in range(6):
        talks = [
            {"title": "Queues that never fill", "speakers": ["Ana Ruiz"]},
            {"title": "Lids: a history", "speakers": []},
        ]
        label = {"author": f"author {number}", "file": f"{number}.md", "talks": talks}
        (folder / "labels" / f"{number}.json").write_text(json.dumps(label))
        (folder / "texts" / f"{number}.md").write_text(RIGHT)
    return folder


def test_what_only_right_guesses_have_speaks_for_them(tmp_path: Path) -> None:
    found = [*fit_confidence.examples([notes(tmp_path)])]
    assert len(found) == 12
    assert fit_confidence.fit(found)["subtitle"] > 1


def test_each_author_is_judged_by_the_others(tmp_path: Path) -> None:
    found = [*fit_confidence.examples([notes(tmp_path)])]
    judged = [*fit_confidence.cross_validate(found)]
    assert len(judged) == len(found)
    assert all((sure > 0.5) == one.is_right for one, sure in judged)


def test_folders_without_labels_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fit_confidence.main([str(tmp_path)]) == 2
    assert "no guess about a labelled note" in capsys.readouterr().err
