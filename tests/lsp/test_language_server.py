"""An editor session, driven over the protocol."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.file_trees import write_files

NOTE = "years/2031/kettle-days/monday.txt"
TEXT = "Kettle Days 2031 – Day 1\n\nQueues that never fill – Ana Ruiz\n\n• Docker, then 🫖 more\n"
FILES = {
    "conf.py": "",
    NOTE: TEXT,
    "years/2030/kettle-days/friday.txt": (
        "Kettle Days 2030 – Day 5\n\nBoiling point – Ana Ruiz\n\n• Docker is hot\n\n"
        "A lid of one’s own – Oda Lindgreen\n\n• Docker is round\n"
    ),
    "speakers/ana-ruiz.md": "# Ana Ruiz\n",
    "topics/docker.md": "---\nphrases: [docker]\n---\n\n# Docker\n",
}


class Editor:
    """A client with one project; lines and columns count from 0."""

    def __init__(self, root: Path, client: LanguageClient) -> None:
        self._root = root
        self._client = client
        self._versions: dict[str, int] = {}
        self._shown: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self._shown.put_nowait(params)

    def uri(self, path: str) -> str:
        return (self._root / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        text = (self._root / path).read_text("utf-8") if text is None else text
        item = types.TextDocumentItem(self.uri(path), "plaintext", 0, text)
        self._client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def open_uri(self, uri: str, text: str) -> None:
        item = types.TextDocumentItem(uri, "plaintext", 0, text)
        self._client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, path: str, text: str) -> None:
        """Put ``text`` in the place of all there is."""
        self._versions[path] = self._versions.get(path, 0) + 1
        named = types.VersionedTextDocumentIdentifier(self._versions[path], self.uri(path))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self._client.text_document_did_change(types.DidChangeTextDocumentParams(named, [change]))

    def close(self, path: str) -> None:
        named = types.TextDocumentIdentifier(self.uri(path))
        self._client.text_document_did_close(types.DidCloseTextDocumentParams(named))

    async def shown(self, path: str = NOTE) -> list[tuple[str, int, int, int]]:
        """Return the code, line, first and last column of what is shown next of a file."""
        while (one := await self._shown.get()).uri != self.uri(path):
            pass
        return [
            (str(d.code), d.range.start.line, d.range.start.character, d.range.end.character)
            for d in one.diagnostics
        ]

    async def completed(self, line: int, column: int) -> list[str]:
        """Return how the line would read with each of what is offered."""
        named = types.TextDocumentIdentifier(self.uri(NOTE))
        params = types.CompletionParams(named, types.Position(line, column))
        items = await self._client.text_document_completion_async(params)
        assert isinstance(items, list)
        edits = [item.text_edit for item in items]
        return [f"{edit.range.start.character}:{edit.new_text}" for edit in edits if edit]

    async def hovered(self, line: int, column: int) -> str:
        named = types.TextDocumentIdentifier(self.uri(NOTE))
        params = types.HoverParams(named, types.Position(line, column))
        hover = await self._client.text_document_hover_async(params)
        return hover.contents.value if hover and hasattr(hover.contents, "value") else ""

    async def defined(self, line: int, column: int) -> list[tuple[str, int]]:
        named = types.TextDocumentIdentifier(self.uri(NOTE))
        params = types.DefinitionParams(named, types.Position(line, column))
        found = await self._client.text_document_definition_async(params)
        assert isinstance(found, list)
        places = [one for one in found if isinstance(one, types.Location)]
        root = self._root.as_uri() + "/"
        return [(one.uri.removeprefix(root), one.range.start.line) for one in places]


@asynccontextmanager
async def editing(root: Path) -> AsyncIterator[Editor]:
    client = LanguageClient("test", "1")
    editor = Editor(root, client)
    environment = {**os.environ, "XDG_CACHE_HOME": str(root / ".cache")}
    await client.start_io(sys.executable, "-m", "confnotes", "lsp", env=environment)
    await client.initialize_async(types.InitializeParams(types.ClientCapabilities()))
    client.initialized(types.InitializedParams())
    yield editor
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


@pytest.fixture
def session(tmp_path: Path) -> Callable[[Callable[[Editor], Awaitable[None]]], None]:
    write_files(tmp_path, FILES)
    root = tmp_path.resolve()

    def run(steps: Callable[[Editor], Awaitable[None]]) -> None:
        async def all_steps() -> None:
            async with asyncio.timeout(60), editing(root) as editor:
                await steps(editor)

        asyncio.run(all_steps())

    return run


Session = Callable[[Callable[[Editor], Awaitable[None]]], None]


def test_messages_follow_what_is_typed(session: Session) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(NOTE)
        assert await editor.shown() == []
        editor.type(NOTE, TEXT.replace("• Docker", "Topics: Dokcer\n\n• Docker"))
        assert await editor.shown() == [("unknown-topic", 4, 8, 14)]
        editor.type(NOTE, TEXT)
        assert await editor.shown() == []
        editor.close(NOTE)
        assert await editor.shown() == []

    session(steps)


def test_columns_are_those_of_the_editor(session: Session) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(NOTE, TEXT.replace("• Docker", "Topics: Docker 🫖, Dokcer\n\n• Docker"))
        assert ("unknown-topic", 4, 19, 25) in await editor.shown()

    session(steps)


def test_a_problem_of_two_open_files_is_shown_in_both(session: Session) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(NOTE)
        assert await editor.shown() == []
        other = "years/2030/kettle-days/friday.txt"
        editor.open(other)
        assert await editor.shown(other) == []
        editor.type(NOTE, TEXT.replace("Ana Ruiz", "Odda Lindgreen"))
        codes = {code for code, *_ in await editor.shown() + await editor.shown(other)}
        assert "similar-name" in codes

    session(steps)


def test_names_are_offered(session: Session) -> None:
    lines = [
        "Speakers: ",
        "Speakers: Oda Lindgreen, A",
        "Topics: ",
        "Queues – A",
        "Sp",
        "some text",
    ]

    async def steps(editor: Editor) -> None:
        editor.open(NOTE, "\n".join(lines))
        await editor.shown()
        people = ["Oda Lindgreen", "Ana Ruiz"]
        assert await editor.completed(0, 10) == [f"10:{name}" for name in people]
        assert await editor.completed(1, 26) == [f"25:{name}" for name in people]
        assert await editor.completed(2, 8) == ["8:Docker"]
        assert await editor.completed(3, 10) == [f"9:{name}" for name in people]
        offered = await editor.completed(4, 2)
        assert {f"0:{name}: " for name in ("Speakers", "Material", "Also at")} <= {*offered}
        assert await editor.completed(5, 9) == []

    session(steps)


def test_what_was_understood_is_said(session: Session) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(NOTE)
        await editor.shown()
        talk = await editor.hovered(4, 18)
        assert "Queues that never fill" in talk
        assert "speaker  Ana Ruiz" in talk
        assert "topic    Docker" in talk
        person = await editor.hovered(2, 27)
        assert person.splitlines() == [
            "Ana Ruiz: 2 talks",
            "  Queues that never fill – Kettle Days 2031",
            "  Boiling point – Kettle Days 2030",
        ]
        assert (await editor.hovered(4, 4)).startswith("Docker: 3 talks")
        assert await editor.hovered(0, 3) == ""

    session(steps)


def test_a_name_leads_to_its_page(session: Session) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(NOTE, TEXT.replace("Ana Ruiz", "Ana Ruiz, Oda Lindgreen"))
        await editor.shown()
        assert await editor.defined(2, 27) == [("speakers/ana-ruiz.md", 0)]
        assert await editor.defined(4, 4) == [("topics/docker.md", 0)]
        elsewhere = ("years/2030/kettle-days/friday.txt", 6)
        assert await editor.defined(2, 37) == [elsewhere, (NOTE, 2)]
        assert await editor.defined(1, 0) == []

    session(steps)


def test_talks_of_namesakes_are_told_apart(session: Session, tmp_path: Path) -> None:
    (tmp_path / "speakers/ana-ruiz-cook.md").write_text("# Ana Ruiz\n", "utf-8")
    other = tmp_path / "years/2030/kettle-days/friday.txt"
    text = other.read_text("utf-8").replace("Ana Ruiz", "Ana Ruiz [ana-ruiz-cook]")
    other.write_text(text, "utf-8")

    async def steps(editor: Editor) -> None:
        editor.open(NOTE)
        await editor.shown()
        assert (await editor.hovered(2, 27)).splitlines() == [
            "Ana Ruiz: 1 talk",
            "  Queues that never fill – Kettle Days 2031",
        ]

    session(steps)


def test_a_file_of_no_project_is_left_alone(session: Session, tmp_path: Path) -> None:
    (tmp_path / "conf.py").unlink()

    async def steps(editor: Editor) -> None:
        editor.open(NOTE)
        assert await editor.hovered(2, 27) == ""
        assert await editor.completed(2, 3) == []

    session(steps)


@pytest.mark.parametrize("uri", ["git:{}", "untitled:a", "file:///a%00b", ""])
def test_a_text_that_is_not_the_file_is_no_note(session: Session, tmp_path: Path, uri: str) -> None:
    """An editor also shows revisions of a file, and new ones; the other files are still checked."""

    async def steps(editor: Editor) -> None:
        editor.open(NOTE, TEXT)
        await editor.shown()
        editor.open_uri(uri.format(tmp_path / NOTE), "Kettle Days 2029\n\nOld title – Ana Ruiz\n")
        editor.type(NOTE, TEXT + "• more\n")
        assert await editor.shown() == []
        assert "Queues that never fill" in await editor.hovered(4, 18)

    session(steps)


def test_the_end_of_a_session_is_no_error() -> None:
    messages = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages]
    sent = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    command = [sys.executable, "-m", "confnotes", "lsp"]
    done = subprocess.run(command, input=sent, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
