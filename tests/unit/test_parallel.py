"""Work that several processes do is what one would have done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from confnotes import parallel
from confnotes.catalogue import load_catalogue
from confnotes.parallel import MIN_ITEMS, map_parallel

ROOT = Path(__file__).parents[1] / "roots" / "test-conference"
MANY = range(4 * MIN_ITEMS)


def test_results_are_in_the_order_of_the_items() -> None:
    assert map_parallel(lambda item: item * item, MANY, 2) == [item * item for item in MANY]


def test_other_processes_do_the_work() -> None:
    workers = set(map_parallel(lambda item: os.getpid(), MANY, 2))
    assert os.getpid() not in workers
    assert len(workers) <= 2


@pytest.mark.parametrize(("items", "jobs"), [(MANY, 1), (range(MIN_ITEMS - 1), 2), ((), 2)])
def test_little_work_is_done_here(items: range, jobs: int) -> None:
    assert set(map_parallel(lambda item: os.getpid(), items, jobs)) <= {os.getpid()}


def test_a_fault_is_that_of_the_function() -> None:
    with pytest.raises(ZeroDivisionError):
        map_parallel(lambda item: 1 // (item - 7), MANY, 2)


def test_a_process_that_is_killed_is_a_fault() -> None:
    parent = os.getpid()

    def work(item: int) -> int:
        if item == 7 and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    with pytest.raises(ChildProcessError):
        map_parallel(work, MANY, 2)


SLOW = """
import os, sys, time
from confnotes.parallel import map_parallel
def work(item):
    print(os.getpid(), flush=True)
    time.sleep(0.05)
    return item
map_parallel(work, range(100_000), 2)
"""


def test_processes_end_when_their_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline()
        parent.kill()
        parent.stdout.read()  # which ends with the last of them


def test_a_catalogue_does_not_depend_on_processes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    expected = load_catalogue(ROOT)
    monkeypatch.setattr(parallel, "MIN_ITEMS", 1)
    cache = tmp_path / "notes.sqlite"
    for _turn in ("read", "from the cache"):
        catalogue = load_catalogue(ROOT, cache=cache, jobs=2)
        assert catalogue.source_digest == expected.source_digest
        assert {name: entry.note for name, entry in catalogue.notes.items()} == {
            name: entry.note for name, entry in expected.notes.items()
        }
        assert dict(catalogue.people) == dict(expected.people)
        assert catalogue.problems == expected.problems
