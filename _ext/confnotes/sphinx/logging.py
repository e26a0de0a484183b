"""Log problems of notes through Sphinx, each once, at its line in the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx.util import logging

from confnotes.documented_enum import Severity
from confnotes.model import Problem
from confnotes.shell_command import with_shell_commands

logger = logging.getLogger(__name__)


def log_problems(problems: Iterable[Problem], root: Path) -> None:
    """Log each error; ``suppress_warnings = ["confnotes.<code>"]`` suppresses a code.

    Warnings do not fail a build: they are counted, and ``confnotes check`` prints them.
    """
    unclear = 0
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            unclear += problem.severity is Severity.WARNING
            continue
        logger.error(
            "%s",
            with_shell_commands(problem.text),
            location=f"{root / problem.path}:{problem.line}",
            type="confnotes",
            subtype=problem.code,
        )
    if unclear:
        logger.info(with_shell_commands("notes: %d unclear lines; run `confnotes check`"), unclear)


def log_unwritten(failed: Mapping[str, str]) -> None:
    """Log an error for each file of the output that could not be written, with the reason."""
    for path, reason in failed.items():
        logger.error("%s cannot be written: %s", path, reason, type="confnotes", subtype="output")


def log_excluded(paths: Iterable[str]) -> None:
    """Log each file and folder that the settings exclude; it is no error."""
    for path in paths:
        logger.info("%s is on no page: a setting in conf.py, or Sphinx itself, leaves it out", path)
