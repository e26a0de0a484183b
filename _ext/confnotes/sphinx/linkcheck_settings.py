"""Settings of the link check: those of Sphinx's builder, and additional ones."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util import logging

from confnotes.linkcheck.archive import WAYBACK
from confnotes.linkcheck.ledger import is_checkable
from confnotes.linkcheck.options import CheckOptions, FetchOptions, Patterns

logger = logging.getLogger(__name__)

OPTIONS: dict[str, int | bool | str] = {
    "gap": 1,
    "budget": 600,
    "archive": WAYBACK,
    "save_copies": False,
    "refresh": False,
    "offline": False,
    "only": "",
    "allow_private": False,
}
"""Settings and their defaults, without their prefix ``confnotes_linkcheck_``; times in seconds."""

MAX_SECONDS = 1_000_000


_REPLACED = {
    "linkcheck_retries": "a URL is dead after failures on three days",
    "linkcheck_report_timeouts_as_broken": "a timeout is “blocked” and does not fail the check",
}
"""Settings of Sphinx's builder that have no effect, and why."""


def add_settings(app: Sphinx) -> None:
    for name, default in OPTIONS.items():
        kinds = {type(default), float} if type(default) is int else type(default)
        app.add_config_value(f"confnotes_linkcheck_{name}", default, "", kinds)


def warn_of_replaced(config: Config) -> None:
    """Log one warning that names all settings without an effect."""
    replaced = [f"{name} ({why})" for name, why in _REPLACED.items() if _is_set(config, name)]
    if any(_basic_auth(auth) is None for _, auth in config.linkcheck_auth):
        replaced.append("linkcheck_auth other than (user, password) (no credentials are sent)")
    if replaced:
        logger.warning(
            "no effect with the link check of confnotes: %s",
            "; ".join(replaced),
            type="confnotes",
            subtype="linkcheck",
        )


def read_check_options(config: Config, today: date) -> CheckOptions:
    """Return the options of a run. Raises :class:`ConfigError`."""
    if config.confnotes_linkcheck_only:
        compile_pattern("confnotes_linkcheck_only", config.confnotes_linkcheck_only)
    return CheckOptions(
        today=today,
        fetch=_fetch_options(config),
        budget=_seconds(config, "confnotes_linkcheck_budget"),
        archive=archive_setting(config),
        save_copies=config.confnotes_linkcheck_save_copies,
        check_anchors=config.linkcheck_anchors,
        ignored_anchors=pattern_setting(config, "linkcheck_anchors_ignore"),
        ignored_anchor_pages=pattern_setting(config, "linkcheck_anchors_ignore_for_url"),
        refresh=config.confnotes_linkcheck_refresh,
        offline=config.confnotes_linkcheck_offline,
        only=config.confnotes_linkcheck_only,
    )


def _fetch_options(config: Config) -> FetchOptions:
    workers, wait = "linkcheck_workers", "linkcheck_rate_limit_timeout"
    default = FetchOptions()
    return FetchOptions(
        timeout=config.linkcheck_timeout or default.timeout,
        min_delay=_seconds(config, "confnotes_linkcheck_gap"),
        agent=config.user_agent or default.agent,
        allow_private=config.confnotes_linkcheck_allow_private,
        connections=max(1, config[workers]) if _is_set(config, workers) else default.connections,
        max_wait=config[wait] if _is_set(config, wait) else default.max_wait,
        headers=config.linkcheck_request_headers,
        auth=tuple(_auth(config.linkcheck_auth)),
        tls=_tls(config),
        ignore=pattern_setting(config, "linkcheck_ignore"),
        allowed_redirects=_allowed_redirects(config),
    )


def archive_setting(config: Config) -> str:
    """Return the URL of the archive. Raises :class:`ConfigError`."""
    url: object = config.confnotes_linkcheck_archive
    if not isinstance(url, str) or not is_checkable(url):
        raise ConfigError(f"confnotes_linkcheck_archive: {url!r} is not the URL of an archive")
    return url


def _seconds(config: Config, name: str) -> float:
    value: object = config[name]
    if not isinstance(value, int | float) or not 0 <= value <= MAX_SECONDS:
        raise ConfigError(f"{name}: {value!r} is not a number of seconds from 0 to {MAX_SECONDS}")
    return value


def pattern_setting(config: Config, name: str) -> Patterns:
    """Return the regular expressions of a setting. Raises :class:`ConfigError`."""
    return tuple(compile_pattern(name, text) for text in config[name])


def compile_pattern(name: str, text: str) -> re.Pattern[str]:
    """Return a regular expression of the setting ``name``. Raises :class:`ConfigError`."""
    try:
        return re.compile(text)
    except (re.error, TypeError) as error:
        raise ConfigError(f"{name}: {text!r} is not a regular expression: {error}") from None


def _auth(pairs: Iterable[tuple[str, Any]]) -> Iterator[tuple[re.Pattern[str], str, str]]:
    for text, auth in pairs:
        if pair := _basic_auth(auth):
            yield compile_pattern("linkcheck_auth", text), *pair


def _basic_auth(auth: Any) -> tuple[str, str] | None:
    """Return user and password, given as a pair or as ``HTTPBasicAuth`` of requests."""
    match auth:
        case (str(user), str(password)):
            return user, password
    if type(auth).__name__ == "HTTPBasicAuth":
        return str(auth.username), str(auth.password)
    return None


def _tls(config: Config) -> Mapping[str, ssl.SSLContext]:
    """Return the contexts of ``tls_verify`` and ``tls_cacerts`` by host."""
    if not config.tls_verify:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return {"*": context}
    files: Any = config.tls_cacerts or {}
    if not isinstance(files, dict):
        files = {"*": files}
    try:
        return {host: _trusting(path) for host, path in files.items()}
    except (OSError, TypeError) as error:
        raise ConfigError(f"tls_cacerts: {files!r} cannot be read: {error}") from None


def _trusting(path: str) -> ssl.SSLContext:
    """Return a context for the certificates in the file, or in the folder, at ``path``."""
    is_folder = Path(path).is_dir()
    return ssl.create_default_context(
        cafile=None if is_folder else path, capath=path if is_folder else None
    )


def _allowed_redirects(config: Config) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the pairs, which Sphinx has compiled at ``config-inited``."""
    if not _is_set(config, "linkcheck_allowed_redirects"):
        return ()
    return tuple(config.linkcheck_allowed_redirects.items())


def _is_set(config: Config, name: str) -> bool:
    return bool(config[name] != config.values[name].default)
