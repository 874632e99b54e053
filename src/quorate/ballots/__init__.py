"""Secret ballots in the Belenios format, protocol version 1; knows nothing of the rest.

Each module follows a section of the Belenios specification, version 3.3 (doc/specification.tex of
the Belenios sources), and names it. docs/development/ballots.md is the map.
"""
