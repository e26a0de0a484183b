"""The table of the name model can be made again: the same data give the same bytes."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from tests import train_name_model

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TALKS = [
    {"title": title, "speakers": [name], "tags": ["kettles"]}
    for title, name in (
        ("How to boil water in the field", "Ana Ruiz"),
        ("The art of the slow kettle", "Bo Larsson"),
        ("Testing tea with the whole team", "Ina Vik"),
        ("What we learned about steam", "Tom Baker"),
    )
]


def data(folder: Path) -> Path:
    path = folder / "talks.jsonl.gz"
    lines = "\n".join(map(json.dumps, TALKS))
    path.write_bytes(gzip.compress(lines.encode()))
    return path


def test_the_same_data_give_the_same_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = []
    for name in ("one.txt", "two.txt"):
        output = tmp_path / name
        assert train_name_model.main([str(data(tmp_path)), "--output", str(output)]) == 0
        tables.append(output.read_bytes())
    assert tables[0] == tables[1]
    assert "weights in" in capsys.readouterr().out


def test_names_score_above_pieces_of_titles(tmp_path: Path) -> None:
    training = train_name_model.examples(train_name_model.read(data(tmp_path)))
    assert {one.text for one in training if one.is_name} == {one["speakers"][0] for one in TALKS}
    weights = train_name_model.train(training)
    best = {one.text: sum(weights.get(f, 0.0) for f in features(one.text)) for one in training}
    assert (
        min(best[one.text] for one in training if one.is_name) > best["The art of the slow kettle"]
    )


def features(text: str) -> list[str]:
    return train_name_model.name_model.extract_features(text)


def test_data_that_are_not_there_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_name_model.main([str(tmp_path / "none.gz")]) == 2
    assert "no such file; pass the data" in capsys.readouterr().err
