"""How a shell starts this program, for messages that say what to run."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

_TYPED = "`confnotes "


def with_shell_commands(text: str) -> str:
    """Return ``text`` with a command that works here in place of each ```confnotes …```."""
    return text.replace(_TYPED, f"`{_shell_command()} ") if _TYPED in text else text


def _shell_command() -> str:
    """Return the name, or the path of the script in an environment that is not activated."""
    script = Path(sys.executable).with_name("confnotes")
    if shutil.which("confnotes") or not script.is_file():
        return "confnotes"
    here = Path.cwd()
    return str(script.relative_to(here) if script.is_relative_to(here) else script)
