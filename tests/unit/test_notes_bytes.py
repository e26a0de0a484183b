"""Any bytes become lines, and a note."""

from __future__ import annotations

import copy
import cProfile
import pickle

import pytest
from confnotes import body
from confnotes.notes.pipeline import read_note, read_posts
from confnotes.notes.source import MAX_LINE_LENGTH
from confnotes.notes.syntax.lines import decode, split_lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    assert decode("Kettle – café".encode(encoding), "n.txt") == ("Kettle – café", [])


def test_utf16_without_a_mark() -> None:
    assert decode("Kettle talk".encode("utf-16-le"), "n.txt")[0] == "Kettle talk"


def test_western_bytes_are_read_with_a_notice() -> None:
    text, (problem,) = decode("first\nthe caf\xe9 – late".encode("cp1252"), "n.txt")
    assert text == "first\nthe café – late"
    assert str(problem).startswith("n.txt:2:8 not-utf-8 ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert [line.text for line in split_lines(f"one{end}two{end}")] == ["one", "two"]


def test_only_three_line_ends() -> None:
    (line,) = split_lines("one\x0btwo\x0cthree\x85four\u2028five")
    assert line.text == "one two three four five"


@pytest.mark.parametrize("hidden", ["\0", "\u200b", "\u202e", "\u2066", "\ufeff", "\x1b", "\ud800"])
def test_invisible_characters_are_removed(hidden: str) -> None:
    assert split_lines(f"te{hidden}a")[0].text == "tea"


def test_blanks_are_folded_and_indents_kept() -> None:
    (line,) = split_lines("\t\N{NO-BREAK SPACE}tea \N{EM SPACE} cup ")
    assert (line.indent, line.text) == (5, "tea cup")


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \xc2\xa0 \n", b"\0"])
def test_a_note_without_text(data: bytes) -> None:
    note = read_note(data, "n.txt")
    assert [problem.code for problem in note.problems] == ["empty-note"]
    assert note.talks == ()


@pytest.mark.parametrize("path", ["n.txt", "n.md", "n.rst"])
def test_a_thousand_levels(path: str) -> None:
    data = "".join(f"{' ' * depth}* b{depth}\n" for depth in range(1000)).encode()
    note = read_note(data, path)
    texts = [line.text for talk in note.talks for line in body.iter_lines(talk.body)]
    assert texts == [f"b{depth}" for depth in range(1000)]
    assert [problem.code for problem in note.problems] == ["nested-too-deep"]
    assert repr(note)
    assert copy.deepcopy(note) == note == pickle.loads(pickle.dumps(note))


@pytest.mark.parametrize("path", ["n.txt", "n.md", "n.rst"])
@pytest.mark.parametrize(
    "unit",
    [b"**a ", b"[a](", b"by ", b"- ", b"a: ", b"> ", b"(", b"`", b"| a ", b"\xff", b"#", b'"'],
)
def test_long_lines_take_no_time(path: str, unit: bytes) -> None:
    assert read_note((unit * 50_000)[:MAX_LINE_LENGTH], path)


@pytest.mark.parametrize("path", ["n.txt", "n.md", "n.rst", "n.org", "n.adoc"])
def test_a_longer_line_is_left_out_with_a_message(path: str) -> None:
    lines = ["Queues - Ana Ruiz", "", "a" * MAX_LINE_LENGTH, "b" * (MAX_LINE_LENGTH + 1), "c"]
    note = read_note("\n".join(lines).encode(), path)
    shown = [line.text for talk in note.talks for line in body.iter_lines(talk.body)]
    assert "".join(shown).split() == ["a" * MAX_LINE_LENGTH + "c"]
    assert [(drop.line, drop.text) for drop in note.dropped] == [(4, lines[3])]
    (problem,) = (problem for problem in note.problems if problem.code == "long-line")
    assert str(problem) == (
        f"{path}:4:1 long-line the line has more than 100,000 characters; none of it is shown; "
        "break it into several lines"
    )


@pytest.mark.parametrize("before", ["", "# ", "- ", "Speakers: ", "Queues 2031 - Day 1 - ", "```"])
@pytest.mark.parametrize(
    "unit",
    ["-", "- ", "session a ", "talk 1 ", "1", "i", "a, ", ",@", "10:00 ", "`a", "{x} "],
)
def test_growth_is_linear(before: str, unit: str) -> None:
    tail = f" {'z' * 50}`é?"
    for path in ("n.txt", "n.md"):
        assert read_note(f"Queues\n\n{before}{unit * 20_000}{tail}\n\n- a\n".encode(), path)
        assert read_note(f"{before}{unit * 90}{tail}\n\n- {unit * 40}{tail}\n".encode(), path)


@pytest.mark.parametrize("unit", ["http://a.example/(", "(EN ", "(slides, ", "[9:30 "])
def test_annotations_of_headings_take_no_time(unit: str) -> None:
    assert read_note(f"# {unit * 10_000}\n\n- a\n".encode(), "n.md").talks


@pytest.mark.parametrize("sign", ["–", "-", "—", "|", ":", ",", "(", ")", "/", "@", "&", "by", "“"])
def test_a_heading_may_end_in_any_sign(sign: str) -> None:
    heads = (
        f"# Queues {sign} \n\n- a\n",
        f"# {sign}\n\n- a\n",
        f"# {sign} Ana Ruiz {sign}\n\n- a\n",
    )
    for path in ("n.txt", "n.md", "n.rst"):
        assert read_note("".join(heads * 2).encode(), path).talks


@pytest.mark.parametrize("unit", ["{", "[", "{a: ", "[[a], "])
def test_nested_front_matter_takes_no_time(unit: str) -> None:
    front = f"---\ntitle: {unit * 30_000} # b\n---\n- a\n"
    assert read_note(front.encode(), "n.md").talks


def test_many_posts_take_no_time() -> None:
    posts = "KettleConf 2031 – Day {} – Session 1\n\nQueues – Ana Ruiz\n\n- a\n\nShare\n\n"
    notes = read_posts("".join(posts.format(day % 9 + 1) for day in range(3000)).encode(), "n.txt")
    assert [len(note.dropped) for note in notes] == [1] * 3000


@pytest.mark.parametrize("name", ["a" * 250, "\x1b[31m", "years/2031/\u202e/n", "%00", "C:"])
@pytest.mark.parametrize("suffix", ["", ".md"])
def test_any_path_is_read(name: str, suffix: str) -> None:
    data = b"---\ntitle: a\x00\x1b[31mb\xff\ndate: 9999-99-99\nevent: \x07\n---\n- a\n"
    assert read_note(data, f"{name}{suffix}").talks


@pytest.mark.parametrize("path", ["n.txt", "n.md", "n.rst"])
@pytest.mark.parametrize(
    "unit",
    [
        "```x\n",
        "```{x}\n",
        "```{x}\n```\n",
        "<!--\n",
        "> > a\n",
        "|a|\n",
        "a\n=\n",
        ".. a::\n\n  b\n",
    ],
)
def test_many_lines_take_no_time(path: str, unit: str) -> None:
    assert read_note(unit.encode() * 3000, path)


@pytest.mark.parametrize(
    ("path", "start", "unit"),
    [
        ("n.txt", "", "Photo of Ana Ruiz {}"),
        ("n.txt", "", "Home {} | About"),
        ("n.md", "# Pipes – Ana Ruiz\n\n", "Ana Ruiz, Bo Li"),
    ],
)
def test_the_work_grows_with_the_lines_of_a_paragraph(path: str, start: str, unit: str) -> None:
    def calls(count: int) -> int:
        rows = "\n".join(unit.format(number) for number in range(count))
        profile = cProfile.Profile()
        profile.runcall(read_note, f"{start}{rows}".encode(), path)
        return sum(entry.callcount for entry in profile.getstats())

    calls(400)  # what is compiled or cached when it is first used
    assert calls(800) < 2.3 * calls(400)


def test_fifty_thousand_bullets() -> None:
    note = read_note(b"Queues - Ana Ruiz\n\n" + b"  * drip\n" * 50_000, "n.txt")
    assert sum(1 for talk in note.talks for _ in body.iter_lines(talk.body)) == 50_000


@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"{\\rtf1\\ansi "])
def test_nothing_of_a_binary_file_is_shown(start: bytes) -> None:
    note = read_note(start + b"Queues by Ana Ruiz", "years/2031/queue-days/photo")
    assert [problem.code for problem in note.problems] == ["not-text"]
    assert not any(talk.speakers or talk.body for talk in note.talks)
