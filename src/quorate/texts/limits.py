"""How large a member's text and its file may be, and why.

They protect the server, not the debate: how much room an author has is a rule of the organisation.
"""

from __future__ import annotations

MAX_WORDS = 100_000
"""Words of one text. A long book; the rulebook may give an author less, never more."""

MAX_BYTES = 10_000_000
"""Bytes of an upload. 100,000 words are about 700,000 bytes; the rest is room for pictures."""

MAX_PARTS = 5_000
"""Files inside a .docx or .odt. A document with a thousand pictures has about 1,100."""

MAX_PART = 60_000_000
"""Bytes of one unpacked XML part. 100,000 words, each with formatting of its own, are about
30 MB in Word's XML."""

MAX_UNPACKED = 200_000_000
"""Bytes of all parts together as the archive declares them; only the text's parts are unpacked."""

MAX_RATIO = 200
"""Unpacked bytes for one packed byte. Word's XML shrinks to a tenth, at best to a fortieth; the
most that deflate can do, a bomb's thousand, is reached by nothing that somebody wrote."""

RATIO_FROM = 1_000_000
"""A part below this size is harmless however tightly it is packed."""

MAX_DEPTH = 120
"""XML elements inside one another. A table in a table in a text box needs about forty; the text is
read by functions that call themselves, so that this keeps them within Python's stack."""

MAX_ELEMENTS = 2_000_000
"""XML elements of one part. 100,000 words, each in a run of its own, make about 600,000."""

MAX_CELLS = 64
"""Columns that one cell of a table may span: beyond it nothing can be read in a column."""

MAX_ROWS = 1_000
"""Times that a spreadsheet's row may be repeated."""
