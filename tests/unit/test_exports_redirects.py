"""Redirects: what a line says, what is wrong with one, and the pages that lead on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from confnotes.catalogue import load_catalogue
from confnotes.exports import Site, redirect_page
from confnotes.exports.published_addresses import lint_addresses
from confnotes.exports.redirects import (
    Redirect,
    RedirectTarget,
    alias_redirects,
    load_redirects,
    parse_redirects,
    unwritable_problem,
    validate,
)

SITE = Site("Pipeline notes", "https://notes.example/", "{}.html".format)
PAGES = {"pumps/new": {"intro", "seals"}, "pumps/other": {"intro"}, "index": set[str]()}


def faults(text: str) -> list[str]:
    redirects, unclear = parse_redirects(text)
    sound, unsound = validate(redirects, PAGES.keys(), PAGES.__getitem__)
    assert len(sound) + len(unsound) == len(redirects)
    return [f"{p.path}:{p.line} {p.code} {p.message}; {p.suggestion}" for p in [*unclear, *unsound]]


def test_a_line_is_an_old_place_and_a_new_one() -> None:
    text = "# moved\n\npumps/old pumps/new\n/pumps/a%20b.html#x\tpumps/new.html#seals\n"
    assert parse_redirects(text) == (
        [
            Redirect(RedirectTarget("pumps/old"), RedirectTarget("pumps/new"), 3),
            Redirect(RedirectTarget("pumps/a b", "x"), RedirectTarget("pumps/new", "seals"), 4),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("pumps/old", "bad-redirect", "expected ‘old/page new/page’, got ‘pumps/old’"),
        ("../pumps/old pumps/new", "bad-redirect", "it is not a path below the site"),
        ("pumps/old/ pumps/new", "bad-redirect", "it is not a path below the site"),
        ("%2e%2e/old pumps/new", "bad-redirect", "it is not a path below the site"),
        ("//etc/old pumps/new", "bad-redirect", "it is not a path below the site"),
        ("a\\..\\old index", "bad-redirect", "it has a backslash or a drive"),
        ("C:/old index", "bad-redirect", "it has a backslash or a drive"),
        ("old%0A/etc/old index", "bad-redirect", "it has a control character"),
        ("old%00x index", "bad-redirect", "‘old%00x’ is no place on the site: it has a control"),
        (f"{'o' * 300} index", "bad-redirect", "it is too long"),
        (f"{'o/' * 900}x index", "bad-redirect", "it is too long"),
        ("index.html/x index", "bad-redirect", "a page is not a folder"),
        (
            "search pumps/new",
            "redirect-source-exists",
            "the redirect source ‘search’ is an existing page",
        ),
        ("pumps/old pumps/nwe", "redirect-target-missing", "did you mean ‘pumps/new’?"),
        ("pumps/old pumps/new#seal", "redirect-target-missing", "did you mean ‘seals’?"),
        (
            "pumps/other pumps/new",
            "redirect-source-exists",
            "the redirect source ‘pumps/other’ is an existing page",
        ),
        (
            "pumps/new#intro pumps/new#seals",
            "redirect-source-exists",
            "the redirect source ‘pumps/new#intro’ is an existing page",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line: str, code: str, message: str) -> None:
    (fault,) = faults(f"# first\n{line}\n")
    assert fault.startswith(f"redirects.txt:2 {code} ")
    assert message in fault


def test_a_number_sign_in_a_name_is_written_as_percent_23() -> None:
    assert parse_redirects("c%23-intro%2520 index#%41\n")[0] == [
        Redirect(RedirectTarget("c#-intro%20"), RedirectTarget("index", "A"), 1)
    ]


def test_an_old_place_leads_to_one_new_place() -> None:
    (fault,) = faults("pumps/old pumps/new\npumps/old pumps/other\n")
    assert fault.startswith("redirects.txt:2 duplicate-redirect ")
    assert "in line 1 already" in fault


def test_a_place_that_the_output_does_not_take_is_an_error() -> None:
    redirect = Redirect(RedirectTarget("sitemap.xml"), RedirectTarget("index"), 3)
    problem = unwritable_problem(redirect, "a file is there")
    assert (problem.code, problem.line) == ("redirect-unwritable", 3)


def test_what_moved_twice_is_told() -> None:
    assert faults("pumps/old pumps/new\npumps/older pumps/old\n") == [
        "redirects.txt:2 redirect-target-missing there is no page ‘pumps/old’; type ‘pumps/new’"
    ]


@pytest.mark.parametrize(
    "line",
    ["pumps/old pumps/new", "pumps/old#a pumps/new#seals", "pumps/new#a pumps/new#seals",
     "pumps/new#a pumps/other", "pumps/new#a pumps/other#intro"],
)  # fmt: skip
def test_what_can_be_redirected(line: str) -> None:
    assert faults(line) == []


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    os.mkfifo(project / "redirects.txt")
    (problem,) = lint_addresses(load_catalogue(project))
    assert (problem.path, problem.line, problem.code) == ("redirects.txt", 1, "unreadable-file")
    (project / "redirects.txt").unlink()
    (tmp_path / "elsewhere").write_text("a b\n")
    (project / "redirects.txt").symlink_to(tmp_path / "elsewhere")
    assert "leads out of the project" in load_redirects(project)[1][0].message


def test_check_finds_pages_anywhere_but_in_hidden_folders(tmp_path: Path) -> None:
    for name in ("guide/deep/page.md", "_build/page.md", ".venv/page.md"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    lines = ["a guide/deep/page", "b _build/page", "c .venv/page"]
    (tmp_path / "redirects.txt").write_text("\n".join(lines))
    assert [problem.line for problem in lint_addresses(load_catalogue(tmp_path))] == [2, 3]


def test_merged_speakers(tmp_path: Path) -> None:
    folder = tmp_path / "speakers"
    folder.mkdir()
    (folder / "ana-ruiz.md").write_text("---\naliases: [A. Ruíz, Bo, ANA RUIZ]\n---\n# Ana Ruiz\n")
    (folder / "bo-li.md").write_text("---\naliases: [A Ruiz Li]\n---\n# Bo Li\n")
    catalogue = load_catalogue(tmp_path)
    taken = {"speakers/ana-ruiz", "speakers/bo-li"}
    assert [(r.old.docname, r.new.docname) for r in alias_redirects(catalogue, taken)] == [
        ("speakers/a-ruiz", "speakers/ana-ruiz"),
        ("speakers/a-ruiz-li", "speakers/bo-li"),
        ("speakers/bo", "speakers/ana-ruiz"),
    ]
    taken |= {"speakers/a-ruiz", "speakers/bo", "speakers/a-ruiz-li"}
    assert list(alias_redirects(catalogue, taken)) == []


def test_a_page_leads_on_without_scripts() -> None:
    text = redirect_page.render_redirect(
        [Redirect(RedirectTarget("pumps/old"), RedirectTarget("pumps/new", "seals"))], "../", SITE
    )
    assert 'http-equiv="refresh" content="0; url=../pumps/new.html#seals"' in text
    assert '<a href="../pumps/new.html#seals">' in text
    assert '<link rel="canonical" href="https://notes.example/pumps/new.html#seals">' in text


def test_a_page_of_anchors_leads_each_to_its_own_place() -> None:
    redirects = [
        Redirect(RedirectTarget("pumps/old", "a"), RedirectTarget("pumps/new", "seals")),
        Redirect(RedirectTarget("pumps/old", "b"), RedirectTarget("pumps/other")),
    ]
    text = redirect_page.render_redirect(redirects, "../", SITE)
    assert '{"#a": "../pumps/new.html#seals", "#b": "../pumps/other.html"}' in text
    assert 'content="0; url=../pumps/new.html"' in text


def test_an_anchor_cannot_end_the_script() -> None:
    place = RedirectTarget("pumps/old", "</script><b>")
    assert "<b>" not in redirect_page.render_redirect(
        [Redirect(place, RedirectTarget("pumps/new"))], "../", SITE
    )


def test_each_of_many_lines_to_nowhere_has_the_nearest_page() -> None:
    redirects, _ = parse_redirects("".join(f"old/{n} years/2031/dya-{n}\n" for n in range(300)))
    pages = {f"years/2031/day-{n}" for n in range(3000)}
    _, problems = validate(redirects, pages, lambda docname: [])
    hints = [problem.suggestion for problem in problems]
    assert hints == [f"did you mean ‘years/2031/day-{n}’?" for n in range(300)]
