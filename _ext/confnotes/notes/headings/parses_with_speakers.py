"""Every way to read a heading that has speakers: where it is cut, and who is on which side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from confnotes.model import TalkKind
from confnotes.notes import weights
from confnotes.notes.entities.name_model import name_score
from confnotes.notes.entities.name_shape import FULL_NAME, NAME_WORD
from confnotes.notes.entities.parse_people import ParsedPeople, parse_people
from confnotes.notes.entities.roles_and_employers import (
    is_affiliation,
    is_job_title,
    is_no_company,
    may_be_company,
)
from confnotes.notes.entities.talk_kinds import detect_kind, match_kind_label
from confnotes.notes.entities.unspaced_names import strip_honorific
from confnotes.notes.entities.words_around_names import has_lead, strip_lead
from confnotes.notes.headings.evidence import (
    STRONG,
    is_nickname,
    is_saying,
    is_surely_one,
    weigh,
)
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.separators import (
    clean_title,
    find_separators,
    split_handle,
    split_track,
    trailing_punctuation,
)
from confnotes.notes.languages.dates import match_day
from confnotes.notes.languages.patterns import compile_phrases, is_unspaced

_AFTER_QUOTES = re.compile(r'^([“"«„][^“”"«»„]{4,}[^.“”"«»„][”"»“]),? ([^“”"„«»:–]{3,60})$')
_NAME_BEFORE_QUOTES = re.compile(
    r"^([^“”\"«»„:–—]{3,60}?[^“”\"«»„:–—\s,-])(?:['’]s?)?,? ([“\"«„][^“”\"«»„]{5,}[”\"»“])$"
    r"|^([^「」『』《》:：–—]{2,30}?)\s?([「『《][^「」『』《》]{2,}[」』》])$"
)
_TITLE_IN_FRONT_OF_BRACKETS = re.compile(
    r"^(.*\S)\s*[(\[（]([^()\[\]（）]+(?:[(（][^()（）]*[)）][^()\[\]（）]*)*)[)\]）][.。]?$"
)
_POSSESSIVE = (
    r"(?i)^(?P<people>(?:(?! - )[^:–—]){3,60}?)['’]s?\s+"
    r"(?P<title>(?:<kinds.before>\s+)?<kinds.labels>.*)$"
)
_TALK_ON = r"(?i)^<kinds.labels>\s*(?: on| about|:)\s+"
_PERSON_IN_FRONT = re.compile(
    r"^(?P<people>[^\W\da-z_][\w'’.-]*(?: [^\W\da-z_][\w'’.-]*){0,2} ?"
    r"\((?![^()]*\d)[^()]{2,30}\)):? (?P<title>[^\W\da-z_].*)$"
)
_NAMED_KIND = rf"^(?P<people>{NAME_WORD}(?: {NAME_WORD})?) (?P<title>(?i:<kinds.keynote>))$"
_KIND_OF_NAMED = rf"(?i:(?:<kinds.before> )?<kinds.keynote>) (?={FULL_NAME}$)"
_MODERATED = r"(?i)<people.before_by>$"
_NO_TITLE = r"(?i)\W*@\S+\W*|(?:\W*<names.titles>)+\W*|(?:\w+ ){0,2}(?:twitter|mastodon)\W*"
_LABEL = r"(?i)<fields.speakers>"
_NO_HANDLE = re.compile(r"@[A-Z][a-z]+$|@\w+-")  # ``@Globex``, ``@font-face``
_HANDLES_AND_DATES = re.compile(r"@\w+|\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b|\b\d{4}-\d\d-\d\d\b")
_LAST_FIELD = re.compile(r", ([^,]+ [^,]+)$")
_STATE = re.compile(r"[A-Z]{2}")  # ``St Louis, MO``


@dataclass(frozen=True, slots=True)
class HeadingParser:
    """Reads a heading with speakers in every way."""

    text: str
    line: int
    context: ParseContext
    kind: TalkKind

    def read(self, label: str) -> Iterator[HeadingParse]:
        yield from self._names_only(label)
        separators = find_separators(self.text)
        dashes = {found.group().strip() for found in separators if found.lastgroup == "dash"}
        strong = any(separator.lastgroup in STRONG for separator in separators)
        for separator in separators:
            sign, typed = separator.lastgroup or "dash", separator.group().strip()
            left = f"{self.text[: separator.start()]}{trailing_punctuation(separator)}"
            right = self.text[separator.end() :]
            aside = strong and sign not in STRONG
            one_word = sign == "handle" and " " not in left and not typed
            weight = -weights.WRONG_SEPARATOR * (aside + one_word)
            weight += weights.LONG_DASH * (len(dashes) > 1 and typed in {"–", "—"})
            if sign != "on":
                yield from self._speakers_last(left, right, sign, weight)
            if sign in {"dash", "pipe", "note", "colon", "comma", "with", "on"}:
                opens = aside and sign == "colon" and separator is separators[0]
                weight += weights.OPENING_COLON * opens - weights.FIRST_BEFORE.get(sign, 0.0)
                yield from self._speakers_first(left, right, sign, weight)
        yield from self._quoted_field()
        text = self.text[front.end() :] if (front := match_kind_label(self.text)) else self.text
        for sign, pattern in (("person", _PERSON_IN_FRONT), ("quote", _NAME_BEFORE_QUOTES)):
            if match := pattern.match(text):
                people, title = filter(None, match.groups())
                yield from self._speakers_first(people, title, sign)
        for sign, pattern in (("quote", _AFTER_QUOTES), ("bracket", _TITLE_IN_FRONT_OF_BRACKETS)):
            if match := pattern.match(self.text):
                yield from self._speakers_last(match[1], match[2], sign)
        if named := compile_phrases(_NAMED_KIND).match(self.text):
            yield from self._named_kind(named)
        if possessive := compile_phrases(_POSSESSIVE).match(self.text):
            title = compile_phrases(_TALK_ON).sub("", possessive["title"]) or possessive["title"]
            for parse in self._speakers_first(possessive["people"], title, "possessive"):
                yield replace(parse, kind=detect_kind(possessive["title"]))

    def _people(self, text: str, *, small: bool = False) -> ParsedPeople | None:
        if (day := match_day(text)) and day.end - day.start == len(text.strip()):
            return None
        return parse_people(text, self.line, self.context.known_names, small=small)

    def _names_only(self, typed_kind: str) -> Iterator[HeadingParse]:
        """Read all of a heading as people: a keynote's heading is often only a name."""
        label = match_kind_label(self.text) or compile_phrases(_KIND_OF_NAMED).match(self.text)
        value = self.text[label.end() if label else 0 :]
        small = self.text.islower() and not is_unspaced(self.text)
        who = self._people(value, small=small)
        if who is None:
            return
        first, *others = who.speakers
        score = who.score - weights.NAME_ALONE - weights.SMALL_LETTERS * small
        score += weights.KIND_BEFORE_NAME * bool(label)
        score += weights.NAME_IN_KEYNOTES * self.context.keynotes
        is_shown = label or first.affiliation or strip_honorific(value) != value
        score -= weights.UNSPACED_NAME_ALONE * (is_unspaced(value) and not is_shown)
        if not others:
            after = value.removeprefix(first.name).lstrip(" ,|–—-")
            score += weights.NAME_AND_JOB * is_job_title(after)
            score -= weights.PLACE * bool(_STATE.fullmatch(first.affiliation))
            score -= weights.NO_COMPANY * is_no_company(first.affiliation)
        title = self.text[: label.end()].strip(" :：-–—|[]()【】") if label else typed_kind
        employed = first.affiliation and not label and not others
        form = Form.SPEAKER_AFFILIATION if employed else Form.SPEAKER
        yield HeadingParse(form, title, who.speakers, score, "", self.kind)

    def _quoted_field(self) -> Iterator[HeadingParse]:
        """Read ``Ana Ruiz | @ana | Acme | "Queues"``: the quoted field is the title."""
        fields = [field.strip() for field in self.text.split(" | ")]
        quoted = [field for field in fields if clean_title(field) != field]
        if len(fields) < 3 or len(quoted) != 1:
            return
        who = self._people(", ".join(field for field in fields if field not in quoted))
        if who is not None:
            title, score = clean_title(quoted[0]), who.score + weights.QUOTED_FIELD
            yield HeadingParse(Form.SPEAKER_TITLE, title, who.speakers, score, "", self.kind)

    def _named_kind(self, match: re.Match[str]) -> Iterator[HeadingParse]:
        """Read ``Ruiz keynote``."""
        who, title = self._people(match["people"]), match["title"]
        if who and len(who.speakers) == 1 and not match_kind_label(f"{match['people']}: x"):
            score = name_score(who.speakers[0].name)
            yield HeadingParse(
                Form.SPEAKER_TITLE, title, who.speakers, score, "", detect_kind(title)
            )

    def _speakers_last(
        self, left: str, right: str, sign: str, weight: float = 0.0
    ) -> Iterator[HeadingParse]:
        """Read ``left`` as the title and ``right`` as the speakers."""
        who = self._people(right, small=left.islower() and right.islower())
        if who is None or not left.strip() or compile_phrases(_NO_TITLE).fullmatch(left):
            return
        if (sign == "by" and compile_phrases(_MODERATED).search(left)) or (
            sign == "handle" and _NO_HANDLE.match(right)
        ):
            return
        if all(speaker.name.startswith("@") for speaker in who.speakers):
            owner = self._people(left)
            if owner is not None and (owner.score > weights.MIN_DETAILED or has_lead(left)):
                return
        if sign == "bracket" and is_affiliation(who.speakers[0].name):
            return
        title, track = split_track(left)
        if sign == "by" and is_nickname(left, right.strip()):
            who = replace(who, score=max(who.score, weights.NICKNAME))
        weight += weights.WITH_SURE_NAME * (sign == "with" and is_surely_one(who))
        before = _LAST_FIELD.search(title) if sign == "comma" else None
        if before and (one := self._people(before[1])) and one.score > weights.CONFIDENT:
            weight -= weights.WRONG_SEPARATOR
        weight -= weights.SAYING * is_saying(title)
        score = weigh(who, title or left, sign) + weight
        title = "" if compile_phrases(_LABEL).fullmatch(title) else clean_title(title)
        yield HeadingParse(Form.TITLE_SPEAKER, title, who.speakers, score, track, self.kind)

    def _speakers_first(
        self, left: str, right: str, sign: str, weight: float = 0.0
    ) -> Iterator[HeadingParse]:
        """Read ``left`` as the speakers and ``right`` as the title, or as where they work."""
        label = match_kind_label(left + ":") if sign != "possessive" else None
        if label and label.end() >= len(left):
            return
        label = match_kind_label(left)
        people = left[label.end() :] if label else left
        who = self._people(people, small=left.islower() and right.islower())
        if who is None or not _HANDLES_AND_DATES.sub("", right).strip(" -–—|,"):
            return
        if not strip_honorific(right):  # ``山田太郎（株式会社ボイラー） さん``
            return
        if sign == "dash" and not is_affiliation(left):
            inner = any(found.lastgroup == "dash" for found in find_separators(left))
            weight -= weights.WRONG_SEPARATOR * inner
        weight -= weights.JOB_AS_TITLE * is_job_title(right)
        if sign == "possessive" and (value := match_kind_label(right)):
            right = right[value.end() :]
        speaker, *others = who.speakers
        is_sure = is_surely_one(who) and not speaker.affiliation
        weight += weights.WITH_SURE_NAME * (sign == "on" and is_sure)
        if not (others or speaker.handle):
            right, handle, company = split_handle(right)
            company = speaker.affiliation or company
            speaker = replace(speaker, handle=handle, affiliation=company)
            who = replace(who, speakers=(speaker,))
        weight -= weights.NO_COMPANY * is_no_company(speaker.affiliation)
        score = weigh(who, right, sign) + weight + weights.SPEAKER_FIRST
        kind = detect_kind(people.removesuffix(strip_lead(people)))
        kind = self.kind if kind is TalkKind.TALK else kind
        yield HeadingParse(Form.SPEAKER_TITLE, clean_title(right), who.speakers, score, "", kind)
        if sign not in {"dash", "pipe", "comma"} or others or speaker.affiliation:
            return
        if may_be_company(right):
            speaker = replace(speaker, affiliation=right.strip())
            title = left[: label.end()].strip(" :-–—|") if label else ""
            words = "one" if " " not in right.strip() else "more"
            after = "keynotes" if self.context.keynotes else "label" if label else ""
            score = who.score + weights.NAME_AND_COMPANY + weights.COMPANY.get(after, 0.0)
            score += weights.COMPANY["known" if is_affiliation(right) else words]
            score -= weights.PLACE * bool(_STATE.fullmatch(right.strip()))
            form = Form.SPEAKER_AFFILIATION
            yield HeadingParse(form, title, (speaker,), score, "", self.kind)
