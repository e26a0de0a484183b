"""Every page is valid HTML, as the Nu validator understands it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

JAR = os.environ.get("VNU_JAR", "")  # npm install vnu-jar brings one
COMMAND = ["java", "-Xss4m", "-jar", JAR] if JAR else ["vnu"]


@pytest.mark.skipif(not shutil.which(COMMAND[0]), reason=f"no {COMMAND[0]}, the Nu validator")
def test_the_validator_finds_no_error(served: tuple[Path, str]) -> None:
    options = ["--errors-only", "--skip-non-html", str(served[0])]
    found = subprocess.run([*COMMAND, *options], check=False, capture_output=True, text=True)
    assert found.stderr.splitlines() == []
