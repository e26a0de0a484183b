"""A language server: what a check says while a note is typed, and names to choose from.

It speaks the Language Server Protocol 3.17 with pygls, which the extra ``confnotes[lsp]`` brings.
Only :mod:`.server` knows the protocol.
"""
