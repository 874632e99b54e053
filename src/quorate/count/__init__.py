"""Counting votes: papers and a named rule in, a complete count sheet out.

A library of its own: it knows nothing of members, conventions or the record, takes no clock and
makes no random numbers. Figures are exact (integers, fractions, decimals; never floats).

- ``papers``: ballot papers and elections; ``blt``: reading and writing them as .blt files;
  ``files``: PrefLib, ABIF and CSV files too, and which of them a file is.
- ``bundles``: the same in columns, for many papers; ``blt_bundles``: files read straight into them.
- ``rules``: every rule by name and version, and ``count``. There is no default rule.
- ``scottish``, ``ers97``, ``meek``, ``irv``: transferable votes; ``schulze``, ``ranked_pairs``,
  ``debian``: comparing in pairs; ``plurality``, ``approval``, ``limited``, ``cumulative``,
  ``slate``, ``yes_no``: crosses; ``lists``: seats for lists. Each rule returns a ``sheet.Sheet``.
- ``unvoted``: nobody is elected where no paper is valid, by whatever rule.
- ``reserved``: places reserved for a group, by a written clause.
- ``question``: yes, no, abstain, with the majority as an exact fraction of a stated whole.
- ``apportionment``: seats shared out between branches or lists.
- ``lot``: lots drawn from a seed, so that anyone can draw them again with sha256sum.
- ``sheet``: the count sheet and its JSON; ``why``: why somebody was not elected; ``picture``: SVG;
  ``table``, ``csv_sheet``, ``report``, ``page``: the sheet as table, CSV, in sentences, as HTML;
  ``figures``: whether it counts votes, points or pairwise wins.
"""
