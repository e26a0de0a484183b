"""Citation keys: made of the permanent address of a talk, the first that it had."""

from __future__ import annotations

import re
from collections.abc import Mapping

from confnotes.catalogue import Catalogue
from confnotes.catalogue.tracking import derived
from confnotes.exports import redirects
from confnotes.exports.redirects import RedirectTarget
from confnotes.slugs import short_hash

_UNSAFE = re.compile(r"[^A-Za-z0-9/._-]+")
"""What BibTeX or a command line could misread in a key."""


@derived
def citation_keys(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the key of each talk by its object name.

    ``redirects.txt`` says where a talk has moved, and a talk that moved keeps its key.
    """
    typed, _problems = redirects.load(catalogue.root)
    sources = {redirect.old for redirect in typed}
    moves = {
        redirect.new: redirect.old
        for redirect in reversed(typed)
        if bool(redirect.new.anchor) == bool(redirect.old.anchor)
    }

    def first_address(place: RedirectTarget) -> RedirectTarget:
        seen = set()
        while place not in seen:
            seen.add(place)
            if place in moves:
                place = moves[place]
            elif page := moves.get(RedirectTarget(place.docname)):
                moved = RedirectTarget(page.docname, place.anchor)
                place = place if moved in sources else moved
        return place

    return {
        talk.object_name: _key(first_address(RedirectTarget(talk.docname, talk.node_id)))
        for talk in catalogue.talks
    }


def _key(address: RedirectTarget) -> str:
    path = address.docname.removeprefix("years/")
    safe = _UNSAFE.sub("-", path)
    unique = "" if safe == path else f"-{short_hash(path)}"
    return f"{safe}{unique}:{address.anchor}"
