"""What is required is what is imported, has bounds and reasons, and is pinned with its hashes."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import confnotes
import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)["project"]
DECLARED = [
    *PROJECT["dependencies"],
    *(one for group in PROJECT["optional-dependencies"].values() for one in group),
]
INSTALLED = [one for one in DECLARED if one not in PROJECT["optional-dependencies"]["bench"]]
NEWEST, LOWEST = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.txt", "requirements-lowest.txt")
)


def _name(requirement: str) -> str:
    """Return the name of a requirement, ``PyYAML>=6`` as ``pyyaml``."""
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def _imported() -> Iterator[str]:
    for path in Path(confnotes.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.ImportFrom(module=str(module)):
                    yield module.split(".")[0]
                case ast.Import(names=names):
                    yield from (name.name.split(".")[0] for name in names)


def test_every_import_is_required() -> None:
    foreign = set(_imported()) - sys.stdlib_module_names - {"confnotes"}
    distributions = packages_distributions()
    required = {_name(requirement) for requirement in DECLARED}
    assert {
        name
        for name in foreign
        if required.isdisjoint(_name(one) for one in distributions.get(name, ()))
    } == set()


@pytest.mark.parametrize("requirement", DECLARED)
def test_a_requirement_has_bounds_and_a_reason(requirement: str) -> None:
    assert re.fullmatch(r"[\w.-]+(\[\w+\])?>=[\d.]+,<\d+(\.\d+)?", requirement)
    assert re.search(rf'"{re.escape(requirement)}", +# \w+', TEXT)


@pytest.mark.parametrize("requirement", INSTALLED)
def test_a_requirement_is_pinned(requirement: str) -> None:
    assert re.search(rf"^{_name(requirement)}==", NEWEST, re.MULTILINE)


@pytest.mark.parametrize("requirement", INSTALLED)
def test_the_lowest_version_allowed_is_one_that_is_tested(requirement: str) -> None:
    pinned = re.search(rf"^{_name(requirement)}==([\d.]+)", LOWEST, re.MULTILINE)
    bound = re.search(r">=([\d.]+)", requirement)
    assert pinned
    assert bound
    assert _release(pinned[1]) == _release(bound[1])


def _release(version: str) -> list[int]:
    """Return the numbers of a version, those of types-… without the day they were made."""
    numbers = [int(number) for number in version.split(".") if len(number) < 8]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers


@pytest.mark.parametrize("pinned", [NEWEST, LOWEST])
def test_every_pin_has_hashes_and_no_line_names_a_host(pinned: str) -> None:
    pins = re.split(r"^(?=[^\s#])", pinned, flags=re.MULTILINE)[1:]
    assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert "://" not in pinned
