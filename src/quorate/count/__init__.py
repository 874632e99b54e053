"""Counting: ballots and a rule in, a complete count sheet out. It knows nothing of the rest.

Each rule has a name and a version; there is no default rule. All figures are exact: whole numbers
or decimals kept as whole numbers of their smallest unit, never floating point.
"""
