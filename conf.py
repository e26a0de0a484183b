"""Settings of this site; the extension in _ext/confnotes does the work."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Conference notes"
author = "the note-takers"
copyright = "the note-takers"
version = "1"  # EPUB asks for one; notes have none
language = "en"

extensions = ["myst_parser", "sphinx_design", "sphinx_copybutton", "confnotes"]
primary_domain = "conf"  # {speaker}`…` for {conf:speaker}`…`
nitpicky = True
smartquotes = False  # a note says what its author typed
exclude_patterns = [".*", "_*", "tests", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"]

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Conference notes"
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")  # the site's public address
html_static_path = ["_static"]
html_favicon = "_static/favicon.svg"
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b6e69", "color-brand-content": "#0b6e69"},
    "dark_css_variables": {"color-brand-primary": "#5cc8bf", "color-brand-content": "#5cc8bf"},
}
html_show_sourcelink = False
html_use_index = False

copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True

latex_engine = "xelatex"
latex_show_urls = "footnote"
epub_show_urls = "footnote"
epub_tocdepth = 5
suppress_warnings = ["epub.unknown_project_files"]  # Sphinx's own, where doctrees are in the output
