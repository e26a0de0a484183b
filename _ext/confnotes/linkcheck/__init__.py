"""External links: find URLs in text, check them, keep their state, link archived copies.

``url_finder`` finds URLs in text. ``runner`` runs a check: ``policy`` decides what is due and what
a result means, ``fetcher`` gets the result, ``ledger`` keeps it, ``report`` reports it.
``archive`` names the copy that replaces a dead link.
"""
