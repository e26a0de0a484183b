"""Commands understand ``exclude_patterns`` as Sphinx does."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from confnotes.catalogue.exclusions import excluded_by_conf
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sphinx.util.matching import Matcher


@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")
@settings(deadline=None)
@given(
    st.lists(st.text("ab/*?[]!^-.", max_size=8), max_size=3),
    st.from_regex(r"[ab.^-]{1,3}(/[ab.^-]{1,3}){0,2}", fullmatch=True),
)
@example(["[a-b]/**", "[!b]"], "b/a")
@example(["**/a*"], "ab")
@example(["[b-a]"], "a")
def test_a_path_is_excluded_as_sphinx_excludes_it(patterns: list[str], path: str) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "conf.py").write_text(f"exclude_patterns = {patterns!r}\n")
        found = excluded_by_conf(Path(folder))(path)
    try:
        assert found == Matcher(patterns)(path)
    except re.error:
        assert found in {True, False}
