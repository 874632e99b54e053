"""The demo's lots: members commit to numbers that are drawn for them, then hand them in."""

from __future__ import annotations

from quorate.demo.telling import Telling

LATER = 60_000
"""A minute after each of a lot's hours (ms)."""


def drawn(telling: Telling, members: list[str], withheld: int = 0) -> None:
    """The last lot that was called is drawn from these members' numbers; the last of them withhold
    theirs."""
    number = len(telling.state.lots.draws)
    able = [member for member in dict.fromkeys(members) if telling.stayed(member)]
    for member in able:
        telling.do(member, "lots.commit", draw=number)
    draw = telling.state.lots.draws[number]
    telling.go_to(draw.commit_until + LATER)
    for member in able[: len(able) - withheld]:
        own = telling.state.lots.draws[number].commitments
        telling.do(member, "lots.hand_in", draw=number, number=own[member])
    telling.go_to(draw.reveal_until + LATER)
