"""A language server: diagnostics, completion, hover and definitions for notes.

It uses pygls (LSP 3.17), which the extra ``confnotes[lsp]`` installs.
Only :mod:`.server` knows the protocol.
"""
