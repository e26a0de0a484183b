"""Names of the events that the extension adds."""

CATALOGUE_LOADED = "confnotes-catalogue-loaded"
"""(app, catalogue): all notes have been read, and no page is made yet."""

PAGE_INPUTS = "confnotes-page-inputs"
"""(app, env, docname): yield what the page of a document shows that is not in its doctree."""
