"""Projects to build: invented ones of any size, and all talks that PyVideo lists."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from confnotes.slugs import slugify

NOTES_PER_EVENT = 20
TOPICS = 60
SPEAKERS_PER_NOTE = 1.5

_SYLLABLES = "ba dor el fin gar hum is kel lo mer nor ost pra quin rul sel tam ur ven wis".split()
_WORDS = [a + b for a in _SYLLABLES for b in _SYLLABLES] + [
    a + b + c for a in _SYLLABLES[:9] for b in _SYLLABLES[:9] for c in _SYLLABLES[:9]
]
_CONF = """\
extensions = ["confnotes"]
project = "Bench"
primary_domain = "conf"
html_theme = "furo"
html_show_sourcelink = False
html_use_index = False
smartquotes = False
"""


def invented(root: Path, notes: int) -> None:
    """Write a project of ``notes`` notes, two talks each; the same one for the same number."""
    chance = random.Random(notes)
    topics = [f"{word}ing" for word in _WORDS[:TOPICS]]
    people = _names(chance, round(notes * SPEAKERS_PER_NOTE))
    said = _Zipf(chance, _WORDS)
    often, about = _Zipf(chance, people), _Zipf(chance, topics)
    speakers = [*people, *often.some(2 * notes - len(people))]
    chance.shuffle(speakers)
    _begin(root)
    for topic in topics:
        front = f"---\nphrases: [{topic}, {topic} twice]\n---\n"
        _write(root, f"topics/{topic}.md", f"{front}\n# {topic.capitalize()}\n\nA topic.\n")
    for number in range(notes):
        event, place = divmod(number, NOTES_PER_EVENT)
        name = f"{_WORDS[event % 40].capitalize()}conf"
        year = 2000 + event // 40 % 25
        folder = f"years/{year}/{name.lower()}-{event // 1000}"
        if place == 0:
            _write(root, f"{folder}/index.md", _event(name, year, f"{year}-03-02", f"{year}-03-06"))
        day, session = divmod(place, 4)
        talks = [_talk(chance, said, speakers.pop(), about) for _ in range(2)]
        head = f"{name} {year} – Day {day + 1} – Session {session + 1}"
        _write(
            root,
            f"{folder}/day-{day + 1}-session-{session + 1}.txt",
            "\n\n".join((head, *talks)) + "\n",
        )


def pyvideo(root: Path, shared: Path) -> int:
    """Write PyVideo's talks as a project, a note for each day of an event; return their number."""
    days: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    names: dict[str, str] = {}
    with gzip.open(shared / "data" / "pyvideo-talks.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            talk = json.loads(line)
            date = (talk["recorded"] or "2000-01-01")[:10]
            event = f"years/{date[:4]}/{slugify(talk['event_dir'])}"
            names[event] = talk["event"].removesuffix(f" {date[:4]}")
            days[event, date].append(talk)
    _begin(root)
    bounds: defaultdict[str, list[str]] = defaultdict(list)
    for event, date in sorted(days):
        bounds[event].append(date)
    for event, dates in bounds.items():
        _write(
            root, f"{event}/index.md", _event(names[event], int(event[6:10]), dates[0], dates[-1])
        )
    for (event, date), talks in days.items():
        head = f"{names[event]} {date[:4]} – {date}"
        text = "\n\n".join((head, *map(_listed, talks)))
        _write(root, f"{event}/{date}.txt", f"{text}\n")
    return sum(map(len, days.values()))


class _Zipf:
    """Draws from ``values``, the first most often."""

    def __init__(self, chance: random.Random, values: list[str]) -> None:
        self._chance = chance
        self._values = values
        total = 0.0
        self._sums = [total := total + 1 / (place + 1) ** 0.8 for place in range(len(values))]

    def one(self) -> str:
        return self.some(1)[0]

    def some(self, number: int) -> list[str]:
        return self._chance.choices(self._values, cum_weights=self._sums, k=number)


def _begin(root: Path) -> None:
    _write(root, "conf.py", _CONF)
    _write(root, "index.md", "# Bench\n\nA site to measure.\n")


def _names(chance: random.Random, number: int) -> list[str]:
    """Return ``number`` different names."""
    names: dict[str, None] = {}
    while len(names) < number:
        names[" ".join(word.capitalize() for word in chance.choices(_WORDS, k=2))] = None
    return list(names)


def _talk(chance: random.Random, said: _Zipf, speaker: str, about: _Zipf) -> str:
    title = " ".join((*said.some(4), about.one())).capitalize()
    bullets = (f"  • {' '.join(said.some(10))}" for _ in range(12))
    named = (f"  • {' '.join((*said.some(9), about.one()))}" for _ in range(2))
    return "\n".join((f"{title} – {speaker}", "", *bullets, *named))


def _event(name: str, year: int, start: str, end: str) -> str:
    about = {"name": f"{name} {year}", "series": name}
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in about.items())
    return f"---\n{front}start: {start}\nend: {end}\n---\n\n# {_plain(name)} {year}\n"


def _listed(talk: dict[str, Any]) -> str:
    speakers = ", ".join(_line(name) for name in talk["speakers"] or ())
    fields = [f"Speakers: {speakers}"] if speakers else []
    fields += [f"Video: {talk['video_url']}"] if talk["video_url"] else []
    bullets = (f"  • {line}" for line in _lines(talk["description"] or ""))
    title = _line(talk["title"]) + (f" – {speakers}" if speakers else "")
    return "\n".join((title, *fields, "", *bullets))


def _lines(text: str) -> Iterator[str]:
    yield from filter(None, map(_line, text.splitlines()))


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    return re.sub(r"([^\w\s])", r"\\\1", text)


def _write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
