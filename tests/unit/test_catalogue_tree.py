"""Which files count, front matter that is broken, anchors that stay."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from confnotes.catalogue import Catalogue, load_catalogue
from confnotes.invisible_characters import escape_invisible

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]
FOLDER = "years/2031/pipe-days"
HEAD = "Pipe Days 2031 – Day 1 – Session 1\n\n"
NOTE = f"{HEAD}Of pipes – Ana Ruiz\n\n• Text\n"


def test_files_elsewhere_do_not_count(catalogue_of: Make) -> None:
    catalogue = catalogue_of(
        {
            "README.txt": NOTE,
            "speakers/draft.txt": NOTE,
            f"{FOLDER}/.one.txt.swp": NOTE,
            f"{FOLDER}/.hidden.txt": NOTE,
            f"{FOLDER}/.git/one.txt": NOTE,
        }
    )
    assert not catalogue.notes
    assert catalogue.problems == ()


@pytest.mark.parametrize(
    "suffix", [".txt", ".TXT", ".Text", ".MD", ".markdown", ".mkd", ".RST", ""]
)
def test_a_note_may_have_any_suffix_that_import_reads(catalogue_of: Make, suffix: str) -> None:
    catalogue = catalogue_of({f"{FOLDER}/one{suffix}": NOTE})
    assert list(catalogue.notes) == [f"{FOLDER}/one"]
    assert catalogue.problems == ()


def test_a_folder_below_an_event_holds_notes_of_its_day(catalogue_of: Make) -> None:
    page = "---\nname: Pipe Days 2031\nstart: 2031-03-03\n---\n"
    talk = "Of pipes – Ana Ruiz\n\n• Text\n"
    catalogue = catalogue_of(
        {
            f"{FOLDER}/index.md": page,
            f"{FOLDER}/day2/one.txt": talk,
            f"{FOLDER}/Tuesday/a/two.txt": talk,
            f"{FOLDER}/extras/three.txt": talk,
        }
    )
    days = {name: (entry.note.day, entry.note.date) for name, entry in catalogue.notes.items()}
    assert days == {
        f"{FOLDER}/day2/one": ("Day 2", date(2031, 3, 4)),
        f"{FOLDER}/Tuesday/a/two": ("Tuesday", date(2031, 3, 4)),
        f"{FOLDER}/extras/three": ("", None),
    }
    assert {entry.event for entry in catalogue.notes.values()} == {f"{FOLDER}/index"}


def test_a_letter_with_an_accent_may_be_typed_as_two_characters(catalogue_of: Make) -> None:
    catalogue = catalogue_of({f"{FOLDER}/cafe\u0301.txt": NOTE})
    assert list(catalogue.notes) == [f"{FOLDER}/caf\u00e9"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("years/top.txt", "misplaced-note"),
        ("years/2031/one.txt", "misplaced-note"),
        ("years/2031/one.MARKDOWN", "misplaced-note"),
        ("years/drafts/x/one.txt", "misplaced-note"),
        ("years/1066/x/one.txt", "misplaced-note"),
        ("years/0000/x/one.txt", "misplaced-note"),
        ("years/one.asciidoc", "misplaced-note"),
        ("speakers/ana.org", "unread-format"),
        ("speakers/ana.markdown", "unread-format"),
        ("topics/water.MD", "unread-format"),
        (f"{FOLDER}/index.txt", "duplicate-page"),
        (f"{FOLDER}/Index.md", "duplicate-page"),
        (f"{FOLDER}/{'a' * 250}.txt", "unreadable-file"),
        (f"{FOLDER}/a\x1b[31m.txt", "unreadable-file"),
        (f"{FOLDER}/a\nb.txt", "unreadable-file"),
        (f"{FOLDER}/a\tb.txt", "unreadable-file"),
        (f"{FOLDER}/\x1fb.txt", "unreadable-file"),
        (f"{FOLDER}/\u202etxt.exe", "unreadable-file"),
    ],
)
def test_what_is_on_no_page_is_an_error_at_its_path(
    catalogue_of: Make, path: str, code: str
) -> None:
    catalogue = catalogue_of({path: NOTE, f"{FOLDER}/good.txt": NOTE})
    [problem] = catalogue.problems
    assert (problem.path, problem.code, problem.severity) == (escape_invisible(path), code, "error")
    assert escape_invisible(path).isprintable()
    assert list(catalogue.notes) == [f"{FOLDER}/good"]
    assert catalogue.unread == (path,)


def test_a_folder_of_notes_in_capitals_is_an_error(catalogue_of: Make) -> None:
    catalogue = catalogue_of({"Years/2031/pipe-days/one.txt": NOTE, "Topics/one.md": "# One\n"})
    (problem,) = catalogue.problems
    assert (problem.path, problem.suggestion) == ("Years", "rename it")
    assert problem.message == "the folder of notes is called ‘years’, in small letters"
    assert catalogue.unread == ("Years",)


def test_every_file_below_years_is_a_note_a_page_an_asset_or_an_error(catalogue_of: Make) -> None:
    files = [
        "years/index.md", "years/about.md", "years/drafts/x/index.md", "years/2031/index.md",
        "years/2031/x.docx",
        f"{FOLDER}/index.md", f"{FOLDER}/one.txt", f"{FOLDER}/One.txt", f"{FOLDER}/one.md",
        f"{FOLDER}/plan.svg", f"{FOLDER}/day1/index.md", f"{FOLDER}/day1/plan.svg", "years/a.b.c",
    ]  # fmt: skip
    catalogue = catalogue_of(dict.fromkeys(files, NOTE))
    notes = [entry.note.path for entry in catalogue.notes.values()]
    pages = [page.path for page in catalogue.handwritten.values()]
    assert sorted([*notes, *pages, *catalogue.assets, *catalogue.unread]) == sorted(files)
    assert catalogue.unread == (f"{FOLDER}/one.txt",)
    assert catalogue.assets == ("years/a.b.c", "years/2031/x.docx", f"{FOLDER}/plan.svg",
                                f"{FOLDER}/day1/plan.svg")  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        'a"><img src=x>',
        "c#-intro",
        "what?",
        "100%25",
        "a\\b",
        "<b>",
        "javascript:alert(1)",
    ],
)
@pytest.mark.parametrize("folder", [FOLDER, "speakers", "topics"])
def test_a_name_that_means_something_in_an_address_is_an_error(
    catalogue_of: Make, name: str, folder: str
) -> None:
    files = [f"{folder}/{name}.md", f"{FOLDER}/{name}.png", f"{FOLDER}/good.txt"]
    catalogue = catalogue_of(dict.fromkeys(files, NOTE))
    (problem,) = [problem for problem in catalogue.problems if problem.code == "unreadable-file"]
    assert (problem.path, problem.suggestion) == (f"{folder}/{name}.md", "rename it")
    assert problem.message.endswith("in an address")
    assert [*catalogue.notes] == [f"{FOLDER}/good"]


@pytest.mark.parametrize(
    "path", ["day.html/one.txt", "lids.bib/one.md", "index.html.txt", "day1/Index.HTML.md"]
)
def test_a_name_of_a_file_of_the_site_is_an_error(catalogue_of: Make, path: str) -> None:
    catalogue = catalogue_of({f"{FOLDER}/{path}": NOTE, f"{FOLDER}/x.html.txt": NOTE})
    [problem] = catalogue.problems
    assert str(problem) == (
        f"{FOLDER}/{path}:1:1 unreadable-file a file of the site may have this name; rename it"
    )
    assert [*catalogue.notes] == [f"{FOLDER}/x.html"]


def test_a_name_that_is_not_utf8_is_an_error(tmp_path: Path, catalogue_of: Make) -> None:
    catalogue_of({f"{FOLDER}/good.txt": NOTE})
    Path(os.fsdecode(os.fsencode(tmp_path / FOLDER) + b"/bad\xff.txt")).write_text(NOTE, "utf-8")
    [problem] = load_catalogue(tmp_path).problems
    assert (problem.path, problem.code) == (f"{FOLDER}/bad\\udcff.txt", "unreadable-file")


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("years", "../elsewhere"),
        ("years/2031/up", "../.."),
        (f"{FOLDER}/self", "."),
        (f"{FOLDER}/other", "../pipe-nights"),
        ("speakers/self", "."),
        (f"{FOLDER}/circle.txt", "circle.txt"),
        (f"{FOLDER}/gone.txt", "gone"),
        (f"{FOLDER}/passwd.txt", "/etc/passwd"),
        (f"{FOLDER}/passwd.md", "/etc/passwd"),
        (f"{FOLDER}/zero.txt", "/dev/zero"),
        (f"{FOLDER}/index.md", "/etc/passwd"),
        ("speakers/ana.md", "/etc/passwd"),
        ("index.md", "/etc/passwd"),
    ],
)
def test_a_link_that_is_not_followed_is_an_error(
    tmp_path: Path, catalogue_of: Make, link: str, target: str
) -> None:
    root = tmp_path / "project"
    for name in (f"{FOLDER}/good.txt", "years/2031/pipe-nights/good.txt", "speakers/bo.md"):
        catalogue_of({f"project/{name}": NOTE, "elsewhere/x": NOTE})
    if link == "years":
        shutil.rmtree(root / "years")
    (root / link).symlink_to(target)
    catalogue = load_catalogue(root)
    [problem] = catalogue.problems
    assert (problem.path, problem.code) == (link, "unreadable-file")
    assert catalogue.unread == (link,)
    assert len(catalogue.notes) == (0 if link == "years" else 2)


def test_a_link_to_a_file_of_the_project_is_read(tmp_path: Path, catalogue_of: Make) -> None:
    catalogue_of({"drafts/one.txt": NOTE, f"{FOLDER}/good.txt": NOTE})
    (tmp_path / FOLDER / "one.txt").symlink_to("../../../drafts/one.txt")
    assert len(load_catalogue(tmp_path).notes) == 2


def test_a_fifo_a_large_file_and_a_folder_called_like_a_note(
    tmp_path: Path, catalogue_of: Make
) -> None:
    catalogue_of({f"{FOLDER}/good.txt": NOTE, f"{FOLDER}/folder.txt/index.md": "# Day 1\n"})
    os.mkfifo(tmp_path / FOLDER / "fifo.txt")
    os.mkfifo(tmp_path / "index.md")
    with (tmp_path / FOLDER / "huge.txt").open("wb") as file:
        file.truncate(1 << 30)  # sparse
    catalogue = load_catalogue(tmp_path)
    assert [(problem.path, problem.code) for problem in catalogue.problems] == [
        ("index.md", "unreadable-file"),
        (f"{FOLDER}/fifo.txt", "unreadable-file"),
        (f"{FOLDER}/huge.txt", "unreadable-file"),
    ]
    assert len(catalogue.notes) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_a_folder_without_permission_is_an_error(tmp_path: Path, catalogue_of: Make) -> None:
    catalogue_of({f"{FOLDER}/good.txt": NOTE, "years/2031/closed/one.txt": NOTE})
    (tmp_path / "years/2031/closed").chmod(0)
    [problem] = load_catalogue(tmp_path).problems
    (tmp_path / "years/2031/closed").chmod(0o755)
    assert (problem.path, problem.code) == ("years/2031/closed", "unreadable-file")


def test_settings_may_leave_files_and_folders_out(tmp_path: Path, catalogue_of: Make) -> None:
    catalogue_of({f"{FOLDER}/one.txt": NOTE, f"{FOLDER}/two.txt": NOTE, "years/2032/x/a.txt": NOTE})
    left_out = {f"{FOLDER}/two.txt", "years/2032"}
    catalogue = load_catalogue(tmp_path, is_excluded=left_out.__contains__)
    assert set(catalogue.excluded) == left_out
    assert list(catalogue.notes) == [f"{FOLDER}/one"]
    assert catalogue.problems == ()


def test_an_empty_project_has_an_empty_catalogue(tmp_path: Path) -> None:
    assert not load_catalogue(tmp_path).notes


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (f"{FOLDER}/one.md", f"{FOLDER}/one.txt"),
        (f"{FOLDER}/One.txt", f"{FOLDER}/one.txt"),
        (f"{FOLDER}/index.md", f"{FOLDER}/index.txt"),
        (f"{FOLDER}/one.txt", "years/2031/Pipe-Days/one.txt"),
    ],
)
def test_two_files_of_one_page_are_an_error(catalogue_of: Make, one: str, two: str) -> None:
    catalogue = catalogue_of({one: NOTE, two: NOTE})
    assert "duplicate-page" in [problem.code for problem in catalogue.problems]


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("name: [", (3, 1)),
        ("name: {a: b}", (2, 7)),
        ("- name", (2, 1)),
        ("aliases: [[a]]", (2, 11)),
        ("name: a\nlinks: me", (3, 8)),
        ("name: a\x07", (2, 8)),
        ("a: b\nlinks: {Site: 'data:text/html,x'}", (3, 15)),
        ("a: b\nlinks:\n- label: Site\n  url: JavaScript:alert(1)", (5, 8)),
        ("a: b\n" + "c: d\n" * 30_000, (1, 1)),
    ],
    ids=[
        "unclosed",
        "mapping",
        "list",
        "nested",
        "links",
        "control",
        "data",
        "script",
        "long",
    ],
)
def test_broken_front_matter_is_an_error_at_its_place(
    catalogue_of: Make, front: str, place: tuple[int, int]
) -> None:
    [problem] = catalogue_of({"speakers/ana.md": f"---\n{front}\n---\n# Ana\n"}).problems
    assert problem.code == "invalid-front-matter"
    assert (problem.line, problem.column) == place


def test_front_matter_nested_beyond_reason_is_an_error(catalogue_of: Make) -> None:
    catalogue = catalogue_of({"speakers/ana.md": f"---\na: {'[' * 9000}\n---\n# Ana\n"})
    assert [problem.code for problem in catalogue.problems] == ["invalid-front-matter"]
    assert catalogue.people["ana"].name == "Ana"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("end: 9999-12-31", "‘9999-12-31’ is not a date from 1900 to 2199"),
        ("start: 0001-01-01", "‘0001-01-01’ is not a date from 1900 to 2199"),
        ("start: 2031-02-30", "‘2031-02-30’ is no date"),
        ("url: javascript:alert(1)", "‘javascript:alert(1)’ is no URL"),
        ("url: 'java script:alert(1)'", "‘java script:alert(1)’ is no URL"),
        ('url: "java\\tscript:alert(1)"', "‘java script:alert(1)’ is no URL"),
        ("url: data:text/html,x", "‘data:text/html,x’ is no URL"),
        ("url: //example.org/", "‘//example.org/’ is no URL"),
        ("url: file:///etc/passwd", "‘file:///etc/passwd’ is no URL"),
    ],
)
def test_a_value_that_cannot_be_is_an_error_at_its_line(
    catalogue_of: Make, line: str, message: str
) -> None:
    catalogue = catalogue_of({f"{FOLDER}/index.md": f"---\nname: Pipe Days\n{line}\n---\n"})
    [problem] = catalogue.problems
    assert (problem.line, problem.code, problem.message) == (3, "invalid-front-matter", message)
    event = catalogue.events[f"{FOLDER}/index"]
    assert (event.start, event.end, event.url) == (None, None, "")


def test_what_nobody_sees_is_removed_from_names(catalogue_of: Make) -> None:
    hidden = "\u202e\u2066\u200b"
    catalogue = catalogue_of(
        {
            f"{FOLDER}/index.md": f'---\nname: "Pipe{hidden} \\u202eDays\\x07"\n'
            f"place: L{hidden}yon\n---\n",
            "speakers/ana.md": f"# Ana{hidden} Ruiz\n",
            "speakers/bo.md": f"---\nname: Bo\naliases: [B{hidden}o Li]\n"
            f"links: {{Si{hidden}te: 'https://example.org/'}}\n---\n",
            "topics/water.md": f"---\ntitle: Wa{hidden}ter\nphrases: [pi{hidden}pe]\n---\n",
        }
    )
    assert catalogue.problems == ()
    event = catalogue.events[f"{FOLDER}/index"]
    assert (event.name, event.location) == ("Pipe Days", "Lyon")
    assert catalogue.people["ana"].name == "Ana Ruiz"
    assert catalogue.people["bo"].aliases == ("Bo Li",)
    assert [link.label for link in catalogue.people["bo"].links] == ["Site"]
    assert catalogue.topics["water"].title == "Water"
    assert catalogue.topics["water"].phrases == ("pipe",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_a_page_in_any_encoding_is_read(tmp_path: Path, catalogue_of: Make, encoding: str) -> None:
    catalogue_of({"speakers/x.md": ""})
    page = "---\nname: Zoë\naliases: [Zoé]\n---\n# Zoë\n"
    (tmp_path / "speakers/zoe.md").write_bytes(page.encode(encoding))
    catalogue = load_catalogue(tmp_path)
    assert catalogue.people["zoe"].name == "Zoë"
    assert catalogue.handwritten["speakers/zoe"].is_as_published == encoding.startswith("utf-8")
    codes = [(problem.path, problem.line, problem.code) for problem in catalogue.problems]
    assert codes == ([("speakers/zoe.md", 2, "not-utf-8")] if encoding == "latin-1" else [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Pipes ##\n", "Pipes"),
        ("# C#\n", "C#"),
        ("#\n# Pipes\n", "Pipes"),
        ("#Pipes\n# Valves\n", "Valves"),
        ("Pipes\n===\n", "Pipes"),
        ("===\n\n# Pipes\n", "Pipes"),
        ("    Code\n===\n# Pipes\n", "Pipes"),
        ("~~~\n# no\n```\n# no\n~~~\n# Pipes\n", "Pipes"),
        (":::{note}\n# no\n:::\n# Pipes\n", "Pipes"),
        ("## Pipes\n", "Water"),
        ("# Pipes <!-- leaky -->\n", "Pipes"),
        ("<!--\n# Leaks\n-->\n% # Leaks\n# Pipes\n", "Pipes"),
        ("", "Water"),
    ],
)
def test_the_first_heading_is_the_title(catalogue_of: Make, text: str, title: str) -> None:
    assert catalogue_of({"topics/water.md": text}).topics["water"].title == title


def test_values_are_taken_as_typed(catalogue_of: Make) -> None:
    catalogue = catalogue_of({"topics/no.md": "---\ntitle: No\nphrases: [2016, on]\n---\n"})
    assert catalogue.topics["no"].title == "No"
    assert catalogue.topics["no"].phrases == ("2016", "on")


def test_a_heading_in_a_code_block_is_none(catalogue_of: Make) -> None:
    catalogue = catalogue_of({"topics/sh.md": "```sh\n# a comment\n```\n\n# Shells\n"})
    assert catalogue.topics["sh"].title == "Shells"


def anchors(catalogue: Catalogue) -> dict[str, str]:
    return {talk.node_id: talk.talk.body[0].items[0].text for talk in catalogue.talks}  # type: ignore[union-attr]


def test_anchors_do_not_depend_on_the_order_of_talks(catalogue_of: Make) -> None:
    talks = [
        "Questions – Ana Ruiz\n\n• of Ana\n\n",
        "Questions – Bo Li\n\n• of Bo\n\n",
        "Questions – Bo Li\n\n• of Bo again\n\n",
        "Of pipes – Cleo Diaz\n\n• of Cleo\n\n",
    ]
    one = anchors(catalogue_of({f"{FOLDER}/one.txt": HEAD + "".join(talks)}))
    two = anchors(catalogue_of({f"{FOLDER}/one.txt": HEAD + "".join(reversed(talks))}))
    assert len(one) == 4
    assert one == two
    assert one["of-pipes"] == "of Cleo"


def test_anchors_of_one_title_stay_when_the_text_changes(catalogue_of: Make) -> None:
    talks = HEAD + "Questions – Ana Ruiz\n\n• of Ana\n\nQuestions – Bo Li\n\n• of Bo\n"
    one = anchors(catalogue_of({f"{FOLDER}/one.txt": talks}))
    two = anchors(catalogue_of({f"{FOLDER}/one.txt": talks.replace("of Bo", "of all")}))
    assert len(one) == 2
    assert one.keys() == two.keys()


def test_what_other_notes_know_does_not_depend_on_names_of_files(catalogue_of: Make) -> None:
    sure = f"{HEAD}Valves\nSpeakers: Merritt Stone\n\n• Text\n"
    unsure = f"{HEAD}Merritt Stone – Rain and Iron\n\n• Text\n"
    one = catalogue_of({f"{FOLDER}/a.txt": sure, f"{FOLDER}/b.txt": unsure})
    two = catalogue_of({f"{FOLDER}/b.txt": sure, f"{FOLDER}/a.txt": unsure})
    assert sorted(t.title for t in one.talks) == sorted(t.title for t in two.talks)


def test_a_reference_in_a_comment_is_none(catalogue_of: Make) -> None:
    text = "# Cups\n\n% {speaker}`Ana Ruiz`\n<!-- {topic}`tea` -->\n{topic}`water`\n"
    page = catalogue_of({"topics/cups.md": text}).handwritten["topics/cups"]
    assert page.references == (("topic", "water"),)
