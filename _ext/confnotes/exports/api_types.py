"""The records of the JSON files, and their JSON Schemas.

Records refer to each other by ``id``. Fields may be added; none is renamed, and none changes its
meaning.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    TypeAlias,
    TypedDict,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

Date: TypeAlias = Annotated[str | None, {"format": "date"}]
Url: TypeAlias = Annotated[str, {"format": "uri-reference"}]
Schema: TypeAlias = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMES = {str: "string", bool: "boolean", int: "integer", NoneType: "null"}


def iso_date(day: date | None) -> Date:
    return day.isoformat() if day else None


class LinkRecord(TypedDict):
    """An address with a name."""

    label: str
    url: Url


class TalkSpeakerRecord(TypedDict):
    """A speaker as one talk names them."""

    id: Annotated[str, "the speaker, in speakers.json"]
    name: Annotated[str, "as this note spells it"]
    affiliation: Annotated[str, "for whom they spoke, or empty"]


class TalkRecord(TypedDict):
    """Talks, in the order in which they were held."""

    id: Annotated[str, "the talk’s name in objects.inv, the same for as long as its page stands"]
    title: str
    url: Annotated[Url, "the talk on its note’s page"]
    speakers: list[TalkSpeakerRecord]
    topics: Annotated[list[str], "ids in topics.json"]
    event: Annotated[str, "id in events.json"]
    year: int
    date: Annotated[Date, "the day of the talk, if known"]
    session: Annotated[str, "as the note’s head has it, or empty"]
    kind: Annotated[str, "talk, keynote, lightning talk, panel, workshop, q&a or other"]
    track: Annotated[str, "what the talk was announced under, or empty"]
    citation_key: Annotated[str, "the talk’s key in citations.bib; a talk that moves keeps it"]
    materials: Annotated[list[LinkRecord], "slides, recording and the like"]
    also: Annotated[list[str], "ids of the same talk as it was given at other events"]
    note: Annotated[str, "the file that was typed, relative to the project"]
    line: Annotated[int, "where the talk begins in that file, counted from 1"]


class SpeakerRecord(TypedDict):
    """Speakers, by address."""

    id: str
    name: str
    url: Url
    distinction: Annotated[str, "what tells this person from others of the name, or empty"]
    aliases: Annotated[list[str], "other spellings and names"]
    links: list[LinkRecord]
    pronouns: Annotated[str, "or empty"]
    website: Annotated[str, "the person’s own address, or empty"]
    orcid: Annotated[str, "ORCID iD, as 0000-0002-1825-0097, or empty"]
    picture: Annotated[str, "the address of a picture, or empty"]
    talks: Annotated[list[str], "ids in talks.json, in the order in which they were held"]


class TopicRecord(TypedDict):
    """Topics, by address."""

    id: str
    title: str
    url: Url
    parent: Annotated[str | None, "id of the broader topic"]
    phrases: Annotated[list[str], "what gives a talk this topic where it stands in its text"]
    talks: Annotated[list[str], "ids in talks.json, in the order in which they were held"]


class EventRecord(TypedDict):
    """Events, in the order in which they were held."""

    id: str
    name: str
    url: Annotated[Url, "the event’s page on this site"]
    series: str
    year: int
    start: Date
    end: Date
    place: Annotated[str, "or empty"]
    website: Annotated[str, "the event’s own address, or empty"]
    aliases: list[str]
    talks: Annotated[list[str], "ids in talks.json, in the order in which they were held"]


def json_schema(record: type, address: str = "", *, is_list: bool) -> Schema:
    """Return the schema of ``record``, a typed dictionary or a data class, or of a list of it.

    A field's type may be ``Annotated`` with a text, its description, or with a
    dictionary, more of its schema. ``address`` is where the schema can be found.
    """
    about = {"$id": address} if address else {}
    schema = _schema_of(record)
    schema = {"type": "array", "items": schema} if is_list else schema
    return {"$schema": _DIALECT, **about, "title": record.__doc__, **schema}


def _schema_of(hint: Any) -> Schema:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        made = _schema_of(parts[0])
        for more in hint.__metadata__:
            made |= {"description": more} if isinstance(more, str) else more
        return made
    if origin in {list, tuple}:
        return {"type": "array", "items": _schema_of(parts[0])}
    if origin is UnionType:
        return {"type": [_NAMES[part] for part in parts]}
    if is_typeddict(hint) or is_dataclass(hint):
        types = get_type_hints(hint, include_extras=True)
        declared = fields(hint) if is_dataclass(hint) else ()
        optional = {field.name for field in declared if field.default is not MISSING}
        return {
            "type": "object",
            "properties": {name: _schema_of(kind) for name, kind in types.items()},
            "required": [name for name in types if name not in optional],
        }
    return {"type": _NAMES[hint]}
