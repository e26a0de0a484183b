"""Whatever is edited, in whatever order: an incremental build ends where a clean build ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from confnotes.sphinx import last_build
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

from tests.file_trees import write_files

ROOT = Path(__file__).parents[1] / "roots" / "test-conference"
WORDS = ["Water", "Queues never fill", "a leak in the valve", "pumps", "joints & *pipes*"]
NAMES = [
    "Ana Ruiz",
    "Ana Ruíz",
    "Ana Ruíz Campo",
    "Bo Li",
    "Cleo Nkemelu",
    "Ana Ruiz [ana-ruiz-cook]",
]
TOPICS = ["pumps", "queues", "valves", "water"]
EVENTS = ["years/2031/pipeline-days", "years/2032/pipeline-days", "years/2033/tap-week"]
PEOPLE = ["ana-ruiz", "ana-ruiz-cook", "bo-li"]
PAGES = ["index", "topics/index", "years/2031/index", "speakers/bo-li", "guide/prose"]
MORE = [
    "",
    "![Plan](/plan.svg)\n",
    "```{toctree}\n:maxdepth: 3\n:glob:\n\n/topics/*\n/guide/part\n```\n",
    "```{toctree}\n/guide/prose\n/topics/water\n```\n",
    "{external+other:doc}`taps`\n",
    "[water](/topics/water.md) [](/guide/prose.md) {doc}`/guide/part` ![Plan](/plan.*)\n",
]
OPTIONS = [
    "",
    "project = 'Drops'",
    "language = 'de'",
    "nitpicky = True",
    "html_use_index = True",
    "extensions.append('sphinx.ext.intersphinx')",
    "html_theme = 'alabaster'",
    "html_theme_options = {'announcement': 'Bring a mug'}",
    "html_theme = 'mine'; html_theme_path = ['themes']",
    "templates_path = ['themes/mine']",
    "def setup(app): app.connect('html-page-context', lambda *a: a[3].update(title='One'))",
    "def setup(app): app.connect('html-page-context', lambda *a: a[3].update(title='Two'))",
    "def setup(app): app.connect('source-read', lambda a, d, text: text.append(text.pop() + '%'))",
]
INVENTORIES = "intersphinx_mapping = {'other': ('https://example.org/', 'other.inv')}\n"
KEPT = ["environment.pickle", "notes.sqlite", last_build.NAME]
"""What a build keeps for the next."""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'
words, names, topics = st.sampled_from(WORDS), st.sampled_from(NAMES), st.sampled_from(TOPICS)
events, pages = st.sampled_from(EVENTS), st.sampled_from(PAGES)
which = st.integers(0, 5)
numbers = st.integers(1, 4)
COMPARED = count(1)


class Edits(RuleBasedStateMachine):
    """A person at work on a small project, who builds it after every edit."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.source = self.folder / "source"
        shutil.copytree(ROOT, self.source)
        self.conf = (self.source / "conf.py").read_text(encoding="utf-8") + INVENTORIES
        self.unbuilt = False
        self._write("plan.svg", PICTURE)
        self._write("themes/mine/theme.toml", "[theme]\ninherit = 'basic'\n")

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)  # a killed build's child may still write

    @invariant()
    def incremental_is_clean(self) -> None:
        if self.unbuilt:
            self.unbuilt = False
            return
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        said, made = self._build("site")
        wanted_said, wanted = self._build("clean")
        assert made.keys() == wanted.keys()
        assert [name for name in made if made[name] != wanted[name]] == []
        assert said == wanted_said
        print(f"\r{next(COMPARED)} builds are what clean builds are", end="", flush=True)

    @rule(at=which, text=words)
    def add_a_bullet(self, at: int, text: str) -> None:
        self._change(at, lambda note: f"{note}• {text}\n")

    @rule(at=which, text=words, name=names)
    def add_a_talk(self, at: int, text: str, name: str) -> None:
        self._change(at, lambda note: f"{note}\n{text} – {name}\n\n• {text}\n")

    @rule(at=which, old=words, new=words)
    def change_words(self, at: int, old: str, new: str) -> None:
        self._change(at, lambda note: note.replace(old, new))

    @rule(at=which, old=names, new=names)
    def correct_a_name(self, at: int, old: str, new: str) -> None:
        self._change(at, lambda note: note.replace(old, new))

    @rule(at=which, text=words)
    def replace_by_an_older_file(self, at: int, text: str) -> None:
        if path := self._note(at):
            path.write_text(f"Pipeline Days 2031 – Monday – Session 3\n\n{text} – Bo Li\n")
            os.utime(path, (1, 1))

    @rule(event=events, number=numbers, text=words, name=names)
    def add_a_note(self, event: str, number: int, text: str, name: str) -> None:
        head = f"Pipeline Days {event[6:10]} – Tuesday – Session {number}"
        self._write(f"{event}/tuesday-{number}.txt", f"{head}\n\n{text} – {name}\n\n• {text}\n")

    @rule(at=which)
    def remove_a_note(self, at: int) -> None:
        if path := self._note(at):
            path.unlink()

    @rule(at=which, event=events, number=numbers, suffix=st.sampled_from([".txt", ".md", ".rst"]))
    def move_a_note(self, at: int, event: str, number: int, suffix: str) -> None:
        if path := self._note(at):
            target = self.source / event / f"moved-{number}{suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)

    @rule(one=which, other=which)
    def swap_two_notes(self, one: int, other: int) -> None:
        first, second = self._note(one), self._note(other)
        if first and second:
            texts = first.read_bytes(), second.read_bytes()
            for path, text in zip((second, first), texts, strict=True):
                path.write_bytes(text)
                os.utime(path, (1, 1))

    @rule(topic=topics, phrases=st.lists(words, max_size=2), parent=st.none() | topics)
    def write_a_topic(self, topic: str, phrases: list[str], parent: str | None) -> None:
        parts = [f"phrases: {phrases}"] + ([f"parent: {parent}"] if parent else [])
        self._page(f"topics/{topic}.md", parts, topic.capitalize())

    @rule(topic=topics)
    def remove_a_topic(self, topic: str) -> None:
        (self.source / f"topics/{topic}.md").unlink(missing_ok=True)

    @rule(topic=topics, name=st.sampled_from([*TOPICS, "taps"]))
    def rename_a_topic(self, topic: str, name: str) -> None:
        path = self.source / f"topics/{topic}.md"
        if path.is_file():
            path.rename(path.with_stem(name))

    @rule(
        page=st.sampled_from(PEOPLE),
        key=st.sampled_from(["aliases", "former"]),
        others=st.lists(names, max_size=2),
        name=st.sampled_from(["Ana Ruiz", "Bo Li"]),
    )
    def describe_a_person(self, page: str, key: str, others: list[str], name: str) -> None:
        self._page(f"speakers/{page}.md", [f"{key}: {others}"], name)

    @rule(page=st.sampled_from(PEOPLE))
    def remove_a_person(self, page: str) -> None:
        (self.source / f"speakers/{page}.md").unlink(missing_ok=True)

    @rule(at=which, key=st.sampled_from(["draft: true", "private: true", "draft: false"]))
    def publish_or_withdraw_a_note(self, at: int, key: str) -> None:
        self._change(at, lambda note: f"---\n{key}\n---\n{note.rpartition('---')[2].lstrip()}")

    @rule(at=which, text=words)
    def add_a_comment(self, at: int, text: str) -> None:
        self._change(at, lambda note: f"{note}\n<!-- {text} -->\n%% {text} %%\n")

    @rule(event=events, text=words, name=names, start=numbers, cancelled=st.booleans())
    def announce(self, event: str, text: str, name: str, start: int, *, cancelled: bool) -> None:
        talk = {"id": "1", "title": text, "speakers": [name], "cancelled": cancelled}
        talk["start"] = f"{event[6:10]}-03-0{start}T10:00"
        self._write(f"{event}/programme.json", json.dumps({"talks": [talk]}))

    @rule(event=events)
    def forget_the_programme(self, event: str) -> None:
        (self.source / event / "programme.json").unlink(missing_ok=True)

    @rule(old=pages, new=pages)
    def redirect(self, old: str, new: str) -> None:
        self._write("redirects.txt", f"/{old}.html /{new}.html\n/gone.html /{new}.html\n")

    @rule(name=words)
    def change_the_inventory_of_another_site(self, name: str) -> None:
        lines = zlib.compress(f"taps std:doc -1 {len(name)}.html {name}\n".encode())
        head = b"# Sphinx inventory version 2\n# Project: Other\n# Version: 1\n"
        head += b"# The remainder of this file is compressed using zlib.\n"
        (self.source / "other.inv").write_bytes(head + lines)

    @rule(event=events, day=numbers, name=st.sampled_from(["Pipeline Days", "Tap Week"]))
    def write_an_event(self, event: str, day: int, name: str) -> None:
        year = event[6:10]
        parts = [f"name: {name} {year}", f"start: {year}-03-0{day}", f"end: {year}-03-06"]
        self._page(f"{event}/index.md", parts, f"{name} {year}")

    @rule(page=pages, text=words, topic=topics, name=names, more=st.sampled_from(MORE))
    def write_prose(self, page: str, text: str, topic: str, name: str, more: str) -> None:
        words = f"# {text}\n\nSee {{topic}}`{topic}`, {{speaker}}`{name}`.\n\n{more}"
        self._write(f"{page}.md", words)

    @rule(heading=words, text=words, older=st.booleans())
    def write_an_included_file(self, heading: str, text: str, older: bool) -> None:
        self._write("guide/part.rst", ".. include:: words.inc\n")
        self._write("guide/words.inc", f"{heading}\n{'=' * len(heading)}\n\n{text}\n")
        if older:
            os.utime(self.source / "guide/words.inc", (1, 1))

    @rule(page=pages.filter(lambda page: page != "index"))
    def remove_prose(self, page: str) -> None:
        (self.source / f"{page}.md").unlink(missing_ok=True)

    @rule(page=st.sampled_from(["guide/prose", "guide/part"]), name=st.sampled_from(["one", "two"]))
    def rename_prose(self, page: str, name: str) -> None:
        for path in self.source.glob(f"{page}.*"):
            path.rename(path.with_stem(name))

    @rule(name=st.sampled_from(["plan.svg", "plan.en.svg", "plan.de.svg"]), there=st.booleans())
    def change_a_picture(self, name: str, there: bool) -> None:
        if there:
            self._write(name, PICTURE.replace("/>", f"><title>{name}</title></svg>"))
        else:
            (self.source / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(["layout.html", "page.html"]), text=words, older=st.booleans())
    def change_the_theme(self, name: str, text: str, older: bool) -> None:
        path = f"themes/mine/{name}"
        self._write(
            path, f'{{% extends "basic/{name}" %}}{{% block footer %}}{text}{{% endblock %}}'
        )
        self._write("themes/mine/static/mine.css", f"/* {text} */")
        if older:
            os.utime(self.source / path, (1, 1))

    @rule(option=st.sampled_from(OPTIONS))
    def change_an_option(self, option: str) -> None:
        self._write("conf.py", f"{self.conf}{option}\n")

    @rule(state=st.sampled_from(["dead", "alive", "unknown"]))
    def change_the_ledger(self, state: str) -> None:
        line = f'{{"address": "https://example.org/log", "state": "{state}"}}\n'
        self._write("links.jsonl", line)

    @rule()
    def change_nothing(self) -> None: ...

    @rule(
        folder=st.sampled_from(
            ["html", "html/years", "html/pagefind", "html/_static", "doctrees", "doctrees/years",
             "doctrees/confnotes-pages"]
        )
    )  # fmt: skip
    def lose_what_was_built(self, folder: str) -> None:
        shutil.rmtree(self.folder / "site" / folder, ignore_errors=True)

    @rule(
        name=st.sampled_from(KEPT),
        left=st.sampled_from([0, 40, 1000]),
    )
    def cut_a_file_of_the_last_build(self, name: str, left: int) -> None:
        path = self.folder / "site" / "doctrees" / name
        if path.is_file():
            path.write_bytes(path.read_bytes()[:left])

    @rule(at=which, left=st.sampled_from([0, 40]))
    def cut_a_doctree(self, at: int, left: int) -> None:
        if paths := sorted((self.folder / "site" / "doctrees").rglob("*.doctree")):
            path = paths[at % len(paths)]
            path.write_bytes(path.read_bytes()[:left])

    @rule(at=st.integers(0, 1000), damage=st.sampled_from(["cut", "change", "delete"]))
    def damage_an_output(self, at: int, damage: str) -> None:
        found = (self.folder / "site").rglob("[!.]*")
        outputs = [path for path in found if path.is_file() and "doctrees" not in path.parts]
        if outputs:
            path = sorted(outputs)[at % len(outputs)]
            data = path.read_bytes()
            path.unlink()
            if damage != "delete":
                new = data[:9] if damage == "cut" else bytes(byte ^ 1 for byte in data)
                path.write_bytes(new)

    @rule(seconds=st.sampled_from([0.6, 0.8, 1.0, 1.2, 1.5, 2.0]), edit=st.booleans())
    def kill_a_build(self, seconds: float, edit: bool) -> None:
        """Kill one, not its children, and if there is to be an ``edit``, let that come next."""
        self.unbuilt = edit
        site = self.folder / "site"
        folders = ["-d", site / "doctrees", self.source, site / "html"]
        command = [sys.executable, "-m", "sphinx", "-q", *folders]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as build:
            try:
                build.wait(seconds)
            except subprocess.TimeoutExpired:
                build.send_signal(signal.SIGKILL)

    def _build(self, name: str) -> tuple[list[str], dict[str, bytes]]:
        """Return what is said and what is made."""
        app = SphinxTestApp("html", srcdir=self.source, builddir=self.folder / name)
        try:
            app.build()
        finally:
            app.cleanup()
        said = strip_escape_sequences(app.warning.getvalue()).splitlines()
        root = self.folder / name / "html"
        files = [path for path in sorted(root.rglob("*")) if path.is_file()]
        return sorted(said), {
            file.relative_to(root).as_posix(): file.read_bytes() for file in files
        }

    def _note(self, at: int) -> Path | None:
        notes = sorted(p for p in self.source.glob("years/*/*/*") if p.stem != "index")
        return notes[at % len(notes)] if notes else None

    def _change(self, at: int, edit: Callable[[str], str]) -> None:
        if path := self._note(at):
            path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")

    def _page(self, name: str, front: list[str], title: str) -> None:
        self._write(name, "---\n" + "\n".join(front) + f"\n---\n# {title}\n")

    def _write(self, name: str, text: str) -> None:
        write_files(self.source, {name: text})


def few(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_after_a_few_edits() -> None:
    run_state_machine_as_test(
        Edits, settings=settings(few(1, 3), derandomize=True, phases=[Phase.generate])
    )


@pytest.mark.soak
def test_after_many_edits() -> None:
    run_state_machine_as_test(Edits, settings=few(int(os.environ.get("CONFNOTES_SOAK", "50")), 50))
