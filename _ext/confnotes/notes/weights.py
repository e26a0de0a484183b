"""Every weight of the reader's decisions: log-odds, where 0 is even and 2 is about nine in ten.

They were set by hand and checked on labelled notes (``make accuracy``), but for ``CONFIDENCE``,
which is fitted; a reason stands behind or below each.
"""

# People in a phrase.

BRACKET, HANDLE, DETAIL = 0.5, 1.5, 1.0
"""What stands in brackets, a handle, a role behind a name: people have them."""
EMPLOYER, WEAK_EMPLOYER = 0.5, 1.5
"""A company behind a name; ``of`` and ``for`` stand in titles more often."""
HONORIFIC = 3.0  # A name with a title after it: ``森田千尋さん``
TITLED_NAME = -0.5  # The least of a name with a title after it, maybe a nickname: ``雨傘さん``
HALF_CAPITAL = 3.0  # A word in small letters among words with capitals
KNOWN_PERSON = 4.0  # A name of another note or page
MAX_NAME_SCORE = 5.0  # No phrase by itself is surer to be a name
SMALL_NAME = 2.5  # What a name in small letters loses among words with capitals
UNKNOWN_SMALL_NAME, SURE_NAME = 2.0, 4.0
"""What it loses besides if it has no given name and is less like a name: ``città aperta``."""
MAY_BE_COMPANY = 1.5  # A second person after a comma may be the company of the first
NAME_AFTER_DETAIL = 2.0  # After a role or a company only a sure name is another person

# Lines and bullets under a heading.

FIELD = 4.0  # ``Speaker: Ana Ruiz`` is said outright
PREFIXED_SPEAKER = 2.0  # ``by Ana Ruiz`` on a line of its own
HANDLE_LINE = 1.0  # ``@ana`` and nothing else under a heading
SINGLE_WORD = 1.5  # A single word is a name less often than two
MIN_ANOTHER_SPEAKER = 3.0
"""Under a heading that has a speaker, a line with other names is mostly text."""
SPEAKER_BELOW_HABIT = 2.0  # The other headings of the level have their speakers below, too
MIN_NAME_IN_TEXT = 0.5
"""A name that a sentence begins with or links; what may follow is not like one."""
LINKED_PROFILE = 2.5  # The only person whose profile the opening text of a talk links
OPENING_NAME = 1.5  # The first words of the text are a name; it tells little of the heading above
MIN_MARKED_NAME = 1.0  # A name in bold in the opening text; products are in bold as well
FIRST_BULLET_STANDS_OUT = 2.0  # A bullet of capitals above sentences
CO_PRESENTER, CO_PRESENTER_OF_ONE_WORD = -0.5, 1.5  # In a bullet with the word co-presenter
MIN_BULLET = 1.8  # Bullets are text more often than names
MIN_QUOTED_SPEAKER = 1.0  # A quoted block under a heading is an abstract, its author often last
MIN_LONE_SPEAKER = 2.5  # A name alone in a paragraph below text must be like one by itself
DOUBTFUL_SPEAKER = 2.5  # Below this a name in a heading gives way to a better one under it
MIN_PERSON_HEADING = 1.0  # A heading that is only a name, with a title under it
ONLY_NAMES = 0.75  # The share of headings that are only names, for titles to be below

UNSPACED_NO_NAME = -2.0  # A phrase that begins with no family name, beside one that does
UNSPACED_NAME_ALONE = 2.0  # Three characters alone in a heading are a word more often than a name

# The whole post.

CONFIDENT = 2.0  # From here on a reading counts for what others of the post are like
FULL_HEADING = 1.5  # A line with a title and a speaker of its own is nobody else's speaker line
FORM_HABIT, FORM_HABIT_FROM, FORM_NEVER_SEEN = 3.0, 0.4, -1.0
"""Posts are typed in one order mostly: what a form gains by its share of the sure headings."""

# A heading's text.

QUOTED_FIELD = 3.0
"""Of several fields between pipes the quoted one is the title: nobody quotes a name."""

# Siblings: the other headings of a level.

MIN_ENDING_UNSIGNED = 0.5
"""The share that begins or ends in a name, where no sign shows that it is one."""
SURE_LAST_NAME = 3.0
"""What ends a heading without a sign, and begins with no known given name, is surely a name."""
MIN_ENDING = 0.4
"""The share of a level's headings that end in what may be a company or a name, for it to be so."""
HABITUAL_FIRST = 0.6  # The share of headings ``Ana Ruiz – Queues``, for other words to be names
NICKNAME_LAST = 1.75  # ``Queues (nameko)``, where most siblings end in another such word
MAX_COMPANY_NAME_SCORE = 1.0  # What is more like a name than this is a speaker in doubt, no company
TITLED_SIBLINGS = 3.0
"""What follows a name and a comma, where most siblings have a title, is no company."""
NAMED_IN_BODY = 0.25
"""The share of plain lines whose speakers only their bodies name, for that to be the habit."""
NAMED_LEVEL = 0.6  # From this share of named headings on, one without a speaker is an exception
UNNAMED_SIBLING, RICH_TITLE = 1.5, 0.5  # Without a speaker among named ones; half if over text
UNNAMED_AND_POOR = 2.5  # Besides, it has next to nothing below: a party, the next edition, links
MIN_SUBSTANCE = 2  # Texts below a heading that are more than links: with fewer nobody took notes
UNLABELLED = 2.0  # Fields name the speakers of several siblings, and nobody here
UNTOLD = 3.0
"""A heading of a page that names nobody, over a text that neither does so nor speaks of a talk."""
ONLY_LINKS = 1.0  # Nothing but links below, where nobody is named at all

# Lists of talks.

OF_PROGRAMME, OF_TABLE = 4.0, 3.0
"""A pasted programme, and a table with a column of speakers, name people."""
MIN_LINE_OF_ENTRY, MIN_DETAILED = 1.5, 0.5
"""A name on a line of an entry must be sure, less so with a role, a handle or a number above."""

MARKED_TITLE = 1.5  # A linked, bold or quoted title that opens a bullet, with a name after it
INTRODUCED = 1.0  # A name in a list that a line announces as talks
LISTS_TALKS = 6.0  # A heading over a list of talks groups them

IN_SENTENCE = {"marked": 3.0, "led": 2.0, "cased": 2.0, "plain": 1.0}
MIN_IN_SENTENCES = 3.0
"""What shows the titles of talks in sentences, and how much a page must have of it."""

# Lines without marks.

WRAPPED_PROSE = 4.0  # The first line of a paragraph that an editor has broken
FIELDS_BELOW = 4.0  # ``Video: …`` right under a line: only talks have fields
AGENDA_ENTRY, ENTRY_WITH_NOTES = 1.5, 2.5
"""A time begins the line: an entry of an agenda, surely where most entries have notes below."""
STRONG_PLAIN, PLAIN_TALK = 2.5, 1.5
"""From this weight on a line without marks speaks for grouping by the marked heading above it."""
MIN_REGULAR = 3  # Lines of one shape that part a post
AFTER_RULE = 3.0  # The first line after each rule, where rules part the post, and no other
GOES_ON_BELOW_LIST = 4.0
"""A line glued to the list above it goes on with that, where blank lines part the post."""
SHORT_OVER_PROSE = 2.5
"""A short line over sentences, again and again, in a post where nobody is named."""
MIN_PROSE = 80  # Characters of a line that is no title
SECTION_OF_TALK = 3.0
"""In a file named for its talk, headings of the level of the one that names its speaker."""

# How sure a guess is.

CONFIDENCE = {
    "heading": -0.76,
    "heading alike": 1.4,
    "heading unlike": 0.65,
    "listed": 1.16,
    "plain": -1.79,
    "speaker": 1.11,
    "speaker alike": 0.6,
    "speaker unlike": -1.45,
    "speaker-affiliation": -0.5,
    "speaker-below": 0.75,
    "speaker-first": 0.95,
    "speaker-in-text": 0.62,
    "speaker-only": -0.3,
    "subtitle": 0.31,
    "weight": 0.4,
    "co-presenter": 0.69,
    "marked in a sentence": 0.7,
    "led in a sentence": 0.5,
    "cased in a sentence": -0.3,
    "plain in a sentence": -1.5,
}
"""Fitted by ``make confidence`` on 226 real notes of 206 authors, not those of ``make accuracy``.

They have no co-presenters and few employers in headings, whose weights are set by hand; so are
those of titles in sentences, a little below how often these were right.
"""
TITLE_FROM = {"title-from-session": 0.5, "title-from-path": 0.75}
"""Set by hand: the notes have seven."""
AGREE, DISAGREE = 0.7, 0.25
"""The share of siblings from which on they speak for a guess, or against it."""
MIN_SIBLINGS = 3  # Siblings that can agree
REMARK = 6.0  # A line that is wholly emphasised and begins small is a remark of the author
HEADING_UNDER_CAPTION = 5.0  # A line that begins no paragraph must be a heading beyond doubt
NAMES_BELOW = 0.75
"""The share of headings over a text that begins with a name, one of them surely the speaker's."""
SIBLING_OF_TALK = 1.0  # A heading with text below, beside one that surely is a talk

# A heading cut at a separator.

NEUTRAL = 0.0  # A heading without a speaker; a reading with one must beat it
SEPARATOR = {
    "by": 2.5,
    "handle": 2.0,
    "possessive": 3.0,
    "person": 2.0,
    "quote": 1.5,
    "titled": 1.5,
    "note": 1.3,
    "dash": 1.3,
    "pipe": 1.3,
    "of": 1.0,
    "bracket": 0.8,
    "slash": 0.0,
    "colon": -0.5,
    "comma": -0.5,
    "stop": -1.0,
    "with": -3.0,
    "on": -3.0,
}
"""How often a name follows each: ``by`` nearly always, ``with`` hardly ever."""
WITH_SURE_NAME = 2.0  # ``Queues with Ana Ruiz``, ``Ana Ruiz on queues``: but a full name does
SPEAKER_FIRST = -0.9  # A speaker stands last in 92 of 128 headings in the wild and first in 14
MIN_NAME_AT_STRONG, MIN_NAME_AT_WEAK, IMPOSSIBLE = -3.0, 0.3, -9.0
"""However unlike a name the title is, its other side must be like one by itself."""
TITLE_LIKE_NAME, WORD_LIKE_NAME, MAX_UNLIKE_NAME, UNLIKE_NAME = -4.0, -0.5, 3.0, 0.5
"""A title like a name speaks against the reading more than one unlike a name speaks for it."""
WRONG_SEPARATOR = 2.5
"""Where a dash parts title and speaker, a comma or another dash is inside of one of them."""
LONG_DASH = 0.7  # Of a hyphen and a dash the longer is the one between title and speaker
FIRST_BEFORE = {"colon": 1.0, "comma": 2.0}
"""A speaker stands before a colon less often than before a dash, and before a comma hardly."""
OPENING_COLON = 1.5  # ``Ana Ruiz: queues – and more`` has its speaker before the first colon
SAYING = 6.0  # ``“A long sentence in quotes” – Ana Ruiz`` is what she said somewhere
JOB_AS_TITLE = 2.5  # ``Ana Ruiz – Staff Engineer`` has no title

NICKNAME = -1.0  # ``by 小飛機``: a short word after ``by`` is a name, though it is like none

# A heading that is only a name.

NAME_ALONE = 1.0  # A heading is a title more often than a name
SMALL_LETTERS = 1.5  # In small letters nothing shows a name
KIND_BEFORE_NAME = 1.5  # ``Keynote: Ana Ruiz``
NAME_IN_KEYNOTES = 1.0  # Keynotes are called by their speakers
NAME_AND_JOB = 3.0  # ``Ana Ruiz – Staff Engineer``
PLACE = 3.0  # ``St Louis, MO``
NO_COMPANY = 2.0  # ``Ana Ruiz, how queues fill`` has a title after the comma
NAME_AND_COMPANY = 0.9
COMPANY = {"known": 1.5, "one": -0.5, "more": -2.5, "keynotes": 3.5, "label": 2.5}
"""What follows a name is a company if it is known as one, or the name stands for a keynote."""

# A marked heading.

MAX_EVIDENCE, NAMED = 4.0, 0.5  # A speaker makes a talk; more than sure is sure
UNNAMED_AMONG_NAMED, SOME_NAMED = 2.0, 0.3
"""Where a share of the siblings is named, an unnamed heading may be a talk as well."""
MATERIALS, KIND = 2.0, 1.0  # Slides or a recording below, the kind of a talk: ``Awards``
KIND_LABEL = 1.5  # ``Talk 3: Queues`` and ``Workshop – Queues`` say outright what they are
SAME_LABEL = 4.0  # ``Talk: Queues`` where others of the level begin so, too
SEVERAL_WORDS = 0.3  # Titles have three words or more
PART, GROUP, MISSED = 4.0, 4.0, 8.0
"""Words over a part of a talk, over several talks, or of a talk that was missed."""
ABOUT_EVENT = 3.0  # ``KettleConf Graz``: a heading over what is about an event
COLON = 1.0  # What ends in a colon introduces what follows
BOLD = 1.5  # Bold lines are text more often than headings are
FULL_BELOW_TALK = 3.0  # Under a talk only a heading with a speaker of its own starts another

# The tree of marked headings.

OF_EVENT, OF_SOME, OF_TALK = 0.5, 0.0, -1.0
"""In a file of an event a heading is a talk; in one that is named for a talk it is a section."""
FIRST_HEADING = 1.5  # The first heading of a file is its title
BELOW_GROUP, BELOW_OTHER = 0.5, -0.5  # Below a day or ``Talks`` headings are talks
GROUPING, NOT_GROUPING, NAMED_GROUP, ALL_NAMED = 1.5, -1.5, 3.0, 1.5
"""A heading groups if its words say so, hardly if it names a speaker, and where all below do."""

# A line without marks, by itself.

PLAIN = -1.5  # Most lines are text
SURELY_NAMED, NONE_NAMED = 1.0, 1.0  # A sure speaker, or none anywhere
UNNAMED_PLAIN = 1.5  # Where others are named, a line without a name is text
BULLETS, NO_BULLETS, FIRST_WITH_BULLETS = 1.0, 0.5, 2.5  # Notes are bullets below their heading
BYLINE, MAX_BYLINE = 6.0, 3
"""A name in the first lines of a post is its author's where other talks name nobody like that."""
WIDELY_PARTED = 1.5  # A wide gap parts talks
PLAIN_KIND = 2.5  # ``Lightning talks``, ``… Open Space``
OPEN_END, SENTENCE_END, SMALL_START = 3.0, 2.0, 1.5  # Titles begin big and are no sentences
LONG, VERY_LONG = 2.0, 2.0  # More than 14, and more than 25 words
UNDER_TALK, UNDER_MARKED = 6.0, 1.0
"""Under marked headings, and more so under a marked talk, a line without marks must be sure."""
