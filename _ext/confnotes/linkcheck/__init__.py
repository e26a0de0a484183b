"""Links to the world outside: where they stand in text, what became of them, where they lead now.

``addresses`` finds them; ``ledger`` is the file that remembers them; ``policy`` decides
what an answer means; ``fetch``, ``robots``, ``schedule`` and ``check`` ask; ``archive``
names the copy that stands in for a dead page; ``report`` says it to people and machines.
"""
