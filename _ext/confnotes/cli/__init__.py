"""The command ``confnotes``: one module per subcommand.

A module has ``configure(parser)`` and ``run(arguments) -> exit status``; its docstring is
what ``--help`` tells. Only the module that is asked for is imported.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from confnotes import __version__
from confnotes.suggest import did_you_mean

COMMANDS = {
    "show": ("show", "print what was understood of a note"),
    "check": ("check", "say what is unclear or wrong in the notes"),
    "new": ("new", "start a note, with its event, day and session filled in"),
    "import": (
        "importing",
        "bring notes in: a dump of posts, a folder, an export, a page",
    ),
    "links": ("links", "check external links; list, explain, waive and archive them"),
}
"""The module and the purpose of each command."""
_GC_THRESHOLDS = (50_000, 100, 100)
"""A catalogue is a million objects that live to the end; searching them doubles its time."""

_EPILOG = """\
examples:
  confnotes show years/2015/linux-conf-au/day-4-keynotes.txt
  confnotes check
  confnotes new --title "Queues that never fill" --speaker "Ana Ruiz"
  confnotes import --dry-run old-blog.xml
  confnotes links list --state dead

confnotes COMMAND --help tells more of each.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    typed = sys.argv[1:] if argv is None else argv
    name = next((word for word in typed if not word.startswith("-")), "")
    made = parser(name)
    if not typed:
        made.print_help(sys.stderr)
        return 2
    if name and name not in COMMANDS:
        hint = did_you_mean(name, COMMANDS) or f"there are {', '.join(COMMANDS)}"
        made.error(f"there is no command ‘{name}’; {hint}")
    arguments, unknown = made.parse_known_args(typed)
    if unknown:
        hint = did_you_mean(unknown[0], _options(made, name)) or f"see confnotes {name} --help"
        made.error(f"confnotes {name} takes no ‘{unknown[0]}’; {hint}")
    thresholds = gc.get_threshold()
    gc.set_threshold(*_GC_THRESHOLDS)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone, as in `confnotes show FILE | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        gc.set_threshold(*thresholds)
    return status


def _options(made: argparse.ArgumentParser, name: str) -> list[str]:
    subparsers = (one for one in made._actions if isinstance(one, argparse._SubParsersAction))
    return [option for one in subparsers for option in one.choices[name]._option_string_actions]


def parser(wanted: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line; only the command ``wanted`` has its options."""
    made = argparse.ArgumentParser(
        prog="confnotes",
        description="Conference notes, as typed, into a site.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"confnotes {__version__}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (module_name, purpose) in COMMANDS.items():
        command = commands.add_parser(
            name, help=purpose, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == wanted:
            module = import_module(f"confnotes.cli.{module_name}")
            told = (module.__doc__ or "").partition(": ")[2]
            command.description = told[:1].upper() + told[1:]
            module.configure(command)
            command.set_defaults(run=module.run)
    return made
