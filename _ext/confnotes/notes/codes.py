"""Codes of the problems and guesses of the reader, each with a line of explanation."""

from __future__ import annotations

from enum import StrEnum

from confnotes.documented_enum import DocumentedStrEnum, ProblemCode, Severity


class NoteCode(ProblemCode):
    """Codes of problems for the author to fix. The guide prints the explanations."""

    NOT_UTF8 = (
        "not-utf-8",
        "the file is not UTF-8; it was read as another encoding",
        Severity.WARNING,
    )
    SEVERAL_POSTS = (
        "several-posts",
        "the file holds several posts; import splits them",
        Severity.WARNING,
    )
    NESTED_TOO_DEEP = (
        "nested-too-deep",
        "bullets are nested deeper than the site shows; they were moved up",
        Severity.WARNING,
    )
    LONG_LINE = "long-line", "a line has more than 100,000 characters", Severity.WARNING
    UNCLOSED_FENCE = "unclosed-fence", "a code fence is opened and never closed", Severity.WARNING
    UNCLOSED_COMMENT = (
        "unclosed-comment",
        "a comment is opened and never closed; all below it is private",
        Severity.WARNING,
    )
    EMPTY_NOTE = "empty-note", "the file has no text", Severity.WARNING
    DRAFT = "draft", "the front matter says that the note is a draft", Severity.INFO
    NOT_TEXT = "not-text", "the file is an image, an archive or the like", Severity.WARNING
    UNKNOWN_FIELD = "unknown-field", "a line looks like a field but is not one", Severity.WARNING
    EMPTY_FIELD = "empty-field", "a field line has no value", Severity.WARNING
    BAD_DATE = "bad-date", "a date field is not a date"
    UNKNOWN_KIND = "unknown-kind", "a kind field names no kind of talk"
    BAD_FRONT_MATTER = (
        "bad-front-matter",
        "the front matter is not valid YAML or TOML; it was read line by line",
        Severity.WARNING,
    )
    BAD_URL = "bad-url", "the URL of a field is not http, https or mailto"
    IMPOSSIBLE_DAY = "impossible-day", "the day or date is not one of the event's days"


class GuessCode(DocumentedStrEnum):
    """Codes of guesses: something inferred that a field line can overrule."""

    SPEAKER_FIRST = "speaker-first", "the heading was read as speaker first"
    SPEAKER_AFFILIATION = "speaker-affiliation", "the heading was read as speaker and affiliation"
    SPEAKER_ONLY = "speaker-only", "the whole heading was read as a name"
    UNSURE_SPEAKER = "unsure-speaker", "a part of the heading was read as a name on weak evidence"
    INFERRED_HEADING = (
        "inferred-heading",
        "a line without a speaker and without fields was read as the heading of a talk",
    )
    CO_PRESENTER = "co-presenter", "a speaker was found in a bullet"
    SPEAKER_IN_TEXT = "speaker-in-text", "a speaker was found in running text"
    SPEAKER_BELOW = "speaker-below", "a line under the heading was read as its speaker"
    TITLE_FROM_SESSION = "title-from-session", "a talk without a heading took the session's name"
    TITLE_FROM_PATH = "title-from-path", "a talk without a heading took the file's name"
    EVENT_SPELLING = "event-spelling", "the event's name was read as a misspelling of another"
    EVENT_FROM_PATH = "event-from-path", "the event was taken from the file's folder or name"
    DATE_FROM_DAY = "date-from-day", "the date was computed from the event's first day"
    DATE_FROM_PATH = "date-from-path", "the date was taken from the file's name"
    CLOSING_PARAGRAPH = (
        "closing-paragraph",
        "a closing paragraph was given to the session, not to the last talk",
    )


class DropReason(StrEnum):
    """Reasons for which the reader drops a line of a note."""

    SHARING = "sharing links of a blog"
    NAVIGATION = "navigation of a blog"
    READING_TIME = "reading time"
    RULE = "a ruled line"
    LONG_LINE = "a line that is too long"
    COMMENT = "a comment"
    HEADING = "words of a heading that are neither its title nor a name"
    TABLE_HEADER = "the header of a table whose rows became talks"
    LINK_LABEL = "the words of a link to a talk's material"
    ATTRIBUTES = "the attributes of a code block"
    PROPERTY = "a property of an outline"
    TASK = "the state of a task"
    TAGS = "the tags of a heading"
    EXPORT_ID = "the id that an export gives a page"
    HTML = "an HTML tag"
    IMAGE_DATA = "an image typed as data"
    REDIRECT = "a redirect around an address"
    EMPTY_FIELD = "a field without a value"
    BESIDE_DATE = "what a date field says besides its date"
    ORDINARY_KIND = "a word for the kind that a talk has if none is named"
    PERSONAL_TITLE = "titles and degrees of a person"
    FAMILY_NAME_FIRST = "names typed with the family name first"
    CALLOUT = "the kind of a callout"
    SETTING = "a setting of the file"
    BLOCK_FRAME = "the frame of a block"
    BLOCK_ATTRIBUTES = "the attributes of a block"
    WIKI_LINK = "the target of a link between notes"
    FRONT_MATTER = "the frame of front matter"
