"""Names that begin headings, ``pmac: Queues``, and that the texts below say again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from confnotes.model import Speaker
from confnotes.notes import weights
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.outline.candidate import Candidate
from confnotes.notes.syntax.segments import Segment

_REPEATED = re.compile(r"^(?P<name>[^\s:]{2,20}(?: [^\s:]{2,20})?)(?:: | on )(?P<title>\S.*)$")
_ACTS = r"['’]s\s|\W+(?:[\w'’]+\W+){0,4}?(?i:<people.verbs>)"
"""What follows the name of a speaker: ``’s talk``, ``, who showed``."""
_MAX_TOLD = 250


def read_repeated_names(siblings: Sequence[Candidate], segments: Sequence[Segment]) -> None:
    """Read ``pmac: Queues`` or ``Ana on queues`` where most texts below say what they did."""
    found: list[tuple[Candidate, HeadingParse]] = []
    acting = 0
    for candidate in siblings:
        match = _REPEATED.match(candidate.whole.title)
        below = [s.text for s in segments[candidate.index + 1 : candidate.index + 2]]
        text = below[0][:_MAX_TOLD] if match and below and not candidate.is_never_talk else ""
        name = match["name"] if match else ""
        ends = [m.end() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        if match and ends:
            acting += any(compile_phrases(_ACTS).match(text, end) for end in ends)
            speakers = (Speaker(candidate.segment.line, name),)
            title = clean_title(match["title"])
            parse = HeadingParse.of_talk(title, speakers, weights.NICKNAME_LAST)
            found.append((candidate, replace(parse, form=Form.SPEAKER_TITLE)))
    if acting >= max(weights.MIN_REGULAR, len(found) / 2):
        for candidate, parse in found:
            candidate.parses = [parse, *candidate.parses]
