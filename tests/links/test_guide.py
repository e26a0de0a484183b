"""The guide has a row for everything that can be met."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from confnotes import url_finder
from confnotes.cli.commands import links
from confnotes.linkcheck.codes import LinkCode
from confnotes.linkcheck.ledger import LedgerEntry, LinkState
from confnotes.linkcheck.report import LinkFinding
from confnotes.sphinx.linkcheck_settings import OPTIONS

from tests.links.test_linkcheck import ANSWERS

PAGES = [Path(__file__).parents[2] / "guide" / name for name in ("links.md", "link-settings.md")]
GUIDE = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def actions() -> list[str]:
    return [f"confnotes links {name}" for name in links.command.commands]


@pytest.mark.parametrize(
    "word",
    [
        *(f"`{code}`" for code in LinkCode),
        *(f"| `{state}` |" for state in LinkState),
        *(f"`{finding}`" for finding in LinkFinding),
        *(f"| `{field.name}` |" for field in fields(LedgerEntry)),
        *(f"| `confnotes_linkcheck_{name}` |" for name in OPTIONS),
        *actions(),
        "--refresh",
        "--only PATTERN",
        "--offline",
    ],
)
def test_it_is_in_the_guide(word: str) -> None:
    assert word in GUIDE


@pytest.mark.parametrize("default", OPTIONS.values())
def test_defaults_are_right(default: object) -> None:
    assert f"| `{default!r}` |".replace("'", '"') in GUIDE


@pytest.mark.parametrize("words", [url_finder.FILES, url_finder.WORDS])
def test_the_rule_is_complete(words: frozenset[str]) -> None:
    assert f"`{' '.join(sorted(words))}`" in " ".join(GUIDE.split())


@pytest.mark.parametrize("product", sorted(url_finder.PRODUCTS))
def test_products_are_named(product: str) -> None:
    assert f"`{product}`" in GUIDE


@pytest.mark.parametrize("answer", sorted(set(ANSWERS.values())))
def test_every_answer_has_its_row(answer: str) -> None:
    state, code = answer.split()
    rows = GUIDE.partition("| Response |")[2].partition("\n\n")[0].splitlines()
    assert [row for row in rows if state in row and re.search(rf"\b({code}|the status)\b", row)]


def rules() -> list[tuple[str, str]]:
    """Return (links, prose) of each row of the table of rules."""
    rows = GUIDE.partition("| Rule |")[2].partition("\n\n")[0].splitlines()[2:]
    return [(row.split("|")[2], row.split("|")[3]) for row in rows]


@pytest.mark.parametrize(("good", "prose"), rules())
def test_the_examples_are_true(good: str, prose: str) -> None:
    assert all(url_finder.find_urls(example) for example in good.split("`")[1::2])
    assert not any(url_finder.find_urls(example) for example in prose.split("`")[1::2])
