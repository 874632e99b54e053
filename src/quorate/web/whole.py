"""Reading whole numbers out of addresses and forms, where anything may stand."""

from __future__ import annotations

MOST = 2**53 - 1
"""No number that the record or a database keeps is larger."""


def whole_number(given: str, least: int = 0, most: int = MOST) -> int | None:
    """The number that is written, in the digits 0 to 9; None for anything else, or out of bounds.

    Python takes more for digits than people write ("²", "٣"), and refuses very long numbers.
    """
    written = given.strip()
    if not (written.isascii() and written.isdigit() and len(written) <= len(str(MOST))):
        return None
    number = int(written)
    return number if least <= number <= most else None
