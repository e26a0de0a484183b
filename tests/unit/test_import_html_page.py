"""A saved page becomes notes, without what a blog puts around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confnotes.imports.html_page import html_posts

if TYPE_CHECKING:
    from confnotes.imports.source_post import SourcePost

AROUND = """<!doctype html><html><head><title>A blog</title>
<link rel="canonical" href="https://blog.example.org/q">{head}</head><body class="blog">
<header class="site-header"><nav><a href="/">Home</a></nav></header><main>{body}</main>
<aside class="widget">Recent posts</aside>
<div id="comments"><article class="comment"><p>First!</p></article></div>
<footer>Proudly made</footer></body></html>"""

ENTRY = """<article class="post hentry category-social tag-share"><header>
<h1 class="entry-title"><a href="https://blog.example.org/one" rel="bookmark">{title}</a></h1>
<div class="entry-meta">Posted on <time datetime="2031-04-03T22:00:00+02:00">April 3</time></div>
</header><div class="entry-content"><h3>Quiet pumps – Ana Ruiz</h3><ul><li>They hum</li></ul>
<div class="sharedaddy sd-sharing"><h3>Share this:</h3></div></div>
<footer>Filed under <a rel="tag" href="/t">Pumps</a></footer></article>"""


def read(body: str, head: str = "") -> list[SourcePost]:
    return html_posts(AROUND.format(body=body, head=head).encode(), "page.html", "page.txt")


def test_one_post() -> None:
    (post,) = read(ENTRY.format(title="Quarry Days 2031 – Day 2 – Session 1"))
    assert post.to_note_bytes().decode() == (
        "Quarry Days 2031 – Day 2 – Session 1\n"
        "Date: 2031-04-03\nSource: https://blog.example.org/one\nTags: Pumps\n\n"
        "Quiet pumps – Ana Ruiz\n\n  • They hum\n"
    )


def test_many_posts() -> None:
    titles = [f"Quarry Days 2031 – Day 2 – Session {number}" for number in (1, 2)]
    found = read("".join(ENTRY.format(title=title) for title in titles))
    assert [post.metadata.title for post in found if post.metadata] == titles
    assert found[0].line < found[1].line


def test_microformats() -> None:
    body = """<div class="h-feed"><div class="h-entry"><p class="p-name">Wells by Ana Ruiz</p>
    <a class="u-url" href="https://wells.example.net/a">
    <time class="dt-published">2031-05-06</time></a>
    <div class="e-content"><p>Deep.</p></div><a class="p-category">wells</a></div></div>"""
    (post,) = read(body)
    assert post.to_note_bytes().decode() == (
        "Date: 2031-05-06\nSource: https://wells.example.net/a\nTags: wells\n\n"
        "Wells by Ana Ruiz\n\nDeep.\n"
    )


def test_a_page_that_marks_nothing() -> None:
    head = '<meta property="article:published_time" content="2031-05-06T01:00:00Z">'
    (post,) = read("<h1>Wells by Ana Ruiz</h1><p>Deep.</p><p class='share'>Share</p>", head)
    assert post.to_note_bytes().decode() == (
        "Date: 2031-05-06\nSource: https://blog.example.org/q\n\nWells by Ana Ruiz\n\nDeep.\n"
    )


def test_posts_one_below_the_other_are_parted() -> None:
    body = "".join(
        f"<h2>Quarry Days 2031 – Day 2 – Session {n}</h2><h3>Wells by Ana Ruiz</h3><p>Deep.</p>"
        for n in (1, 2, 3)
    )
    texts = [post.to_note_bytes().decode() for post in read(body)]
    assert [text.splitlines()[0][-1] for text in texts] == ["1", "2", "3"]


def test_headings_called_like_furniture_stay() -> None:
    body = """<article><h1>Wells by Ana Ruiz</h1><section>
    <h2 id="related-work" class="share">Related work</h2><p>Pumps.</p></section></article>"""
    (post,) = read(body)
    assert "Related work\n\nPumps.\n" in post.to_note_bytes().decode()


def test_an_empty_page_has_no_post() -> None:
    assert html_posts(b"", "page.html", "page.txt") == []


def test_a_document_of_google_docs() -> None:
    page = """<html><head><title>Kettles</title></head><body class="doc-content">
<p class="c5 title">Quarry Days 2031 - Day 2</p><h1>Quiet pumps - Ana Ruiz</h1>
<ul class="lst-kix_a-0"><li>They hum<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></li></ul>
<ul class="lst-kix_a-1"><li>in tune</li></ul>
<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>he was dull</span></p></div></body></html>"""
    (post,) = html_posts(page.encode(), "page.html", "page.txt")
    assert post.to_note_bytes().decode() == (
        "Quarry Days 2031 - Day 2\n\nQuiet pumps - Ana Ruiz\n\n  • They hum\n    • in tune\n"
    )
