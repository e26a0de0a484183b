"""External links: check them, keep their state, link archived copies.

``runner`` runs a check: ``state_machine`` decides what is due and what a result means,
``fetcher`` gets the result, ``ledger`` keeps it, ``report`` reports it. ``archive`` names the
copy that replaces a dead link.
"""
