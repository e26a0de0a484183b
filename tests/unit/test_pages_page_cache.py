"""A later build makes the pages that are others, and makes no page to find out which."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TypeAlias

import pytest
from confnotes.catalogue import load_catalogue
from confnotes.pages.page_cache import CachedPages, PageCache

ROOT = Path(__file__).parents[1] / "roots" / "test-conference"
EVENT = "years/2031/pipeline-days"
NOTE = f"{EVENT}/monday-session-2"

Edit: TypeAlias = tuple[str, str, str]
"""A file, and the words in it that are replaced by others."""

BULLET = (f"{NOTE}.txt", "Count joints, not pipes", "Count joints first")
EDITS: dict[str, Edit] = {
    "bullet": BULLET,
    "title": (f"{NOTE}.txt", "Leaks at scale", "Leaks at any scale"),
    "speaker": (f"{NOTE}.txt", "Cleo Nkemelu", "Bo Li"),
    "spelling": (f"{NOTE}.txt", "Cleo Nkemelu", "Cleo Nkemelú"),
    "mention": (f"{NOTE}.txt", "Count joints", "Bo Li counts joints"),
    "topic": (f"{NOTE}.txt", "Count joints", "Open the valve, count joints"),
    "session": (f"{NOTE}.txt", "Session 2", "Session 9"),
    "phrases": ("topics/queues.md", "[queue, queues]", "[queue, queues, joints]"),
    "parent": ("topics/valves.md", "parent: water", "parent: queues"),
    "alias": ("speakers/ana-ruiz.md", "[Ana Ruíz Campo]", "[Ana Ruíz Campo, Cleo Nkemelu]"),
    "dates": (f"{EVENT}/index.md", "start: 2031-03-03", "start: 2031-03-02"),
    "ledger": ("links.jsonl", "alive", "dead"),
}


class Project:
    """A copy of a small project, whose pages one build after the other looks at."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        shutil.copytree(ROOT, self.root)
        line = '{"address": "https://example.org/log", "state": "alive"}\n'
        (self.root / "links.jsonl").write_text(line, encoding="utf-8")
        self._kept = CachedPages()

    def edit(self, edit: Edit) -> None:
        name, old, new = edit
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        (self.root / name).write_text(text.replace(old, new), encoding="utf-8")

    def build(self, *, made_with: str = "this code") -> set[str]:
        """Return the pages that had to be made; any other is what it would be if made."""
        catalogue = load_catalogue(self.root)
        ledger = (self.root / "links.jsonl").read_text(encoding="utf-8")
        made_of = catalogue.source_digest + ledger
        before, digests = self._kept, {"toolchain_digest": made_with, "input_digest": made_of}
        cache = PageCache(catalogue, before, **digests, jobs=1)
        self._kept, new = _read_all(cache), PageCache(catalogue, CachedPages(), **digests, jobs=1)
        assert self._kept == _read_all(new)
        pages = self._kept.pages.items()
        return {docname for docname, page in pages if page is not before.pages.get(docname)}


def _read_all(cache: PageCache) -> CachedPages:
    for docname in cache.docnames:
        cache.page(docname)
    return cache.to_stored()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_nothing_is_made_twice(project: Project) -> None:
    assert NOTE in project.build()
    assert project.build() == set()


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_page_that_is_not_made_again_is_what_it_was(project: Project, edit: Edit) -> None:
    project.build()
    project.edit(edit)
    assert project.build()


def test_a_note_added_or_removed(project: Project) -> None:
    project.build()
    other = project.root / EVENT / "tuesday-session-1.txt"
    other.write_text("Pipeline Days 2031 – Tuesday\n\nPipes – Dee Okafor\n\n• Cleo Nkemelu asks\n")
    assert {"speakers/dee-okafor", "speakers/cleo-nkemelu", EVENT + "/index"} <= project.build()
    other.unlink()
    assert {"speakers/cleo-nkemelu", EVENT + "/index"} <= project.build()


def test_a_bullet_concerns_few_pages(project: Project) -> None:
    everything = project.build()
    project.edit(BULLET)
    made = project.build()
    assert NOTE in made
    assert {"speakers/bo-li", "topics/queues", "years/2032/index"} <= everything - made


def test_other_code_makes_every_page(project: Project) -> None:
    everything = project.build()
    assert project.build(made_with="other code") == everything


def test_of_unchanged_notes_nothing_is_asked(project: Project) -> None:
    catalogue = load_catalogue(project.root)
    digests_of = {"toolchain_digest": "this code", "input_digest": catalogue.source_digest}
    made = _read_all(PageCache(catalogue, CachedPages(), **digests_of, jobs=1))
    with catalogue.tracker.record() as queries:
        assert PageCache(catalogue, made, **digests_of, jobs=1).to_stored() == made
    assert not queries


def test_a_build_that_reads_no_new_page_has_not_made_it(project: Project) -> None:
    catalogue = load_catalogue(project.root)
    digests_of = {"toolchain_digest": "this code", "input_digest": catalogue.source_digest}
    unread = PageCache(catalogue, CachedPages(), **digests_of, jobs=1)
    assert unread.find(NOTE) is None
    later = PageCache(catalogue, unread.to_stored(), **digests_of, jobs=1)
    assert NOTE in later.docnames
    assert later.find(NOTE) is None


def test_a_page_that_asks_whether_there_is_an_entry_depends_on_it(project: Project) -> None:
    catalogue = load_catalogue(project.root)
    with catalogue.tracker.record() as queries:
        assert "nobody" not in catalogue.people
    assert queries == {("people", "nobody")}
