"""What running a command takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in a unit of ``ru_maxrss``."""


class FailedError(Exception):
    """A command said no; the message is the end of what it printed."""


@dataclass(frozen=True)
class Cost:
    """``wall`` and ``cpu`` in seconds, of all processes; ``memory`` of the largest, in bytes."""

    wall: float
    cpu: float
    memory: int


def run(command: Sequence[str | Path], cwd: Path, **environment: str) -> Cost:
    """Run ``command`` to its end. Raises FailedError."""
    watched = [sys.executable, "-c", _WATCH, *map(str, command)]
    env = {**os.environ, **environment}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # users' Python keeps what it has compiled
    started = time.perf_counter()
    done = subprocess.run(watched, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - started
    said, _, last = done.stdout.rstrip().rpartition("\n")
    status, cpu, memory = last.split()
    if status != "0":
        raise FailedError(f"{said}\n{done.stderr}"[-2000:])
    return Cost(wall, float(cpu), int(memory) * _UNIT)


def size(folder: Path) -> int:
    """Return the bytes of all files below ``folder``."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


_WATCH = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], check=False).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print("", status, used.ru_utime + used.ru_stime, used.ru_maxrss, sep=" ")
"""
"""A process of its own for each command, since the figures are sums over all children.

``ru_maxrss`` of children is that of the largest, grandchildren that were waited for included.
"""
