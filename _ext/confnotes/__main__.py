"""``python -m confnotes``."""

import sys

from confnotes.cli import main

sys.exit(main())
