"""Search: a Pagefind index of talks, and an index of names."""
