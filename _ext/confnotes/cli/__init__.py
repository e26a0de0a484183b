"""The command ``confnotes``: one module per subcommand, imported when it is asked for.

A module has a click ``command``; its docstring is what ``--help`` prints.
"""

from __future__ import annotations

import gc
import io
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from confnotes import __version__

COMMANDS = {
    "show": ("show", "print what was understood of a note"),
    "check": ("check", "report what is unclear or wrong in the notes"),
    "new": ("new", "start a note, with its event, day and session filled in"),
    "mv": ("mv", "move a note, event, topic or speaker, and redirect its old address"),
    "import": ("import_", "import notes and programmes: a text, a folder, an export, a saved page"),
    "people": ("people", "list names that may be one person, or several; merge or split them"),
    "programme": ("programme", "list where notes and programmes differ"),
    "export": ("export", "write all that is known as CSV files and an SQLite database"),
    "lsp": ("lsp", "serve an editor: messages, completion, hover"),
    "links": ("links", "check external links; list, explain, waive and archive them"),
}
"""The module and the purpose of each command."""
_GC_THRESHOLDS = (50_000, 100, 100)
"""A catalogue is a million objects that live to the end; collecting them doubles its time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for name, mode in {"stdin": "r", "stdout": "w", "stderr": "w"}.items():
        if getattr(sys, name) is None:  # closed, as by ``>&-``
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    thresholds = gc.get_threshold()
    gc.set_threshold(*_GC_THRESHOLDS)
    try:
        has_colours = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        colours = None if has_colours else False  # None: on a terminal
        status = cli.main(arguments, "confnotes", standalone_mode=False, color=colours)
        if not sys.stdout.closed:  # as the language server leaves it
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return error.exit_code
    except click.ClickException as error:
        from confnotes.invisible_characters import escape_invisible

        usage = error.ctx.get_usage() if isinstance(error, click.UsageError) and error.ctx else ""
        message = "\n".join(map(escape_invisible, error.format_message().split("\n")))
        print(f"{usage}\nconfnotes: {message}".lstrip(), file=sys.stderr)
        return error.exit_code
    except click.Abort:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone, as in `confnotes show FILE | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        from confnotes.cli.output import CommandError, error_text

        print(f"confnotes: {error_text(error)}", file=sys.stderr)
        return CommandError.exit_code
    finally:
        gc.set_threshold(*thresholds)
    return status or 0


class _Commands(click.Group):
    """The subcommands, each imported when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        if cmd_name not in COMMANDS:
            raise click.exceptions.NoSuchCommand(cmd_name, possibilities=COMMANDS, ctx=ctx)
        module = import_module(f"confnotes.cli.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        command.name = cmd_name
        command.help = _as_typed((module.__doc__ or "").partition(": ")[2])
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, purpose) in COMMANDS.items()])


def _as_typed(text: str) -> str:
    """Return a help text whose lines click does not wrap."""
    return re.sub(r"(\A|\n\n)", "\\1\b\n", text[:1].upper() + text[1:])


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_as_typed("""\
Examples:
  confnotes show years/2015/linux-conf-au/day-4-keynotes.txt
  confnotes check
  confnotes new --title "Queues that never fill" --speaker "Ana Ruiz"
  confnotes import --dry-run old-blog.xml
  confnotes links list --state dead

confnotes COMMAND --help tells more of each."""),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Turn conference notes, as typed, into a site."""
