"""Search that filters: one record a talk, written as a Pagefind index."""
