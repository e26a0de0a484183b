"""``python -m confnotes``, and the script ``confnotes``."""

from __future__ import annotations

import sys


def run() -> int:
    """Run the command line; Ctrl-C ends it even while it starts."""
    try:
        from confnotes.cli import main

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
