"""Names of people, topics and events: each belongs to the first that claims it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from confnotes.catalogue.codes import CatalogueCode
from confnotes.catalogue.page_front_matter import FrontMatter
from confnotes.model import FieldValue
from confnotes.names import identity_key


class NameClaim(NamedTuple):
    """A name of ``owner``, and where on which hand-written page it is typed, if it is."""

    name: str
    owner: str
    page: FrontMatter | None = None
    value: FieldValue | None = None


def index_names(claims: Iterable[NameClaim]) -> dict[str, str]:
    """Return owners by the identity of their names; report names of others on the later page."""
    found: dict[str, NameClaim] = {}
    for claim in claims:
        first = found.setdefault(identity_key(claim.name), claim)
        if first.owner != claim.owner and claim.page is not None:
            line = first.value.line if first.value else 1
            place = f"{first.page.path}:{line}" if first.page else first.owner
            message = f"‘{claim.name}’ is already claimed in {place}"
            hint = "change or remove one of the two"
            claim.page.add_error(claim.value, message, hint, CatalogueCode.DUPLICATE_NAME)
    return {key: claim.owner for key, claim in found.items()}
