"""A closed vocabulary: by field, by phrase, with the line that gave a talk its topic."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from confnotes.catalogue import Catalogue
from confnotes.catalogue.phrase_matcher import PhraseMatcher

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]
NOTE = "years/2031/pipe-days/session-1.txt"
HEAD = "Pipe Days 2031 – Day 1 – Session 1\n\nOf pipes and people – Ana Ruiz\n"
TOPICS = {
    "topics/queues.md": "---\ntitle: Queues\nphrases: [queue, waiting line]\n---\n",
    "topics/memory.md": "---\ntitle: Memory\nphrases: [SLUB]\nparent: queues\n---\n",
}


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("queue", "A Queue, at last", ["Queue"]),
        ("queue", "queues", []),
        ("queue", "_queue_ and queue's", ["queue", "queue"]),
        (
            "live migration",
            "Live-migration or live  migration",
            ["Live-migration", "live  migration"],
        ),
        ("live migration", "live. Migration", []),
        ("live migration", "live--migration", []),
        ("na na", "na na na na na", ["na na", "na na"]),
        ("SLUB", "slub and Slub, but SLUB", ["SLUB"]),
        ("C++", "C++, C and C++20", ["C++"]),
        ("C", "plan C, not C++", ["C"]),
        ("C", "not C++ but C", ["C"]),
        (".NET", "on .NET, in the net", [".NET"]),
        ("Node.js", "node.js; node. JS", ["node.js"]),
        ("straße", "Die Straße", ["Straße"]),
        ("İzmir", "in İzmir", ["İzmir"]),
    ],
)
def test_phrases_are_whole_words(phrase: str, text: str, found: list[str]) -> None:
    matches = PhraseMatcher([(phrase, "topic")]).find(text)
    assert [text[start:end] for start, end, _ in matches] == found


def test_a_phrase_inside_another_is_found_too() -> None:
    phrases = PhraseMatcher(
        [("linux kernel", "kernel"), ("kernel memory", "memory"), ("linux", "linux")]
    )
    found = {meaning for _, _, meaning in phrases.find("Linux kernel memory")}
    assert found == {"kernel", "memory", "linux"}


def test_a_phrase_gives_the_topic_and_its_line_is_remembered(catalogue_of: Make) -> None:
    note = f"{HEAD}\n• A pipe\n  • is a waiting\n    line, no\n• A queue\n"
    [talk] = catalogue_of({**TOPICS, NOTE: note}).talks
    [match] = talk.topics
    assert match.topic == "queues"
    assert (match.line, match.text[match.start : match.end]) == (8, "queue")


def test_the_title_gives_topics(catalogue_of: Make) -> None:
    [talk] = catalogue_of({**TOPICS, NOTE: HEAD.replace("pipes", "a queue")}).talks
    assert [(match.topic, match.line) for match in talk.topics] == [("queues", 3)]


@pytest.mark.parametrize("typed", ["Memory", "memory", "SLUB"])
def test_a_field_overrides_every_phrase(catalogue_of: Make, typed: str) -> None:
    note = f"{HEAD}Topics: {typed}\n\n• A queue\n"
    [talk] = catalogue_of({**TOPICS, NOTE: note}).talks
    assert [(match.topic, match.line, match.text) for match in talk.topics] == [
        ("memory", 4, typed)
    ]


def test_an_unknown_topic_is_an_error_with_a_suggestion(catalogue_of: Make) -> None:
    [problem] = catalogue_of({**TOPICS, NOTE: f"{HEAD}Topics: Queues, Memry\n\n• Text\n"}).problems
    place = f"{NOTE}:4:17"
    assert str(problem) == (
        f"{place} unknown-topic there is no topic ‘Memry’; did you mean ‘Memory’? "
        "If not, run `confnotes new --topic Memry`"
    )


def test_a_talk_without_a_topic_is_reported(catalogue_of: Make) -> None:
    [problem] = catalogue_of({**TOPICS, NOTE: f"{HEAD}\n• Text\n"}).problems
    assert (problem.code, problem.severity, problem.line) == ("no-topic", "info", 3)


def test_without_a_vocabulary_nobody_is_asked_for_topics(catalogue_of: Make) -> None:
    assert catalogue_of({NOTE: f"{HEAD}\n• Text\n"}).problems == ()


def test_topics_have_parents(catalogue_of: Make) -> None:
    catalogue = catalogue_of(TOPICS)
    assert [topic.slug for topic in catalogue.children_of_topic["queues"]] == ["memory"]
    assert [topic.slug for topic in catalogue.ancestors("memory")] == ["queues"]


def test_an_unknown_parent_is_an_error(catalogue_of: Make) -> None:
    [problem] = catalogue_of({"topics/a.md": "---\nparent: b\n---\n# A\n"}).problems
    assert (problem.code, problem.line, problem.column) == ("unknown-parent", 2, 9)


def test_a_circle_of_parents_is_one_error(catalogue_of: Make) -> None:
    ring = {"a": "b", "b": "c", "c": "a"}
    pages = {f"topics/{t}.md": f"---\nparent: {p}\n---\n# {t}\n" for t, p in ring.items()}
    catalogue = catalogue_of(pages)
    [problem] = catalogue.problems
    assert problem.code == "parent-cycle"
    assert "c → a → b → c" in problem.message


def test_two_topics_of_one_title_are_an_error(catalogue_of: Make) -> None:
    pages = {f"topics/{name}.md": "---\ntitle: Queues\n---\n" for name in ("first", "second")}
    [problem] = catalogue_of(pages).problems
    assert problem.path == "topics/second.md"
    assert "topics/first.md" in problem.message


@pytest.mark.parametrize("title", ["Ana Ruiz", "Pipe Days 2031"])
def test_a_topic_called_like_a_person_or_an_event_is_reported(
    catalogue_of: Make, title: str
) -> None:
    catalogue = catalogue_of(
        {
            "speakers/ana-ruiz.md": "# Ana Ruiz\n",
            "years/2031/pipe-days/index.md": "# Pipe Days 2031\n",
            "topics/odd.md": f"---\ntitle: {title}\n---\n",
        }
    )
    [problem] = catalogue.problems
    assert (problem.code, problem.path, problem.line) == ("topic-name-conflict", "topics/odd.md", 2)


def test_tags_count_where_they_name_a_topic(catalogue_of: Make) -> None:
    note = "---\ntags: [talk, computing/Queues]\n---\n# Of pipes\n\n- short of #memory, #odd\n"
    [talk] = catalogue_of({**TOPICS, NOTE.replace(".txt", ".md"): note}).talks
    assert [(match.topic, match.line) for match in talk.topics] == [("memory", 6), ("queues", 2)]
    assert not any(problem.code == "unknown-topic" for problem in catalogue_of({}).problems)


def test_tags_of_a_note_with_several_talks_are_about_none_of_them(catalogue_of: Make) -> None:
    note = "---\ntags: queues\n---\n# Of pipes - Ana Ruiz\n\n- a\n\n# Of lids - Bo Li\n\n- b\n"
    talks = catalogue_of({**TOPICS, NOTE.replace(".txt", ".md"): note}).talks
    assert [talk.topics for talk in talks] == [(), ()]
