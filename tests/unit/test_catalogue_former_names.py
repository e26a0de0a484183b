"""Former names: nothing of them is read, whatever form they are typed in."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import TypeAlias

import pytest
from confnotes.catalogue import Catalogue
from confnotes.catalogue.hide_former_names import FormerNames
from confnotes.pages import build_page, docnames

from tests.page_text import render_myst

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]

FORMER = FormerNames(
    [("Bob Núñez", "Ann Núñez Ray"), ("王小明", "王小丽"), ("Cy Ash", "Cy Ash Oak")]
)


@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("Pumps – Bob Nunez (Acme)", "Pumps – Ann Núñez Ray (Acme)"),
        ("BOB NÚÑEZ on pumps", "ANN NÚÑEZ RAY on pumps"),
        ("bob nun\u0303ez’s pumps", "Ann Núñez Ray’s pumps"),
        ("as Bob\n  Nunez said", "as Ann Núñez Ray\n   said"),
        ("_Bob_ Nunez, B&nbsp;C, Bob&nbsp;Nunez", "_Ann Núñez Ray, B&nbsp;C, Ann Núñez Ray"),
        ("Bo\u00adb Nu\u200bnez, Bob\u200bNunez", "Ann Núñez Ray, Ann Núñez Ray"),
        ("Speaker: Nunez, Bob", "Speaker: Ann Núñez Ray"),
        ("Speakers: Nunez, Bob J.; Li, Bo", "Speakers: Ann Núñez Ray; Li, Bo"),
        ("Speakers: Nunez, Bob Jones", "Speakers: Nunez, Bob Jones"),
        ("see x.example/people/bob-james-nunez, bob_j_nunez", "see …, ann_nunez_ray"),
        ("x.example/?q=bob+j+nunez x.example/bob%2Dj%2Dnunez", "… …"),
        ("x.example/bob-and-his-friend-nunez", "x.example/bob-and-his-friend-nunez"),
        ("Speakers: Nunez, Bob; Li, Bo", "Speakers: Ann Núñez Ray; Li, Bo"),
        ("Jane Nunez, Bob Jones", "Jane Nunez, Bob Jones"),
        ("{speaker}`bob-nunez`", "{speaker}`ann-nunez-ray`"),
        ("Bob_Nunez", "Ann_Núñez_Ray"),
        (
            "Bob J. Nunez, Bob J Nunez and Bob y Nunez",
            "Ann Núñez Ray, Ann Núñez Ray and Bob y Nunez",
        ),
        ("Bob James Nunez, Bob James R. Nunez", "Ann Núñez Ray, Ann Núñez Ray"),
        ("as Bob O’Hara-Lee\nNunez said", "as Ann Núñez Ray\n said"),
        ("Bob\nJane Nunez, Bob and Jane Nunez", "Bob\nJane Nunez, Bob and Jane Nunez"),
        (
            "a talk by Nunez, Bob in May; By Nunez, Bob.",
            "a talk by Ann Núñez Ray in May; By Ann Núñez Ray.",
        ),
        ("with Jane Nunez, Bob and Li", "with Jane Nunez, Bob and Li"),
        ("Bob Nunezs Vortrag", "Ann Núñez Rays Vortrag"),
        ("Ann (@bobnunez) and #bobnunez", "Ann () and #annnunezray"),
        ("[slides](https://x.example/~bob.nunez/1.pdf), more", "[slides](…), more"),
        ("mail bobnunez@x.example or see bobnunez.example", "mail … or see …"),
        ("mail bob@nunez.example or nunez@bob.example", "mail … or …"),
        ("Bobby Nunez, Bob Nunezson, Bob. Nunez", "Bobby Nunez, Bob Nunezson, Bob. Nunez"),
        ("[a](https://x.example/wiki/Bob_N%C3%BA%C3%B1ez)", "[a](…)"),
        ("https://x.example/?s=Nunez+Bob and @nunezbob", "… and "),
        ("B&#111;b N&uacute;&ntilde;ez &amp; &eacute;", "Ann Núñez Ray &amp; é"),
        (r'["Bob N\u00fa\u00f1ez", "Bob N\xFA\xF1ez"]', '["Ann Núñez Ray", "Ann Núñez Ray"]'),
        ("Ｂｏｂ　Ｎúñez", "Ann Núñez Ray"),
        (r"100%25 N&uacute;&ntilde;ez, \\u00e9", r"100%25 N&uacute;&ntilde;ez, \\u00e9"),
        ("王小明说", "王小丽说"),
        ("Cy Ash and Cy Ash Oak", "Cy Ash Oak and Cy Ash Oak"),
    ],
)
def test_the_name_of_now_is_published(typed: str, published: str) -> None:
    assert FORMER.hide(typed) == published
    assert pickle.loads(pickle.dumps(FORMER)).hide(typed) == published


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_hide_nothing(encoding: str) -> None:
    assert FORMER.hide_bytes("Bob Núñez".encode(encoding), "a.txt").decode() == "Ann Núñez Ray"
    untouched = "Zoë".encode(encoding)
    assert FORMER.hide_bytes(untouched, "a.txt") is untouched


NOTE = "years/2031/pipe-days/session-1.txt"
FILES = {
    "speakers/ann-ray.md": "---\nname: Ann Ray\nformer:\n- Bob Ray\naliases: [A. Ray]\n---\n",
    "topics/pumps.md": "---\nphrases: [pump]\n---\n# Pumps\n\nAfter {speaker}`Bob Ray`.\n",
    NOTE: "Pipe Days 2031 – Day 1\n\nBob Ray (Acme)\n\n• a pump\n• asked by BOB RAY\n",
}


def test_no_page_knows_the_former_name(catalogue_of: Make) -> None:
    catalogue = catalogue_of(FILES)
    assert [*catalogue.people] == ["ann-ray"]
    assert catalogue.people["ann-ray"].aliases == ("A. Ray",)
    assert [talk.node_id for talk in catalogue.talks] == ["ann-ray-acme"]
    assert catalogue.handwritten["topics/pumps"].references == (("speaker", "Ann Ray"),)
    pages = "".join(render_myst(build_page(catalogue, name)) for name in docnames(catalogue))
    assert "bob" not in pages.casefold()
    assert catalogue.problems == ()


def test_a_cache_forgets_it(catalogue_of: Make) -> None:
    catalogue_of({NOTE: FILES[NOTE]})
    assert [*catalogue_of(FILES).people] == ["ann-ray"]
