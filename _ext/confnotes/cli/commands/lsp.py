"""``confnotes lsp``: serve an editor over the Language Server Protocol.

The editor starts it and talks to it by standard input and output. While you type it shows what
`confnotes check` would say, and offers fields, speakers, topics and events; resting on a
line shows what was understood of it, and “go to definition” opens the page of a person or topic.

It needs pygls: pip install 'confnotes[lsp]'. The guide has the lines for your editor.

examples:
  confnotes lsp

exit status:
  0  the editor has gone
  2  pygls is missing
"""

from __future__ import annotations

import click

from confnotes.cli.output import CommandError


@click.command
def command() -> int:
    try:
        from confnotes.cli.language_server.server import make_server
    except ModuleNotFoundError as error:
        raise CommandError(f"there is no {error.name}; pip install 'confnotes[lsp]'") from None
    make_server().start_io()
    return 0
