"""Files of ballots, in the formats that others write, and back.

- ``reading``: what format a file has, and what it holds. ``writing``: an election as a file.
- ``preflib`` (.soc, .soi, .toc, .toi), ``abif`` and ``tables`` (CSV: grids and cast-vote records);
  .blt files are read by ``quorate.count.blt``.
- ``cells``: the cells of a CSV file; ``heads``: what its columns are, and of which race;
  ``answers``: several names in a cell; ``rank_words``: "2nd choice" is 2; ``cell_words``:
  "undervote" is nobody. ``holding``: what a format has no room for.
- ``place``: words with their line and column, and the one error of every reader.
- ``ballot_file``: what a file holds.
"""
