"""The guide has everything: every field, role, setting, message, command and option."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click
import confnotes
import pytest
from confnotes.catalogue.codes import CatalogueCode as Tree
from confnotes.cli import COMMANDS, cli
from confnotes.cli.commands.check import documented_codes
from confnotes.documented_enum import DocumentedStrEnum, ProblemCode
from confnotes.exports.redirects import RedirectCode as Machine
from confnotes.imports.codes import ImportCode as Import
from confnotes.linkcheck.codes import LinkCode as Link
from confnotes.lint.codes import LintCode as Check
from confnotes.lint.programme_differences import ProgrammeCode as Difference
from confnotes.model import TalkKind
from confnotes.notes.codes import GuessCode
from confnotes.notes.codes import NoteCode as Note
from confnotes.notes.syntax.fields import FieldName
from confnotes.sphinx.domain import ConferenceDomain

ROOT = Path(__file__).parents[2]
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in ROOT.glob("guide/*.md")}
GUIDE = "\n".join(PAGES[name] for name in sorted(PAGES))
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LAYER = Path(confnotes.__file__).parent / "sphinx"


@pytest.mark.parametrize("name", FieldName)
def test_field(name: str) -> None:
    label = name.capitalize().replace("_", " ")
    assert f"| `{label}:` |" in PAGES["note-takers"]


@pytest.mark.parametrize("name", "Event Day Session Date title speakers".split())
def test_field_of_a_note(name: str) -> None:
    _, about_notes = PAGES["note-takers"].split("Under the first line of a note")
    assert f"`{name}:`" in about_notes


@pytest.mark.parametrize("kind", TalkKind)
def test_kind(kind: str) -> None:
    assert f"`{kind}`" in PAGES["note-takers"]


@pytest.mark.parametrize("role", ConferenceDomain.roles)
def test_role(role: str) -> None:
    assert f"| ``{{{role}}}`" in PAGES["maintainers"]


@pytest.mark.parametrize("code", documented_codes())
def test_problem(code: str) -> None:
    severity, explanation = documented_codes()[code]
    assert f"| `{code}` | {severity} | {explanation} |" in PAGES["messages"]


@pytest.mark.parametrize("code", GuessCode)
def test_guess(code: GuessCode) -> None:
    assert f"| `{code}` | {code.description} |" in PAGES["messages"]


@pytest.mark.parametrize("code", Import)
def test_problem_of_an_import(code: Import) -> None:
    assert f"| `{code}` | {code.description} |" in PAGES["messages"]


@pytest.mark.parametrize("code", Difference)
def test_difference_from_a_programme(code: Difference) -> None:
    assert f"| `{code}` | {code.description} |" in PAGES["messages"]


@pytest.mark.parametrize("code", Link)
def test_finding_of_the_link_check(code: str) -> None:
    assert f"`{code}`" in PAGES["links"]


def test_no_family_of_codes_is_forgotten() -> None:
    assert set(DocumentedStrEnum.__subclasses__()) == {GuessCode, Link, ProblemCode}
    assert set(ProblemCode.__subclasses__()) == {Check, Difference, Import, Machine, Note, Tree}


def test_no_message_is_documented_that_nobody_says() -> None:
    documented = set(re.findall(r"^\| `([a-z0-9-]+)` \|", PAGES["messages"], re.MULTILINE))
    assert documented - {*documented_codes(), *GuessCode, *Import, *Difference} == set()


def _calls(method: str) -> Iterator[ast.Call]:
    """Yield every call of a method with this name in the Sphinx layer."""
    for path in LAYER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr=name)) if name == method:
                    yield node


def test_kinds_of_warnings() -> None:
    said = {
        f"`confnotes.{ast.literal_eval(word.value)}`"
        for call in chain(_calls("warning"), _calls("error"))
        for word in call.keywords
        if word.arg == "subtype" and isinstance(word.value, ast.Constant)
        if "confnotes" in ast.unparse(call)
    }
    assert {kind for kind in said if f"| {kind} |" not in PAGES["messages"]} == set()


def test_settings() -> None:
    names = [ast.literal_eval(call.args[0]) for call in _calls("add_config_value")
             if isinstance(call.args[0], ast.Constant)]  # fmt: skip
    assert names
    assert [name for name in names if f"| `{name}` |" not in GUIDE] == []


def _options(command: click.Command) -> Iterator[str]:
    """Yield every option of a command and of the commands below it, and their names."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield parameter.opts[-1]
    for name, below in command.commands.items() if isinstance(command, click.Group) else ():
        yield name
        yield from _options(below)


@pytest.mark.parametrize("name", COMMANDS)
def test_options(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command
    pages = PAGES["commands"] + (PAGES["links"] if name == "links" else "")
    assert f"`confnotes {name}" in pages
    assert {one for one in _options(command) if not re.search(rf"{one}\b", pages)} == set()


def test_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    assert targets
    assert [name for name in targets if f"| `make {name}` |" not in PAGES["commands"]] == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`([\w/]+\.py)`", CONTRIBUTING))))
def test_contributing_names_modules_that_exist(path: str) -> None:
    assert (ROOT / path).exists() or (LAYER.parent / path).exists()
