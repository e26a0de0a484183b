"""The search index, without a browser."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import cbor2
import pytest
from confnotes.catalogue import load_catalogue
from confnotes.search.documents import SearchDocument, search_documents
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pagefind", reason="no Pagefind to write an index with")

from confnotes.search import facets, index_files, pagefind, postings
from confnotes.search.pagefind import PagefindError, PagefindRun, is_current
from confnotes.search.postings import WordRecords, join_postings, make_postings
from confnotes.search.word_forms import WordKey, word_forms

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def everything() -> list[SearchDocument]:
    return list(search_documents(load_catalogue(ROOT), lambda docname: f"{docname}.html", "en"))


def write(everything: list[SearchDocument], folder: Path) -> None:
    PagefindRun(everything, "en", folder, folder.parent / "work").finish()


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_talks_are_the_same_bytes(
    everything: list[SearchDocument], tmp_path: Path
) -> None:
    for name in "abc":
        write(everything, tmp_path / name)
    assert files(tmp_path / "a") == files(tmp_path / "b") == files(tmp_path / "c")


def test_an_index_is_there_once_this_pagefind_has_written_it(
    everything: list[SearchDocument], tmp_path: Path
) -> None:
    assert not is_current(tmp_path / "index")
    write(everything, tmp_path / "index")
    assert is_current(tmp_path / "index")
    for damaged in ('{"version": "1.0.0"}', "{}", "[]", ""):
        (tmp_path / "index/pagefind-entry.json").write_text(damaged, "ascii")
        assert not is_current(tmp_path / "index")


def test_there_is_nothing_that_the_page_does_not_load(
    everything: list[SearchDocument], tmp_path: Path
) -> None:
    write(everything, tmp_path / "index")
    assert not [name for name in files(tmp_path / "index") if "ui" in name or "highlight" in name]


def test_an_index_given_up_leaves_the_old_one(
    everything: list[SearchDocument], tmp_path: Path
) -> None:
    write(everything, tmp_path / "index")
    before = files(tmp_path / "index")
    PagefindRun(everything[1:], "en", tmp_path / "index", tmp_path / "work").cancel()
    assert files(tmp_path / "index") == before


def test_a_record_that_is_gone_is_not_found(
    everything: list[SearchDocument], tmp_path: Path
) -> None:
    write(everything, tmp_path / "index")
    write(everything[1:], tmp_path / "index")
    PagefindRun(everything[1:], "en", tmp_path / "other/index", tmp_path / "other/work").finish()
    assert files(tmp_path / "index") == files(tmp_path / "other/index")


def test_an_edited_index_is_that_of_a_clean_build(
    everything: list[SearchDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = everything
    edited = replace(first, texts=((1, "Kettles, and NaïveCafé"), *first.texts))
    index, work = tmp_path / "index", tmp_path / "work"
    current: tuple[str, ...] = ()
    monkeypatch.setattr(postings, "_RUN", 7)
    for number, records in enumerate(
        [everything, [edited, *others], others, everything[:9], everything, everything[::-1]]
    ):
        run = PagefindRun(records, "en", index, work, current, tmp_path / "cache.sqlite")
        current = run.finish()
        write(records, tmp_path / f"{number}/index")
        assert files(index) == files(tmp_path / f"{number}/index")


def test_only_files_that_are_new_are_written(
    everything: list[SearchDocument], tmp_path: Path
) -> None:
    write(everything, tmp_path / "index")
    before = files(tmp_path / "index")
    for path in (tmp_path / "index").rglob("*"):
        os.utime(path, (0, 0))
    write(everything[:-1], tmp_path / "index")
    touched = {name for name in before if (tmp_path / "index" / name).is_file()
               and (tmp_path / "index" / name).stat().st_mtime}  # fmt: skip
    assert touched
    assert not [name for name in touched if name.startswith("fragment/")]


def test_a_word_is_found_in_a_small_file_and_only_where_a_record_has_it(
    everything: list[SearchDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_files, "_MAX_ENTRIES", 30)
    write(everything, tmp_path / "index")
    made = files(tmp_path / "index")
    (meta,) = (unpack(data) for name, data in made.items() if name.endswith(".pf_meta"))
    words = {}
    for first, last, name in meta[2]:
        (chunk,) = unpack(made[f"index/{name}.pf_index"])
        assert [chunk[0][0], chunk[-1][0]] == [first, last]
        assert len(chunk) <= 30
        words |= {word: pages for word, pages, _forms in chunk}
    assert [*words] == sorted(words)
    assert not [word for word in words if word.startswith("years2015")]
    fragments = sorted(name for name in made if name.startswith("fragment/"))
    named = [unpack(made[name])["content"] for name in fragments]
    assert len(meta[1]) == len(named)
    assert set(meta[1]) == {2, 3, 4}
    numbers = [*accumulate(page[0] for page in words["docker"])]
    assert numbers == [at for at, text in enumerate(named) if re.search(r"(?i)\bdocker\b", text)]


TEXTS = st.lists(st.tuples(st.sampled_from((0, 1, 10)), st.text("ab É", max_size=9)), max_size=3)


@given(st.lists(TEXTS, max_size=9), st.integers(1, 9))
def test_joined_postings_are_those_of_all_records(
    texts: list[list[tuple[int, str]]], length: int
) -> None:
    records, forms = [SearchDocument(tuple(each), {}) for each in texts], word_forms(str)
    runs = (records[start : start + length] for start in range(0, len(records), length))
    words, sizes = join_postings(make_postings(run, forms) for run in runs)
    whole, whole_sizes = join_postings([make_postings(records, forms)])
    assert in_cbor(words) == in_cbor(whole)
    assert sizes == whole_sizes


def in_cbor(words: Mapping[WordKey, WordRecords]) -> dict[WordKey, bytes]:
    return {key: records.to_cbor() for key, records in words.items()}


def unpack(data: bytes) -> Any:
    content = gzip.decompress(data).removeprefix(b"pagefind_dcd")
    return json.loads(content) if content.startswith(b"{") else cbor2.loads(content)


def test_pagefind_is_run_for_other_records_only(
    everything: list[SearchDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, work = tmp_path / "index", tmp_path / "work"
    made_from = PagefindRun(everything, "en", index, work).finish()
    before = files(index)

    def refuse(*_: object) -> dict[str, bytes]:
        raise PagefindError("it was run")

    monkeypatch.setattr(pagefind, "program_files", refuse)
    assert PagefindRun(everything, "en", index, work, made_from).finish() == made_from
    assert files(index) == before
    for records in (everything[1:], everything[::-1]):
        with pytest.raises(PagefindError, match="it was run"):
            PagefindRun(records, "en", index, work, made_from).finish()


def test_a_program_that_ends_at_once_is_said(tmp_path: Path) -> None:
    program = Path(shutil.which("true") or "")
    with pytest.raises(PagefindError, match="Pagefind has failed"):
        pagefind.program_files(program, "<p>a</p>", tmp_path)


WORDS = {
    "en": "Queues, that never fill: HTML5Parser's XMLHttpRequest2Foo python3.12 __init__ UTF8 C++ "
    "2x4 x86_64 cloud-native/edge naïveCafé École l'Été Łódź skis generously communication",
    "de-AT": "Warteschlangen STRAßE größer möglichkeiten häuser Kesselwärme",
    "fr": "l'organisation générale éléments FRANÇAIS continuellement",
    "nb": "havnedistriktene opplysningene",
    "pt-BR": "quilométricas boataria",
    "ru": "Очереди никогда важнейшими",
    "hi": "किताबों की शर्मा",
    "ja": "Queues 2031",
}


@pytest.mark.parametrize("language", WORDS)
def test_words_are_those_of_pagefind(tmp_path: Path, language: str) -> None:
    page = f"<html lang='{language}'><body>{WORDS[language]}</body></html>"
    program = pagefind.program_files(pagefind.find_program(), page, tmp_path)
    record = SearchDocument(((1, WORDS[language]),), {"url": "a.html"})
    ours = dict(index_files.index_files([record], program))
    assert words_of(ours) == words_of(program)


def words_of(index: Mapping[str, bytes | None]) -> dict[str, Any]:
    (about,) = json.loads(index["pagefind-entry.json"] or b"")["languages"].values()
    found = {}
    for _first, _last, name in unpack(index[f"pagefind.{about['hash']}.pf_meta"] or b"")[2]:
        for word, pages, forms in unpack(index[f"index/{name}.pf_index"] or b"")[0]:
            found[word] = unmarked(pages), [[form, unmarked(at)] for form, at in sorted(forms)]
    return found


def unmarked(pages: Sequence[Any]) -> list[Any]:
    """Return ``pages`` without Pagefind's marks of a weight of one, which ours has not."""
    return [
        [page, [place for place in places if place != -25], *rest] for page, places, *rest in pages
    ]


def damage_by_a_link(index: Path, elsewhere: Path) -> None:
    shutil.move(index / "fragment", elsewhere)
    (index / "fragment").symlink_to(elsewhere)


def damage_by_other_bytes(index: Path, elsewhere: Path) -> None:
    next((index / "fragment").iterdir()).write_bytes(b"damaged")


def damage_by_a_folder(index: Path, elsewhere: Path) -> None:
    (index / "pagefind.js").unlink()
    (index / "pagefind.js/more").mkdir(parents=True)
    (index / "pagefind.js/more/file").write_bytes(b"")


def damage_by_a_file(index: Path, elsewhere: Path) -> None:
    shutil.rmtree(index / "facets")
    (index / "facets").write_bytes(b"")


@pytest.mark.parametrize(
    "damage",
    [damage_by_a_link, damage_by_other_bytes, damage_by_a_folder, damage_by_a_file],
)
def test_a_damaged_index_is_mended(
    everything: list[SearchDocument], tmp_path: Path, damage: Callable[[Path, Path], None]
) -> None:
    write(everything, tmp_path / "index")
    before = files(tmp_path / "index")
    damage(tmp_path / "index", tmp_path / "elsewhere")
    kept = files(tmp_path / "elsewhere")
    write(everything, tmp_path / "index")
    assert files(tmp_path / "index") == before
    assert not [path for path in (tmp_path / "index").rglob("*") if path.is_symlink()]
    assert files(tmp_path / "elsewhere") == kept


def test_a_person_is_found_by_every_spelling(everything: list[SearchDocument]) -> None:
    texts = (" ".join(text for _weight, text in one.texts) for one in everything)
    (allocators,) = (text for text in texts if "SL[AUO]B" in text)
    assert "Christoph Lameter" in allocators
    assert "Christopher Lameter" in allocators


def test_a_record_says_what_readers_see(tmp_path: Path) -> None:
    note = tmp_path / "years/2031/kettle-days/monday.md"
    note.parent.mkdir(parents=True)
    note.write_text(
        "# Queues – Ana Ruiz\n\n- [ ] ask [[Bo Li|Bo]] for `ls -l`, **now**\n",
        "utf-8",
    )
    (record,) = search_documents(load_catalogue(tmp_path), str, "en")
    assert record.texts[-2:] == ((1, "⁂"), (1, "ask Bo for ls -l, now"))


@pytest.mark.parametrize(("language", "is_said"), [("en", True), ("de", False), ("de_AT", False)])
def test_a_record_says_its_language_where_the_site_has_another(
    tmp_path: Path, language: str, is_said: bool
) -> None:
    note = tmp_path / "years/2031/kettle-days/monday.md"
    note.parent.mkdir(parents=True)
    text = "Wir haben nicht gewusst, dass die Kessel auf dem Herd voll sind, und das ist nicht gut."
    note.write_text(f"# Warteschlangen – Ana Ruiz\n\n- {text}\n", "utf-8")
    (record,) = search_documents(load_catalogue(tmp_path), str, language)
    assert (record.meta.get("lang") == "de") == is_said


KILLED = """import os, time
from pathlib import Path
from confnotes.search.pagefind import PagefindRun

def records():
    time.sleep(600)
    yield

PagefindRun(records(), "en", Path("pagefind"), Path("work"))
os._exit(1)
"""


def test_what_a_killed_build_began_ends_with_it(tmp_path: Path) -> None:
    # This returns when every process that holds the pipes has ended.
    command = [sys.executable, "-c", KILLED]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)


def test_a_facet_of_many_values_is_in_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "_MAX_BYTES", 40)
    named = [("Ana",), (), ("Bo", "Ana", "Cleo", "Di", "Ed")]
    years = ("2031", "2031", "2032")
    records = [
        [*(("speaker", name) for name in names), ("year", year)]
        for names, year in zip(named, years, strict=True)
    ]
    made = {path: json.loads(data) for path, data in facets.facet_files(records)}
    parts = made.pop("facets/parts.json")
    assert parts == {"speaker": 2, "year": 1}
    assert made["facets/year-0.json"] == {"2031": [0, 1], "2032": [2]}
    speakers = [made[f"facets/speaker-{part}.json"] for part in range(parts["speaker"])]
    assert {value: found for part in speakers for value, found in part.items()} == {
        "Ana": [0, 2],
        "Bo": [2],
        "Cleo": [2],
        "Di": [2],
        "Ed": [2],
    }


def test_facets_count_records_as_the_index_does(
    everything: list[SearchDocument], tmp_path: Path
) -> None:
    write(everything, tmp_path / "index")
    made = files(tmp_path / "index")
    [number] = json.loads(made["facets/speaker-0.json"])["Monty Taylor"]
    names = sorted(name for name in made if name.startswith("fragment/"))
    assert unpack(made[names[number]])["meta"]["speakers"] == "Monty Taylor"
