"""Counting votes: papers and a named rule in, a complete count sheet out.

A library of its own: it knows nothing of members, conventions or the record, takes no clock and
makes no random numbers. Figures are exact (integers, fractions, decimals; never floats).

- ``papers``: ballot papers and elections; ``blt``: reading and writing them as .blt files.
- ``bundles``: the same in columns, for many papers; ``blt_bundles``: files read straight into them.
- ``rules``: every rule by name and version, and ``count``. There is no default rule.
- ``scottish``, ``meek``, ``irv``, ``plurality``, ``slate``: the rules themselves, each returning a
  ``sheet.Sheet``.
- ``question``: yes, no, abstain, with the majority as an exact fraction of a stated whole.
- ``apportionment``: seats shared out between branches or lists.
- ``lot``: lots drawn from a seed, so that anyone can draw them again with sha256sum.
- ``sheet``: the count sheet and its JSON; ``why``: why somebody was not elected; ``picture``: SVG.
"""
