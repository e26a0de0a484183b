"""Words for what people do and whom they do it for."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from confnotes.names import normalize
from confnotes.notes.languages.patterns import phrase_pattern, phrase_set

_ROLE = re.compile(
    r"\b(?:engineers?|developers?|dev|programmer|manager|director|ceo|cto|cio|ciso|coo|cpo|vp|"
    r"svp|evp|"
    r"(?-i:C[A-Z]O)|president|chair|founders?|co-?founders?|architect|lead|leader|head of|"
    r"professor|researcher|"
    r"scientist|consultant|evangelist|advocates?|author|maintainer|designer|student|students|"
    r"fellow|"
    r"principal|senior|junior|staff|intern|analyst|officer|specialist|hacker|contributor|writer|"
    r"journalist|lawyer|attorney|coach|trainer|devrel|sre|sysadmin|administrator|editor|"
    r"creator|core team|owner|partner|strategist|technologist|product|marketing|chief)\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"^(?:(?:(?-i:[^\W\da-z_])[\w/&.-]*|of|and|&|sr\.?|s/w|software)\s+){0,4}"
    r"(?:engineer|eng|developer|dev|programmer|manager|director|[cv][etpios]o|president|founder|"
    r"co-?founder|architect|arch|lead|leader|professor|researcher|scientist|consultant|evangelist|"
    r"advocate|author|maintainer|designer|analyst|specialist|hacker|sre|sysadmin|chief|head|mgr)"
    r"(?:$|,| at | @ | of | - | – )",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:inc|ltd|llc|llp|gmbh|corp|corporation|university|universit\w+|college|institute|labs|"
    r"laborator\w+|foundation|google|facebook|meta|microsoft|amazon|aws|apple|netflix|twitter|"
    r"github|"
    r"gitlab|ibm|intel|oracle|red ?hat|suse|canonical|mozilla|linkedin|spotify|etsy|shopify|heroku|"
    r"vmware|cisco|dell|hp|hpe|samsung|sony|nvidia|amd|uber|airbnb|stripe|paypal|ebay|yahoo|adobe|"
    r"rackspace|digitalocean|cloudflare|mirantis|hashicorp|datadog|atlassian|thoughtworks|pivotal|"
    r"salesforce|slack|dropbox|fastly|bloomberg|bbc|nasa|cern|mit)\b|\.(?:com|org|net|io|ai|dev)\b",
    re.IGNORECASE,
)
_GENERIC_ORGANISATION = re.compile(
    r"\b(?:company|lab|group|technologies|technology|software|systems|solutions|bank|project|team|"
    r"community|council|association|agency|ministry|department|dept|government|school|academy|"
    r"center|"
    r"centre|studios?|media|networks?|security|cloud|consulting|ventures|docker|elastic|"
    r"confluent|arm)\b",
    re.IGNORECASE,
)


_AFTER_ROLE = re.compile(r",|\s[@–-]\s")


@lru_cache(maxsize=4096)
def is_affiliation(text: str) -> bool:
    """Return True if ``text`` holds a word that only companies and institutions have."""
    return bool(_ORGANISATION.search(text) or _words("people.organisations").search(text))


def may_be_affiliation(text: str) -> bool:
    """Return True if ``text`` holds a word that companies, institutions and titles have."""
    return is_affiliation(text) or bool(_GENERIC_ORGANISATION.search(text))


def may_be_company(text: str) -> bool:
    """Return True if ``text`` has the shape of a company's name: ``City of Brookhaven``."""
    words = [word for word in text.split() if word not in {"of", "and", "the", "for", "de"}]
    return 1 <= len(words) <= 4 and not any(w[0].islower() for w in words) and text[-1] not in "?!"


@lru_cache(maxsize=4096)
def has_role(text: str) -> bool:
    """Return True if ``text`` holds a word for what people do: ``engineer``, ``Leiterin``."""
    return bool(_ROLE.search(text) or _words("people.roles").search(text))


def is_job_title(text: str) -> bool:
    """Return True if ``text`` is what a person does, ``Chief Architect, Acme``, and no title."""
    if len(text.split()) > 7:
        return False
    words = normalize(_AFTER_ROLE.split(text, maxsplit=1)[0]).split()
    is_role = len(words) < 5 and words[-1:] and words[-1] in phrase_set("people.roles")
    return bool(_JOB.match(text) or is_role)


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(phrase_pattern(key), re.IGNORECASE)
