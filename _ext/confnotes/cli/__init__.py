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

import click

from confnotes import __version__

COMMANDS = {
    "show": ("show", "print what was understood of a note"),
    "check": ("check", "report what is unclear or wrong in the notes"),
    "new": ("new", "start a note, with its event, day and session filled in"),
    "mv": ("mv", "move a note, topic or speaker, and let its old address lead on"),
    "import": ("import_", "bring notes in: a dump of posts, a folder, an export, a page"),
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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    thresholds = gc.get_threshold()
    gc.set_threshold(*_GC_THRESHOLDS)
    try:
        status = cli.main(arguments, "confnotes", standalone_mode=False)
        if not sys.stdout.closed:  # as the language server leaves it
            sys.stdout.flush()
    except click.ClickException as error:
        print(_message(error), file=sys.stderr)
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


def _message(error: click.ClickException) -> str:
    from confnotes.suggest import did_you_mean

    match error:
        case click.exceptions.NoArgsIsHelpError():
            return error.format_message()
        case click.NoSuchOption(option_name=name, ctx=click.Context() as context):
            options = [option for one in context.command.get_params(context) for option in one.opts]
            hint = did_you_mean(name, options) or f"see {context.command_path} --help"
            return f"confnotes: {context.command_path} takes no ‘{name}’; {hint}"
        case click.exceptions.NoSuchCommand(
            command_name=name, ctx=click.Context(command=click.Group() as group) as context
        ):
            commands = group.list_commands(context)
            hint = did_you_mean(name, commands) or f"there are {', '.join(commands)}"
            return f"confnotes: there is no command ‘{name}’; {hint}"
        case click.UsageError(ctx=click.Context() as context):
            return f"{context.get_usage()}\nconfnotes: {error.format_message()}"
    return f"confnotes: {error.format_message()}"


class _Commands(click.Group):
    """The subcommands, each imported when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
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
