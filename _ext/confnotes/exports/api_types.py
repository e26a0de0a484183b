"""The records of the JSON files; their types are published as schemas.

Records refer to each other by ``id``. Fields may be added one day; none is
renamed, and none changes its meaning.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias, TypedDict

Date: TypeAlias = Annotated[str | None, {"format": "date"}]
Url: TypeAlias = Annotated[str, {"format": "uri-reference"}]


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
