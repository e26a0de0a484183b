"""A WordPress export becomes notes: published posts, their fields, and nobody's address."""

from __future__ import annotations

import io
from datetime import date

import pytest
from confnotes.imports.shortcodes import expand_shortcodes
from confnotes.imports.source_post import Skipped, SourceError, SourcePost
from confnotes.imports.wordpress import wordpress_posts
from confnotes.model import Problem
from confnotes.notes.pipeline import read_note

CLASSIC = """<strong>Quiet pumps &#8211; Ana Ruiz</strong>
<ul>
	<li>They hum
<ul>
	<li>softly</li>
</ul>
</li>
</ul>
[caption id="a" align="left"]<img src="p.png" /> The hall[/caption]

Valves by Bo Lindqvist

line one
line two
[gallery ids="1,2"]"""


def export(*items: str, version: str = "1.2") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/{version}/">
<channel><title>A blog</title><wp:wxr_version>{version}</wp:wxr_version>
<wp:author><wp:author_email>author@example.org</wp:author_email></wp:author>
{"".join(items)}</channel></rss>""".encode()


def item(
    title: str = "Quarry Days 2031 &#8211; Day 1 &#8211; Session 2",
    content: str = "Wells by Ana Ruiz",
    *,
    kind: str = "post",
    status: str = "publish",
    on: str = "2031-04-02 09:30:00",
    more: str = "",
) -> str:
    return f"""<item><title>{title}</title><link>https://blog.example.org/one</link>
<dc:creator>the-author</dc:creator><guid>https://blog.example.org/?p=1</guid>
<content:encoded><![CDATA[{content}]]></content:encoded>
<wp:post_date>{on}</wp:post_date><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type>{more}
<wp:comment><wp:comment_author_email>reader@example.org</wp:comment_author_email>
<wp:comment_content>First!</wp:comment_content></wp:comment></item>
"""


def read(data: bytes) -> list[SourcePost | Skipped | Problem]:
    return list(wordpress_posts(io.BytesIO(data), "blog.xml"))


def note(*items: str) -> str:
    (post,) = read(export(*items))
    assert isinstance(post, SourcePost)
    return post.to_note_bytes().decode()


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version(version: str) -> None:
    (post,) = read(export(item(), version=version))
    assert isinstance(post, SourcePost)
    assert post.line == 6


def test_a_session_has_its_fields_below_its_head() -> None:
    tags = (
        '<category domain="category" nicename="stones"><![CDATA[Stones]]></category>'
        '<category domain="post_tag" nicename="water"><![CDATA[Water &amp; wells]]></category>'
        '<category domain="category" nicename="x"><![CDATA[Uncategorized]]></category>'
        "<category>stones</category>"
    )
    assert note(item(more=tags)) == (
        "Quarry Days 2031 – Day 1 – Session 2\n"
        "Date: 2031-04-02\n"
        "Source: https://blog.example.org/one\n"
        "Tags: Water & wells, Stones\n"
        "\n"
        "Wells by Ana Ruiz\n"
    )


def test_a_talk_has_the_fields_of_its_post_above_it() -> None:
    assert note(item(title="Quiet pumps – Ana Ruiz", content="They hum.")) == (
        "Date: 2031-04-02\nSource: https://blog.example.org/one\n\n"
        "Quiet pumps – Ana Ruiz\n\nThey hum.\n"
    )


def test_classic_text_without_paragraphs() -> None:
    assert note(item(content=CLASSIC)).partition("\n\n")[2] == (
        "Quiet pumps – Ana Ruiz\n\n  • They hum\n    • softly\n\nThe hall\n\n"
        "Valves by Bo Lindqvist\n\nline one\nline two\n"
    )


def test_blocks() -> None:
    content = (
        "<!-- wp:heading -->\n<h2>Quiet pumps</h2>\n<!-- /wp:heading -->\n"
        '<!-- wp:list {"ordered":true} --><ol><!-- wp:list-item --><li>one\ntwo</li></ol>'
    )
    assert note(item(content=content)).partition("\n\n")[2] == "Quiet pumps\n\n  1. one two\n"


def test_split_cdata_is_one_text() -> None:
    assert "a[b[c]]>d" in note(item(content="a[b[c]]]]><![CDATA[>d"))


def test_nobody_s_address_and_no_comment() -> None:
    text = note(item())
    assert "@" not in text
    assert "First!" not in text
    assert "the-author" not in text


@pytest.mark.parametrize(
    ("left_out", "reason"),
    [
        (item(kind="page"), "page"),
        (item(kind="attachment", status="inherit"), "attachment"),
        (item(status="draft"), "post: draft"),
        (item(status="private"), "post: private"),
        (item(more="<wp:post_password>x</wp:post_password>"), "post: password"),
    ],
)
def test_left_out(left_out: str, reason: str) -> None:
    found = read(export(left_out, item()))
    assert [one.reason for one in found if isinstance(one, Skipped)] == [reason]
    assert sum(isinstance(one, SourcePost) for one in found) == 1


def test_a_post_without_a_date_takes_that_of_its_publication() -> None:
    published = "<pubDate>Thu, 03 Apr 2031 22:00:00 +0000</pubDate>"
    assert "Date: 2031-04-03" in note(item(on="0000-00-00 00:00:00", more=published))


def test_a_post_that_is_too_large_stops_no_other() -> None:
    large, small = read(export(item(content="x" * 10_000_001), item()))
    assert isinstance(large, Problem)
    assert str(large) == "blog.xml:6:1 unreadable-source a post larger than 10 MB"
    assert isinstance(small, SourcePost)


def test_dates_and_addresses_that_are_none() -> None:
    more = "<pubDate>Mon, 06 Jan 99999999999999999999 10:00:00 +0000</pubDate>"
    data = export(item(on="0000-00-00 00:00:00", more=more))
    (post,) = read(data.replace(b"https://blog.example.org/one", b"javascript:alert(1)"))
    assert isinstance(post, SourcePost)
    assert b"javascript" not in post.to_note_bytes()
    assert post.metadata
    assert post.metadata.posted is None


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (export(item(), "<item><title>x</tilte></item>"), 13, "broken-xml"),
        (export(item())[:-20], 12, "broken-xml"),
        (export(item(title="a&nbsp;b")), 6, "broken-xml"),
        (export(item(content="a\x0bb")), 8, "broken-xml"),
        (b"", 1, "not-an-export"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;</rss>', 1, "unsafe-xml"),
        (b"<feed><entry/></feed>", 1, "not-an-export"),
        (b'<?xml version="1.0" encoding="gbk"?><rss/>', 1, "broken-xml"),
        (b'<?xml version="1.0" encoding="no-such"?><rss/>', 1, "broken-xml"),
        (b"<rss>\n<!--" + b"x" * 3_000_000, 2, "broken-xml"),
        (b"<rss>\n<!--" + b"x" * 3_000_000 + b"--></rss>", 2, "broken-xml"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(data: bytes, line: int, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(data)
    problem = caught.value.problem
    assert (problem.path, problem.line, problem.code) == ("blog.xml", line, code)
    assert str(problem).startswith(f"blog.xml:{line}:{problem.column} ")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("[sic] SL[AU]B [1]", "[sic] SL[AU]B [1]"),
        ("[caption width=1]x[/caption]", "x"),
        (
            "[youtube=https://video.example.org/7&amp;t=1]",
            "<p>https://video.example.org/7&amp;t=1</p>",
        ),
        ("[embed]https://video.example.org/7[/embed]", "https://video.example.org/7"),
        ("[[gallery]]", "[gallery]"),
        ('[code lang="sh"]a < b && c[/code]', "<pre>a &lt; b &amp;&amp; c</pre>"),
    ],
)
def test_shortcodes(typed: str, kept: str) -> None:
    assert expand_shortcodes(typed) == kept


@pytest.mark.parametrize(
    "title",
    ["Quarry Days 2031 – Day 1 – Session 2", "Quiet pumps – Ana Ruiz", "Stones at night", ""],
)
def test_the_fields_are_read_as_the_post_s(title: str) -> None:
    tags = '<category domain="post_tag" nicename="x">no topic of ours</category>'
    data = note(item(title=title, more=tags)).encode()
    read = read_note(data, "years/2031/quarry-days/x.txt")
    assert [name for name, _ in read.fields] == ["date", "source", "tags"]
    assert read.date == date(2031, 4, 2)
    assert not any(talk.topics for talk in read.talks)
