"""The order of a heading, and one way to read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from confnotes.model import Speaker, TalkKind
from confnotes.notes import weights
from confnotes.notes.entities.talk_kinds import detect_kind


class Form(StrEnum):
    """The order of a heading. Posts are typed in one of them, mostly."""

    TITLE = "title"
    TITLE_SPEAKER = "title – speaker"
    SPEAKER_TITLE = "speaker – title"
    SPEAKER = "speaker"
    SPEAKER_AFFILIATION = "speaker – affiliation"


NAMED_FORMS = frozenset({Form.TITLE_SPEAKER, Form.SPEAKER_TITLE})
"""Those that have a title and its speaker."""


@dataclass(frozen=True, slots=True)
class HeadingParse:
    """One way to read a heading; ``score`` is the log-odds that its speakers are people."""

    form: Form
    title: str
    speakers: tuple[Speaker, ...] = ()
    score: float = 0.0
    track: str = ""
    kind: TalkKind = TalkKind.TALK
    label: str = ""
    """The kind that the heading ends with, as typed."""

    @property
    def is_name(self) -> bool:
        """Return True if the heading has a speaker and no title but a kind: ``Keynote: Ana``."""
        return self.form in {Form.SPEAKER, Form.SPEAKER_AFFILIATION}

    @property
    def names_talk(self) -> bool:
        """Return True if the heading surely has a title and its speaker."""
        return self.form in NAMED_FORMS and self.score > weights.CONFIDENT

    @classmethod
    def of_talk(cls, title: str, speakers: tuple[Speaker, ...], score: float) -> HeadingParse:
        """Return a title and its speakers, which something other than a separator parts."""
        return cls(Form.TITLE_SPEAKER, title, speakers, score, "", detect_kind(title))
