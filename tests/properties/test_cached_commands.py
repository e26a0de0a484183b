"""Whatever is edited: a command that knows what it has read says what one says that reads all."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from confnotes.catalogue import read_files
from confnotes.cli import main
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TITLES = ["Queues that never fill", "A leak in the valve", "Copper Kettle", "Steam", ""]
NAMES = [
    "Ana Ruiz", "Ana Ruíz", "Anna Ruiz", "A. Ruiz", "Copper Kettle", "Bo Larsson", "Bo Larson",
    "Larsson Bo", "bo larsson", "Zoë O’Brien", "Zoe OBrien", "Ana",
]  # fmt: skip
EVENTS = ["years/2031/kettle-days", "years/2031/tap-week", "years/2032/kettle-days"]
NOTES = [f"{event}/{day}.txt" for event in EVENTS for day in ("monday", "tuesday")]
PAGES = {
    "speakers/ana-ruiz.md": ["---\nname: Ana Ruiz\n---\n", "---\naliases: [Anna Ruiz]\n---\n", ""],
    "speakers/bo-larsson.md": ["# Bo Larsson\n", "---\nname: Bo Larson\naliases: [Ana]\n---\n"],
    "topics/steam.md": ["---\nphrases: [leak]\n---\n", "---\ntitle: Copper Kettle\n---\n"],
    "years/2031/kettle-days/index.md": ["---\nname: Kettle Days 2031\n---\n", "# Tap Week 2031\n"],
    "years/2031/tap-week/index.md": ["---\nseries: Kettle Day\n---\n# Tap Week 2031\n"],
    "years/2031/tap-week/queues.png": ["picture"],
    "redirects.txt": [
        "speakers/anna speakers/ana-ruiz\n",
        "speakers/x years/2031/tap-week/monday\n",
    ],
}

talks = st.builds(
    "{0}{1}{2}\n{3}\n• said\n".format,
    st.sampled_from(TITLES),
    st.sampled_from([" – ", ", ", ": "]),
    st.sampled_from(NAMES),
    st.sampled_from(
        [
            "",
            "Speakers: Bo Larson, Ana Ruíz\n",
            "Topics: Steam\n",
            "Topics: Steem\n",
            "• queues.png\n",
        ]
    ),
)
texts = st.builds(
    "{0} – {1}\n\n{2}".format,
    st.sampled_from(["Kettle Days 2031", "Tap Week 2031", "Kettle Days"]),
    st.sampled_from(["Monday", "Tuesday – Session 1"]),
    st.lists(talks, max_size=3).map("\n".join),
)
edits = st.one_of(
    st.tuples(st.sampled_from(NOTES), st.none() | texts),
    st.sampled_from([(path, text) for path, texts in PAGES.items() for text in [*texts, None]]),
)


@pytest.mark.filterwarnings("default")
@given(
    begun=st.dictionaries(st.sampled_from(NOTES), texts, min_size=2),
    edits=st.lists(edits, min_size=1, max_size=4),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_commands_say_the_same(begun: dict[str, str], edits: list[tuple[str, str | None]]) -> None:
    folder = Path(tempfile.mkdtemp())
    root = folder / "project"
    (root / "years").mkdir(parents=True)
    (root / "conf.py").write_text("", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_files, "_RESOLUTION", 50_000_000)
        patch.chdir(root)
        for path, text in [*begun.items(), *edits]:
            _edit(root / path, text)
            if (path, text) in edits:
                shown = path if path.startswith("years/") and text else "years"
                _compare(["check", shown], folder, patch)
                _compare(["check", "--strict"], folder, patch)
                if text is not None:
                    _compare(["show", path], folder, patch)
    shutil.rmtree(folder)


def _edit(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _compare(command: list[str], folder: Path, patch: pytest.MonkeyPatch) -> None:
    if not os.path.lexists(command[-1]) and command[-1] != "--strict":
        return
    said = []
    for cache in (folder / "cache", Path("/dev/null/none")):
        patch.setenv("XDG_CACHE_HOME", str(cache))
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(command)
        said.append((status, out.getvalue(), err.getvalue()))
    if command[0] == "check" and command[-1] != "--strict":
        # the summary tells of all files; faults are those below the path
        with (
            contextlib.redirect_stdout(out := io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            main(["check"])
        lines = [line for line in out.getvalue().splitlines() if line.startswith(command[-1])]
        assert said[0][1].splitlines() == lines
    assert said[0] == said[1]
