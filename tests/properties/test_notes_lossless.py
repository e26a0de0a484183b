"""Whatever is typed is on the page or in ``dropped``, and no input breaks the reader."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from confnotes.notes.pipeline import read_note, read_posts
from confnotes.notes.syntax.lines import decode, split_lines
from confnotes.notes.syntax.links_in_text import iter_texts
from confnotes.suffixes import NOTE_SUFFIXES
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.properties.note_lines import JOINERS, lost_lines

if TYPE_CHECKING:
    from confnotes.model import Note

PATHS = st.sampled_from(["n.txt", "n.md", "n.rst", "years/2031/kettleconf/README.md"])
# What a field line or a line of speakers may lose: its label and its joiners.
LABELS = frozenset(
    "speaker speakers presenter presenters by with and presented given talk topics date kind video "
    "slides a et y und link code affiliation tags".split()
)
PIECES = st.sampled_from(
    """\
KettleConf 2031 – Day 2 – Session 1
Queues that never fill – Ana Ruiz
Ana Ruiz – Acme
by Ana Ruiz
Ana Ruiz, CTO at Acme (@ana)
# Queues
## Ana Ruiz
### Day 1
Queues
======
---
***
  • bullet
    • deeper
* star
- dash
1. one
7. seven
> quoted Ana
>> twice
```py
```{csv-table} cups
```
~~~
1. Queues – Ana Ruiz
Affiliation: Acme
A note on queues
Various speakers
    indented
\ttabbed
| a | b |
| --- | --- |
| Talk | Speaker |
| Queues | Ana Ruiz |
.. note:: hot
.. comment
   .. deeper
% hidden
%% hidden %% shown
%%
shown <!-- hidden --> shown
-->
`<!--` code
# Queues {#anchor}
# [Queues](http://queues.example/) - [Ana Ruiz](http://ana.example/)
# [KettleConf 2031](http://kettle.example/) - Day 1
## [Day 2](http://kettle.example/2)
by [Ana Ruiz](http://ana.example/)
by [Ana Ruiz](@ana)
## [Day 2](day.md)
[Walls that fall](walls.md)
![Queues](queues.png)
## C. Walls
[Ana Ruiz](http://ana.example/), CTO at [Acme](http://acme.example/)
https://kettle.example/queues
Dr Ana Ruiz (she/her) and 3 others
| Queues | Ana Ruiz (she/her) | http://queues.example/ |
| | Tom Baker |
| Queues |
speaker: Tom Baker
speakers: [Ana Ruiz, Tom Baker]
tags: [tea, cups] # hidden
event: KettleConf 2031
url: http://kettle.example/
Spekers: Ana Ruiz
Speakers:
:Speaker:
Speaker: [Ana Ruiz](http://ana.example/)
Slides: [my slides](http://kettle.example/s)
Type: presentation
Kind: tutorial
Location: Hobart
- Speaker: Tom Baker
- Queues - Ana Ruiz
- Walls that fall - Tom Baker (Acme)
> Queues - Ana Ruiz
- [Queues](http://queues.example/)
Who
  - Ana Ruiz
[Ana Ruiz]: http://ana.example/
Queues | Ana Ruiz | Acme
Keynote: Ana Ruiz
Ana Ruiz's keynote
-bar
Speakers: Ana Ruiz
Speakers: Ruiz, Ana; Baker, Tom
Speakers: Tom Baker et al.
Speakers: Dr. Ana Ruiz, PhD
Notes by Tom Baker
Note taker: Tom Baker
Topics: tea, cups
Date: 2031-05-06
Date: soon
Kind: sermon
Slides: http://kettle.example/s
**Presenter:** Tom Baker
:Speaker: Tom Baker
Share
12 min read
<!-- hidden -->
[Ana Ruiz](http://ana.example/)
co-presented with Tom Baker
see [[Lids#Loose ones|loose lids]] and ![[lid.png|300]]
# [[Queues]]
\N{NO-BREAK SPACE}


title: x
::
text::
\u202etea
o tea
-tight""".split("\n")
)
_SHOWN_OTHERWISE = re.compile(r"^(?:\(?\d{1,3}[.)]|(?:`{3,}|~{3,})\s*[\w+#.-]*)")
"""A list counts, a code block is coloured in its language."""
DIALECTS = {
    "outline.md": """\
type:: [[Talk]]
speaker:: [[Ana Ruiz]], Tom Baker
tags:: steam, #[[hot water]]
- # Queues
- Queues - Ana Ruiz
- **Walls** - [[Tom Baker]]
- Walls that fall (Tom Baker): they do
\t- deeper
\t\t- deeper still
  speaker:: Tom Baker
  id:: 6523f7c2-1111-2222-3333-444455556666
\tcollapsed:: true
- TODO [#A] lids
\t- see ((6523f7c2-1111-2222-3333-444455556666))
\t- {{video http://kettle.example/v}}
- ```
  code
  ```
\t  :LOGBOOK:
\t  :END:
- ## Day 2
  more""",
    "n 0123456789abcdef0123456789abcdef.md": """\
# Queues
# Queues 0123456789abcdef0123456789abcdee
Speaker: Tom Baker
Event: KettleConf 2031
Room: 5
Speaker: Tom Baker (../Tom%20Baker%200123456789abcdef0123456789abcdea.md)
Event: KettleConf 2031 (Kettle%200123456789abcdef0123456789abcdeb.md)
<aside>
💡 hot
</aside>
see [Lids](Lids%200123456789abcdef0123456789abcdee.md)
[the form](https://www.google.com/url?q=https://kettle.example/f&sa=D)
<details><summary>More</summary>
[image1]: <data:image/png;base64,AAAA>
```
- a<br>b
## Walls - Ana Ruiz""",
    "vault.md": """\
---
tags: [talk, tea]
aliases: []
speaker: "[[Ana Ruiz]]"
event: "[[KettleConf 2031]]"
---
# [[Queues]]
Speaker: [[Tom Baker]]
Speaker:: [[Tom Baker]]
event:: [[KettleConf 2031]]
- [Slides:: http://kettle.example/s]
Speakers:
- [[Ana Ruiz|Ana]]
> [!note] Mind the steam
> it is hot
see [[Lids#Loose ones|loose lids]] and ![[lid.png|300]]
#steam
%%hidden%%""",
    "toml.md": """\
+++
title = "Queues # one" # hidden
date = 2031-05-06T10:30:00Z
[extra]
[[more]]
tags = ["tea", "cups"]
speakers = ["Ana Ruiz"]
speaker = Ana Ruiz
tags = [
  "tea",
]
- a
# Walls
# hidden
deep.key = {a = "b", c = [1, 2]}
+++""",
    "pelican.md": """\
Title: Queues
Date: 2031-05-06 10:30
Category: Talks
Speaker: Ana Ruiz
Summary: one
    two
- a
# Walls
text""",
    "n.org": """\
#+TITLE: Queues
#+FILETAGS: :steam:tea:
#+speaker: Ana Ruiz
#+OPTIONS: toc:nil
#+CAPTION: a lid
* Queues - Ana Ruiz :steam:
** TODO [#A] Walls that fall
* <2031-05-06 Tue>
SCHEDULED: <2031-05-06 Tue>
  :PROPERTIES:
  :ID: 6523f7c2
  :Speaker: Tom Baker
  :END:
- one *bold* and /thin/
  - [[http://kettle.example/][a page]] or [[Lids][lids]]
    text =code=
  [[id:6523f7c2][that]] and [[file:lids.org]]
#+BEGIN_SRC python :results output
#+END_SRC
#+begin_quote
#+end_quote
    indented
| a | b |
|---+---|
Speaker: Tom Baker
*** Questions""",
    "n.adoc": """\
= Queues
= KettleConf 2031 - Day 1
Dee Okafor <dee@notes.example>
v1.0, 2031-05-06
:toc:
:speaker: Ana Ruiz
:slides: http://kettle.example/s
== Walls that fall - Tom Baker
=== Questions
Speakers:: Ana Ruiz
* one *bold*
** link:http://kettle.example/[a page^]
. first
.. second
+
[source,python]
----
....
____
====
|===
|a |b
.A title
image::lid.png[A lid]
<<lids,the lids>> and xref:walls.adoc[walls]
NOTE: hot +
include::other.adoc[]
'''
Speaker: Tom Baker""",
}
"""Lines of a kind of file that is turned into Markdown, by the name of one."""
LINES = st.lists(PIECES | st.text(max_size=40), max_size=25).map("\n".join)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W_]+", text)}


def _texts(note: Note) -> Iterator[str]:
    yield from (note.title, note.event, note.day, note.session)
    for name, value in note.fields:
        yield f"{name} {value.text}"
    for blocks in (note.intro, note.closing, *(talk.body for talk in note.talks)):
        yield from (text for _, text in iter_texts(blocks))
    for talk in note.talks:
        yield from (talk.heading, talk.title, talk.track, talk.kind.value, str(talk.date))
        for s in talk.speakers:
            yield from (s.name, s.affiliation, s.role, s.handle)
        yield from (topic.text for topic in talk.topics)
        yield from (f"{link.label} {link.url}" for link in (*talk.materials, *talk.links))
    yield from (drop.text for drop in note.dropped)


def _lost(data: bytes, path: str, notes: tuple[Note, ...]) -> list[str]:
    have = {*LABELS, *JOINERS}.union(*(_words(text) for note in notes for text in _texts(note)))
    text, _ = decode(data, path)
    shown = (_SHOWN_OTHERWISE.sub("", line.text) for line in split_lines(text))
    return [line for line in shown if not _words(line) <= have]


@settings(deadline=None)
@given(
    st.sampled_from(sorted(DIALECTS)).flatmap(
        lambda name: st.tuples(
            st.lists(st.sampled_from(DIALECTS[name].split("\n")) | st.just(""), max_size=12),
            st.just(name),
        )
    )
)
@example((["Speaker: Tom Baker", "Speaker: Tom Baker"], "obsidian.md"))
@example((["+++", "tags = [", "- a", "+++"], "toml.md"))
@example((["Title: Queues", "Speaker: Ana Ruiz", "    two"], "pelican.md"))
@example((["<<lids,the lids>> and xref:walls.adoc[walls]"], "n.adoc"))
@example((["---", "tags: a", "- [[Bo Li|Bo]]", "- [b:: http://c.example/d]", "---"], "vault.md"))
@example((["```", "", "", "", "", "# Queues", "```"], "n 0123456789abcdef0123456789abcdef.md"))
def test_every_line_of_another_format_is_on_the_page_or_dropped(
    note: tuple[list[str], str],
) -> None:
    lines, name = note
    with TemporaryDirectory() as folder:
        assert lost_lines("\n".join(lines).encode(), name, Path(folder)) == []


@settings(deadline=None)
@given(LINES, PATHS.map(lambda path: path.rpartition("/")[2]))
@example("Queues\n\n7. seven\n9. nine", "n.txt")
@example("---\ntitle: x\n---\n# Queues\n## Ana Ruiz\nby Tom Baker", "n.md")
@example("---\n%% hidden %% shown\n---", "n.md")
@example("---\ntitle: Lids\nspeakers:\n- name: Ana Ruiz\n  bio: Tea\n---\none", "n.md")
@example("`\n0`", "n.md")
@example("**`a\nb` c\nd**", "n.md")
@example("# Queues\nby [Ana Ruiz](@ana)\n", "n.md")
@example(
    "# [KettleConf 2031](k.md) - Day 1\n## [Day 2](d.md)\n### Queues - Ana Ruiz\n- one", "n.md"
)
@example("---\ntitle: Queues\ndate: 2031-02-03 02:03\n---\n![Queues](/a/q.jpg)\n\none", "n.md")
@example("# Tea\n## A. Lids\n- a\n## B. Keynote\n## C. Hot\n### Walls - Ana Ruiz\n- one", "n.md")
@example("| Talk | Speaker |\n|---|---|\n| [Lids](l.md) | Bo |\n| Walls | [Ana](a.md) |", "n.md")
@example("## Ana Ruiz\n[Lids for all](l.md)\n\n- one\n## Tom Baker\nWalls\n\n- two", "n.md")
@example("Queues – Ana Ruiz\nSpeakers: Ruiz, Ana; Baker, Tom\n======", "n.txt")
@example("Topics: tea, cups\nTopics: lids, walls\nTopics: sugar, milk", "n.txt")
def test_every_line_is_on_the_page_or_dropped(typed: str, name: str) -> None:
    with TemporaryDirectory() as folder:
        assert lost_lines(typed.encode("utf-8", "replace"), name, Path(folder)) == []


LOSSES = Path(os.environ.get("CONFNOTES_SHARED", "/nonexistent"), "reader")


@pytest.mark.skipif(not LOSSES.is_dir(), reason="CONFNOTES_SHARED has no real notes")
@pytest.mark.parametrize("folder", ["cases", "pages"])
def test_every_line_of_real_notes_is_on_the_page_or_dropped(folder: str, tmp_path: Path) -> None:
    found = (path for path in (LOSSES / folder).rglob("*.*") if path.is_file())
    notes = [path for path in found if path.suffix in NOTE_SUFFIXES]
    lost = {path.name: lost_lines(path.read_bytes(), f"n{path.suffix}", tmp_path) for path in notes}
    assert {name: lines for name, lines in lost.items() if lines} == {}


@settings(deadline=None)
@given(LINES, PATHS)
@example("Queues that never fill – Ana Ruiz\nType: presentation", "n.txt")
@example("Queues that never fill – Ana Ruiz\nAna Ruiz, CTO at Acme (@ana)", "n.txt")
def test_no_word_of_several_posts_is_lost(typed: str, path: str) -> None:
    data = typed.encode("utf-8", "replace")
    assert _lost(data, path, read_posts(data, path)) == []


@settings(deadline=None)
@given(st.binary(max_size=400), PATHS)
def test_any_bytes_are_a_note(data: bytes, path: str) -> None:
    note = read_note(data, path)
    assert note == read_note(data, path)
    assert note.talks or note.intro or note.problems or note.dropped or note.fields or note.title


@settings(deadline=None)
@given(LINES, PATHS)
def test_lines_are_true(typed: str, path: str) -> None:
    data = typed.encode("utf-8", "replace")
    count = len(split_lines(decode(data, path)[0]))
    note = read_note(data, path)
    places = [talk.line for talk in note.talks] + [guess.line for guess in note.guesses]
    places += [problem.line for problem in note.problems] + [drop.line for drop in note.dropped]
    assert all(1 <= place <= max(count, 1) for place in places)
