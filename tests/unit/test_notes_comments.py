"""Comments are private: they stand in ``dropped`` and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from confnotes.body import iter_lines
from confnotes.notes.pipeline import read_note
from confnotes.notes.syntax.commented_text import CommentedText
from confnotes.notes.syntax.comments import public_text
from confnotes.notes.syntax.lines import Line, split_lines
from confnotes.notes.syntax.markdown_comments import find_markdown_comments

COMMENTS = [
    ("n.md", "# Queues\n\n<!-- secret -->\n\n- one\n"),
    ("n.md", "# Queues <!--secret--> by Ana Ruiz\n\n- one\n"),
    ("n.md", "# Queues\n\none <!-- secret\nsecret --> two\n"),
    ("n.markdown", "# Queues\n\n- one %%secret%% two\n"),
    ("n.md", "# Queues\n\n%%\nsecret\n\n- secret\n%%\n\n- one\n"),
    ("n.md", "# Queues\n% secret\n- one\n"),
    ("n.md", "> # Queues\n> <!-- secret -->\n> - one\n"),
    ("n.md", "---\ntitle: Queues # secret\n# secret\nspeakers: [Ana Ruiz] # secret\n---\n- one\n"),
    ("n.md", "---\ntitle: Queues\ntags:\n# secret\n  - tea # secret\n---\n- one\n"),
    ("n.md", "---\n# secret\n  # secret\ntitle: Queues\n---\n- one\n"),
    ("n.md", "<!-- secret -->\n\n---\n# secret\ntitle: Queues # secret\n---\n- one\n"),
    ("n.md", "---\ntitle: Queues <!-- secret --> %%secret%% # secret\n---\n- one\n"),
    ("n.md", '---\n"title": Queues # secret\nog.tags: [tea, # secret\ncups]\n---\n- one\n'),
    ("n.md", "---\ntitle: Queues\nétape: tea # secret\nmore: | # secret\n  cups\n---\n- one\n"),
    ("n.md", "+++\ntitle = 'Queues'\nsizes = [\n1, # secret\n2]\n# secret\n+++\n- one\n"),
    ("n.md", '+++\ntitle = "Queues"\nmore = """\n# tea\nof the\n cups""" # secret\n+++\n- one\n'),
    ("n.md", "+++\ntitle = 'Queues'\nmore = '''\n  it''' # secret\n# secret\n+++\n- one\n"),
    ("n.md", "# Queues\n\n> one\n> > % secret\n"),
    ("n.md", "# Queues\n\n[//]: # (secret\nsecret\nsecret)\n- one\n[//]: # 'secret\n\ntwo\n"),
    ("n.md", "# Queues\n\n[//]: # (secret)\n[secret]: <> 'secret'\n[secret]: <#>\n- one\n"),
    (
        "n.md",
        "# Queues\n\n- one\n- [//]: # (secret)\n  - [secret]: <> (secret)\n> 1. [x]: # 'secret'\n",
    ),
    ("n.md", "---\n# secret\n---\n# Queues\n- one\n"),
    ("n.md", "---\ntitle: Queues # secret\none\n---\n- two\n"),
    ("n.md", "# Queues\n\n[//]: #\n(secret)\n> [//]:\n> <>\n> 'secret'\n- one\n"),
    ("n.md", "# Queues\n\n[secret]: #\n'one' two\n"),
    ("n.md", "# Queues\n{% comment %}secret\n{% endcomment %}one {{/* secret */}}\n"),
    ("n.txt", "Queues[a]\n\none[b]\n[a]secret\nsecret\n[b]secret\n"),
    ("n.md", "# Queues\n\n- one[a]\n\n[a]: # 'secret'\n\n[a]secret\n"),
    ("n.md", "# Queues\n\n- one[a][b]\n\n[a]secret\n[b]secret\n"),
    ("n.rst", "Queues\n======\n\na. .. secret\n\n(iv) .. secret\n\n:one: .. secret\n"),
    ("n.rst", "Queues\n======\n\n.. note:: .. secret\n             secret\n\none\n"),
    ("n.rst", "Queues\n======\n\n- .. secret\n     secret\n- one\n\n1. .. secret\n\n   two\n"),
    ("n.rst", "Queues\n======\n\n.. secret\n   secret\n\n- one\n"),
    ("n.rst", "Queues\n======\n\n- one\n\n  .. secret\n\n  two\n"),
    ("n.rst", "Queues\n======\n\n.. note:: one\n\n   ..\n     secret\n"),
    (
        "n.rst",
        "Queues\n======\n\n.. raw:: html\n\n   <b>one</b> <!-- secret\n   secret -->\n\ntwo\n",
    ),
    (
        "n.rst",
        "Queues\n======\n\n.. raw:: html\n\n   <p hidden>secret</p>\n\n- one <!--secret-->\n",
    ),
    ("n.org", "* Queues\n#+BEGIN_EXPORT html\none <!-- secret\nsecret -->\n#+END_EXPORT\n- two\n"),
    ("n.org", "* Queues\n#+HTML: <!-- secret -->\n- one @@html:<!-- secret -->@@\n"),
    ("n.adoc", "= Queues\n\n++++\n<b>one</b> <!-- secret\nsecret -->\n++++\n\n* two\n"),
    ("n.adoc", "= Queues\n\n* one pass:[<!-- secret -->] +++<!-- secret -->+++\n"),
    ("n.org", "* Queues\n# secret\n- one\n#+BEGIN_COMMENT\nsecret\n#+END_COMMENT\n"),
    ("n.org", "* Queues\n** COMMENT secret\nsecret\n*** secret\n** one\n"),
    ("n.org", "* Queues\n** TODO [#A] COMMENT secret\nsecret\n** one\n- @@comment:secret@@ two\n"),
    ("n.org", "* Queues\n** secret  :draft:noexport:\n*** secret\nsecret\n** one :tea:\n"),
    (
        "n.org",
        "* Queues\n- one\n#+BEGIN_SRC sh\n\n# secret\n** IN-PROGRESS COMMENT secret\nsecret\n",
    ),
    ("n.org", "* Queues\n#+BEGIN_SRC\none\n** two\n# secret\n#+BEGIN_SRC\n# three\n#+END_SRC\n"),
    ("n.adoc", "Queues\n------\n\n// secret\n\n----\none\n\n// secret\n"),
    ("n.adoc", "= Queues\n// secret\n////\nsecret\n////\none\n"),
    ("n.adoc", "= Queues\n\n[comment]\nsecret\nsecret\n\none\n"),
    (
        "n.adoc",
        "= Queues\n\n[comment]\n--\nsecret\n\nsecret\n--\none\n[comment]\n====\nsecret\n====\n",
    ),
    ("n.md", "# Queues\n\n- one {>>secret<<}{==two==}{>>secret\nsecret<<}\n- {/* secret */}\n"),
    (
        "n.md",
        "# Queues {# secret #}\n\n- one {#- secret\nsecret -#} two\n- {{!-- secret --}} three\n",
    ),
    ("n.org", "#+COMMENT: secret\n* Queues\n#+comment: secret\n- one\n"),
    ("n.md", "# Queues\n\n{%- comment -%}secret{%- endcomment -%}\n\n- one\n"),
    ("n.md", "# Queues\n\n{{< comment >}}secret{{< /comment >}} one {{% comment %}}secret\n"),
    ("n.md", "# Queues\n\n#+BEGIN_COMMENT\nsecret\n#+END_COMMENT\n\n- one\n"),
    ("n.md", "Queues\n\n```{only} draft\nsecret\n```\n\n- one\n"),
    ("n.md", "Queues\n\n:::{only} draft\nsecret\n\n```\nsecret\n```\n:::\n\n- one\n"),
    ("n.md", "Queues\n\n- one\n- ```{todo}\n  secret\n  ```\n> ::::{todo}\n> secret\n> ::::\n"),
    ("n.md", "Queues\n\n::::{todo}\n:::{note}\nsecret\n:::\n\nsecret\n::::\n\none\n"),
    ("n.md", "Queues\n\n<div hidden>\n<div>secret</div>\n\n```\nsecret\n```\n</div>\n\none\n"),
    ("n.md", "Queues\n\none <SPAN HIDDEN=''>secret</span> two\n<input value='secret'\nHidden>\n"),
    ("n.md", "Queues\n\n<p style='margin: 0; display:none'>secret\n\nsecret</p>\none\n"),
    ("n.md", "Queues\n\n```{note}\n<!-- secret -->\n% secret\n```\n\n% secret\n```\n% one\n```\n"),
    ("n.md", "Queues\n\n```{note}\n<!-- secret\nsecret\n```\n\none\n"),
    ("n.md", "Queues\n\n```{note}\none\n% secret\n"),
    ("n.md", "Queues\n\n- one\n  ```\n  one\n<!-- secret -->\n\none\n\n```\none\n```\n"),
    ("n.md", "Queues\n\n<b style='Visibility : HIDDEN'>secret</b> one\n"),
    ("n.md", "Queues\n\n```{=latex}\nsecret\n```\n\n~~~{raw} latex\nsecret\n~~~\none\n"),
    ("n.rst", "Queues\n======\n\n- one\n\n.. only:: draft\n\n   secret\n\n   secret\n\n- two\n"),
    (
        "n.rst",
        "Queues\n======\n\n.. todo:: secret\n\n   secret\n\n- .. only:: draft\n\n    secret\n",
    ),
    (
        "n.rst",
        "Queues\n======\n\n- .. image:: one.png\n\n  .. secret\n\n.. raw:: latex\n\n   secret\n",
    ),
    ("n.org", "* Queues\n#+BEGIN_SRC sh :exports none\nsecret\n#+END_SRC\n- one\n"),
    (
        "n.org",
        "#+EXCLUDE_TAGS: own\n* Queues\n- one\n#+LaTeX: secret\n** secret :tea:own:\nsecret\n",
    ),
    ("n.org", "* Queues\n#+BEGIN_EXPORT latex\nsecret\n#+END_EXPORT\n- one @@latex:secret@@\n"),
    ("n.adoc", "= Queues\n:a:\n\nifdef::b[]\nsecret\nifndef::a[]\nsecret\nendif::[]\nsecret\n"),
    ("n.adoc", "= Queues\n:a:\n\nifdef::a+b[]\n----\nsecret\nendif::[]\none\n----\n"),
    ("n.adoc", "= Queues\n:a:\n:!a:\n\nifdef::a[]\nsecret\nendif::[]\none\n"),
    (
        "n.adoc",
        "= Queues\n\nifdef::env-github[secret]\n\nifndef::a[]\nifdef::b[secret]\none\nendif::[]\n",
    ),
    ("n.adoc", "= Queues\n\nifeval::[1 == 1]\nsecret\nendif::[]\none\n"),
]
TEXTS = [
    ("n.txt", "Queues\n\n<!-- shown -->\n%% shown %%\n# shown\n// shown\n.. shown\n"),
    ("n.md", "# Queues\n\n`<!-- shown -->` ``%% ` shown %%`` \\<!-- shown 5 %% shown\n"),
    ("n.md", "# Queues\n\n```\n% shown\n<!-- shown\n```\n~~~\n%% shown %%\n~~~\n"),
    ("n.md", "---\ntitle: 'shown # shown'\nurl: http://kettle.example/#shown\n---\n# Queues\n"),
    (
        "n.md",
        "# Queues\n\n- % shown\n- [shown]: # Ana\n[shown]: #shown\n[x]: http://ana.example/\n",
    ),
    ("n.md", "---\ntitle: 20%% shown\n---\n# Queues\n\n> shown % shown\n"),
    ("n.rst", "Queues\n======\n\n- .. image:: shown.png\n- and .. shown\n"),
    ("n.rst", "Queues\n======\n\n::\n\n   .. shown\n\n.. code:: rst\n\n   .. shown\n"),
    ("n.rst", "Queues\n======\n\n.. [1] shown\n.. [#ana] shown\n.. _shown: http://ana.example/\n"),
    ("n.org", "* Queues\n#+BEGIN_SRC sh\n# shown\n#+END_SRC\n#+TITLE: shown\n"),
    (
        "n.rst",
        "Queues\n======\n\n``<!-- shown -->``::\n\n   <!-- shown\n\n.. code::\n\n   <!--shown\n",
    ),
    ("n.org", "* Queues\n#+BEGIN_SRC html\n<!-- shown -->\n#+END_SRC\n"),
    ("n.adoc", "= Queues\n----\n<!-- shown -->\n<p hidden>\n----\n* `<!-- shown`\n"),
    ("n.org", "* Queues noexport: shown\n** COMMENTS shown\n- a@@b shown\n"),
    ("n.adoc", "= Queues\n----\n// shown\n----\n/// shown\n"),
    ("n.adoc", "= Queues\n\n```c\n// shown\n```\n\n++++\n// shown\n++++\n"),
    ("n.md", "# Queues\n\n[x]: # (shown) shown\nshown\n"),
    ("n.md", "---\nshown, and so on\n---\n# shown\n"),
    ("n.txt", "Queues [a]\n\n[a] shown, a footnote\n"),
    ("n.txt", "Queues\n\n[a]shown\n[b]shown\n"),
    ("n.rst", "Queues\n======\n\n.. code:: .. shown\n\na. shown ..\n"),
    ("n.adoc", "= Queues\n\n[NOTE]\n====\nshown\n====\n[comments] shown\n"),
    ("n.md", "# Queues\n\n`{>>shown<<}` {/*.txt shown\n\n```{only} html\nshown {>>\n```\n"),
    ("n.md", "Queues\n\n<i title='hidden'>`<p hidden>` shown\\<p hidden> <p data-hidden> hidden\n"),
    ("n.md", "Queues\n\n`a` <i>`b` ``<p hidden>``\n\n```\n<p hidden>\n```\nshown\n"),
    ("n.md", "Queues\n\n```{code-block} sh\n% shown\n```\n```{code-cell}\n%% shown\n```\n"),
    ("n.org", "#+EXCLUDE_TAGS: own\n* shown :noexport:\n"),
    ("n.md", "Queues\n\n:::{only} html\nshown\n:::\n:::{note}\nshown\n:::\n"),
    ("n.md", "Queues\n\n~~~~\n```{todo}\nshown\n```\n:::{todo}\n~~~~\n"),
    ("n.org", "* Queues\n#+BEGIN_EXPORT html\nshown\n#+END_EXPORT\n- one @@html:shown@@\n"),
    ("n.rst", "Queues\n======\n\n.. only:: html\n\n   shown\n\n- .. code:: rst\n\n     .. shown\n"),
    ("n.adoc", "= Queues\n:tea:\n\nifdef::tea,milk[]\nshown\nendif::[]\nifndef::never[]\nshown\n"),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("path", "text"), COMMENTS)
def test_a_comment_is_only_in_dropped(path: str, text: str, end: str) -> None:
    data = text.replace("\n", end).encode()
    note = read_note(data, path)
    private = [drop for drop in note.dropped if drop.reason == "a comment"]
    assert sum(drop.text.count("secret") for drop in private) == text.count("secret")
    assert "secret" not in repr(replace(note, dropped=()))


@pytest.mark.parametrize(("path", "text"), COMMENTS)
def test_the_public_text_has_no_comment_and_the_same_lines(path: str, text: str) -> None:
    public = public_text(text.encode(), path)
    assert "secret" not in public
    assert public.count("\n") == text.count("\n")
    assert "one" in public or "Queues" in public


def test_a_comment_between_two_kinds_of_line_ends_leaves_its_line() -> None:
    note = read_note(b"# Queues\r% secret\n- one\r\n<!-- secret -->\n- two\n", "n.md")
    assert [(drop.line, drop.text) for drop in note.dropped] == [
        (2, "% secret"),
        (4, "<!-- secret -->"),
    ]
    shown = [line for talk in note.talks for line, _depth, _text in iter_lines(talk.body)]
    assert shown == [3, 5]


@pytest.mark.parametrize(("path", "text"), TEXTS)
def test_what_is_no_comment_stays(path: str, text: str) -> None:
    assert public_text(text.encode(), path) == text
    assert not [drop for drop in read_note(text.encode(), path).dropped if "shown" in drop.text]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("n.md", "---\ntitle: secret\ndraft: true # yet\n---\n# secret\n"),
        ("n.md", "---\npublished: 'false'\n---\n\nsecret\n"),
        ("n.md", '+++\ntitle = "secret"\nprivate = true\n+++\n\nsecret\n'),
        ("n.md", "Title: secret\nDate: 2031-05-06\nStatus: draft\n\nsecret\n"),
        ("n.md", '---\n"draft": on\n---\n\nsecret\n'),
        ("n.org", "#+TITLE: secret\n#+DRAFT: true\n\nsecret\n"),
        ("n.org", "#+hugo_draft: true\n\nsecret\n"),
        ("n.adoc", "= secret\n:page-draft: true\n\nsecret\n"),
        ("n.rst", "secret\n======\n\n:status: draft\n\nsecret\n"),
    ],
)
def test_nothing_of_a_draft_is_public(path: str, text: str) -> None:
    note = read_note(text.encode(), path)
    assert [problem.code for problem in note.problems] == ["draft"]
    assert "secret" not in repr(replace(note, dropped=()))
    assert not public_text(text.encode(), path).strip()
    for said in ("draft: false", "published: true", "status: published", "drafts: true"):
        public = f"---\n{said}\n---\n# shown\n"
        assert public_text(public.encode(), "n.md") == public


@pytest.mark.parametrize(
    "opener",
    ["<!-- secret", "one <!-- secret", "%%\nsecret", "%% secret", ":::{todo}", "<p hidden>"],
)
def test_a_comment_that_is_never_closed_hides_the_rest(opener: str) -> None:
    data = f"# Queues\n\n{opener}\n\n- secret\n".encode()
    note = read_note(data, "n.md")
    (problem,) = note.problems
    assert str(problem) == (
        "n.md:3:1 unclosed-comment this comment is never closed; all below it is private; "
        "close it, as <!-- with -->, or ifdef:: with endif::[]"
    )
    assert "secret" not in public_text(data, "n.md")


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe<", b"\0", b"---\n# \x1b\n---\n", b"% \r%% \r\n%%"]
)
@pytest.mark.parametrize("path", ["n.md", "n.rst", "n.org", "n.adoc", "n", ""])
def test_any_bytes_have_a_public_text(data: bytes, path: str) -> None:
    assert isinstance(public_text(data, path), str)


class CountedLines(list[Line]):
    """Lines that count how often one of them is read."""

    reads = 0

    def __getitem__(self, index: Any) -> Any:
        self.reads += 1
        return super().__getitem__(index)


@pytest.mark.parametrize(
    "unit", ["```{note}\n", "~~~{a}\n```{b}\n", "```{note}\n```\n", ":::{a}\n"]
)
def test_each_line_is_read_a_few_times(unit: str) -> None:
    text = unit * 500
    lines = CountedLines(split_lines(text))
    find_markdown_comments(CommentedText(text.split("\n")[:-1], lines, 0))
    assert lines.reads <= 20 * len(lines)
