"""What a build keeps for the next: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from confnotes.file_stamps import Stamp
from confnotes.sphinx.last_build import NAME, BuildState, Output
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

STATE = BuildState(
    read={"index": "a1"},
    doctrees={"index": Stamp(1, 2, "b2")},
    outputs={"html": Output(notes="c3", pages={"index": "d4"}, files={"a.html": Stamp(3, 4, "")})},
)


def test_what_is_kept_is_what_was_saved(tmp_path: Path) -> None:
    STATE.save(tmp_path)
    assert BuildState.load(tmp_path) == STATE


def test_nothing_is_kept_at_first(tmp_path: Path) -> None:
    assert BuildState.load(tmp_path) == BuildState()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_damage_of_any_byte_makes_all_stale(tmp_path: Path, data: st.DataObject) -> None:
    STATE.save(tmp_path)
    kept = bytearray((tmp_path / NAME).read_bytes())
    place = data.draw(st.integers(0, len(kept) - 1))
    kept[place] ^= data.draw(st.integers(1, 255))
    end = data.draw(st.sampled_from([len(kept), place + 1]))
    (tmp_path / NAME).write_bytes(kept[:end])
    assert BuildState.load(tmp_path) == BuildState()
