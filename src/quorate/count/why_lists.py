"""Why a list has so many seats and not one more, read off the count sheet in plain sentences."""

from __future__ import annotations

from fractions import Fraction

from quorate.count.figures import some
from quorate.count.sheet import ListShare, Sheet
from quorate.count.side_tables import mixed


def why_so_many(sheet: Sheet, lists: tuple[ListShare, ...], name: str) -> list[str]:
    """The list's votes and seats, and what the next seat would have taken."""
    own = next(one for one in lists if one.name == name)
    seats = f"{own.seats:,} of {some(sheet.seats, 'seats')}" if own.seats else "no seat"
    said = [f"{name} has {some(own.votes, 'votes')} and {seats}."]
    if not any(one.seats for one in lists):
        return said
    said += _by_quota(lists, own) if own.quota is not None else _by_quotients(lists, own)
    said += [f"There was a tie: {tie.says}" for tie in sheet.ties if name in tie.candidates]
    return said


def _by_quota(lists: tuple[ListShare, ...], own: ListShare) -> list[str]:
    """The quota, its whole part, and where the seats for remainders ended."""
    quota = own.quota or Fraction(0)
    whole, rest = int(quota), quota - int(quota)
    if own.least:
        return [
            f"Its quota is {mixed(quota)}, below the minimum: it has the seats that each list has "
            "at least, and takes no part in the sharing."
        ]
    said = [f"Its quota is {mixed(quota)}: {whole} for the whole part, and {mixed(rest)} is left."]
    if own.seats > whole + 1 or own.seats < whole:
        return said
    if own.seats > whole:
        return [*said, "The remainder gave it one seat more."]
    others = [
        (one.quota - int(one.quota), one.name)
        for one in lists
        if one.quota is not None and not one.least and one.seats > int(one.quota)
    ]
    if not others:
        return [*said, "No seat was left for remainders."]
    least, whose = min(others, key=lambda other: other[0])
    more = "as much" if least == rest else "more"
    return [
        *said,
        f"The last seat for a remainder went to {whose}, which has {mixed(least)} left, {more}.",
    ]


def _by_quotients(lists: tuple[ListShare, ...], own: ListShare) -> list[str]:
    """The quotient of the next seat beside the lowest that gave one."""
    used = [(quotient, one.name) for one in lists for quotient in one.quotients[:-1]]
    if not own.quotients or not used:
        return ["All seats are of those that each list has at least."] if own.seats else []
    lowest, whose = min(used, key=lambda other: other[0])
    following = own.quotients[-1]
    what = "one seat more" if own.seats else "a seat"
    beside = "not above" if following == lowest else "below"
    return [
        f"The quotient for {what} is {mixed(following)}, {beside} {mixed(lowest)}, the lowest that "
        f"gave a seat (to {whose})."
    ]
