"""The server: requests of an editor and their results."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from confnotes import __version__, lint
from confnotes.catalogue import Catalogue, load_catalogue
from confnotes.catalogue.cache import cache_file
from confnotes.cli.language_server.completion import completions
from confnotes.cli.language_server.hover_and_definition import explain, find_definitions
from confnotes.cli.project import find_project_root
from confnotes.documented_enum import Severity
from confnotes.model import Problem

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

_DELAY = 0.3
"""Seconds without a key before a check begins."""
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


@dataclass(frozen=True, kw_only=True)
class CursorPosition:
    """A place in a document of a project that was checked; ``column`` counts from 0."""

    catalogue: Catalogue
    document: TextDocument
    path: str
    line: str
    column: int


class NotesServer(LanguageServer):
    """Checks the open files of projects, one project at a time."""

    def __init__(self) -> None:
        super().__init__("confnotes", __version__)
        self._catalogues: dict[Path, Catalogue] = {}
        """The catalogue of the last check of each project, by its root."""
        self._checks = ThreadPoolExecutor(max_workers=1)

    def place_of(self, document: TextDocument) -> tuple[Path, str] | None:
        """Return the root of the project that has ``document``, and its path below that."""
        is_file = document.uri.startswith("file:")  # no old revision, which editors show, too
        if not is_file or "\0" in document.path:
            return None
        path = Path(document.path).resolve()
        root = find_project_root(path)
        return (root, path.relative_to(root).as_posix()) if root else None

    def locate(self, uri: str, position: types.Position) -> CursorPosition | None:
        """Return the place of a request, None before the first check."""
        document = self.workspace.get_text_document(uri)
        found = self.place_of(document)
        if found is None or found[0] not in self._catalogues:
            return None
        lines = document.lines
        here = document.position_codec.position_from_client_units(lines, position)
        line = lines[here.line] if here.line < len(lines) else ""
        return CursorPosition(
            catalogue=self._catalogues[found[0]],
            document=document,
            path=found[1],
            line=line,
            column=here.character,
        )

    async def check(self, uri: str) -> None:
        """Check the project of a document, unless it is changed again at once."""
        document = self.workspace.get_text_document(uri)
        version = document.version
        await asyncio.sleep(_DELAY)
        found = self.place_of(document)
        if found is None or document.version != version:
            return
        root, _ = found
        documents = {
            path: one
            for one in self.workspace.text_documents.values()
            for its, path in filter(None, [self.place_of(one)])
            if its == root
        }
        texts = {path: one.source for path, one in documents.items()}
        loop = asyncio.get_running_loop()
        problems = await loop.run_in_executor(self._checks, self._find_problems, root, texts)
        for path, one in documents.items():
            if one.source == texts[path]:
                shown = [to_diagnostic(problem, one) for problem in problems[path]]
                self.text_document_publish_diagnostics(
                    types.PublishDiagnosticsParams(one.uri, shown, one.version)
                )

    def _find_problems(self, root: Path, texts: Mapping[str, str]) -> dict[str, list[Problem]]:
        """Return the problems of the open files; ``texts`` and the result are by path."""
        unsaved = {path: text.encode("utf-8", "surrogatepass") for path, text in texts.items()}
        catalogue = load_catalogue(
            root,
            cache=cache_file(root),
            by_stat=True,
            is_wanted=unsaved.__contains__,
            unsaved=unsaved,
            jobs=1,  # a process must not be forked beside other threads
        )
        self._catalogues[root] = catalogue
        problems = lint.find_problems(catalogue)
        return {path: [one for one in problems if one.path == path] for path in texts}


def to_diagnostic(problem: Problem, document: TextDocument) -> types.Diagnostic:
    """Return a problem in ``document``, from its column to the end of its line."""
    lines = document.lines
    number = min(problem.line, max(len(lines), 1)) - 1
    text = lines[number].rstrip("\r\n") if lines else ""
    start = document.position_codec.client_num_units(text[: problem.column - 1])
    end = document.position_codec.client_num_units(text.rstrip())
    return types.Diagnostic(
        range=types.Range(types.Position(number, start), types.Position(number, max(start, end))),
        message=problem.text,
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        source="confnotes",
    )


def make_server() -> NotesServer:
    server = NotesServer()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def check(
        params: types.DidOpenTextDocumentParams
        | types.DidChangeTextDocumentParams
        | types.DidSaveTextDocumentParams,
    ) -> None:
        await server.check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def forget(params: types.DidCloseTextDocumentParams) -> None:
        server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(params.text_document.uri, [])
        )

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[":", ",", "–"])
    )
    def complete(params: types.CompletionParams) -> list[types.CompletionItem]:
        cursor = server.locate(params.text_document.uri, params.position)
        if cursor is None:
            return []
        column, texts = completions(cursor.line[: cursor.column], cursor.catalogue)
        start = cursor.document.position_codec.client_num_units(cursor.line[:column])
        replaced = types.Range(types.Position(params.position.line, start), params.position)
        return [
            types.CompletionItem(text, text_edit=types.TextEdit(replaced, text)) for text in texts
        ]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        cursor = server.locate(params.text_document.uri, params.position)
        if cursor is None:
            return None
        number = params.position.line + 1
        text = explain(cursor.catalogue, cursor.path, cursor.line, number, cursor.column)
        return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, text)) if text else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        cursor = server.locate(params.text_document.uri, params.position)
        if cursor is None:
            return []
        return [
            types.Location(
                (cursor.catalogue.root / path).as_uri(),
                types.Range(types.Position(line - 1, 0), types.Position(line - 1, 0)),
            )
            for path, line in find_definitions(cursor.catalogue, cursor.line, cursor.column)
        ]

    return server
