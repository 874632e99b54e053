"""Who is elected, and what they needed, in a few words for every kind of sheet."""

from __future__ import annotations

from quorate.count.figures import some
from quorate.count.sheet import Sheet


def elected_in_words(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Who is elected and how, in the order of election; of lists, each once with its seats."""
    if sheet.lists is not None:
        shares = sorted((one for one in sheet.lists if one.seats), key=lambda one: -one.seats)
        return tuple(
            (
                one.name,
                f"{one.seats:,} of {some(sheet.seats, 'seats')}, with {some(one.votes, 'votes')}",
            )
            for one in shares
        )
    return tuple(
        (
            one.candidate,
            f"{f'at stage {one.stage}, ' if len(sheet.stages) > 1 else ''}"
            f"with {some(one.votes, sheet.figures)}: {one.how}",
        )
        for one in sheet.elections
    )


def quota_name(sheet: Sheet) -> str:
    """What the sheet's quota is called: where a question is put, the votes that yes needs."""
    return "Quota" if sheet.by_order else "Needed"
