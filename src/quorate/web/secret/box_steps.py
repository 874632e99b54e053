"""Where the ballot box of an election stands: what each trustee has done of it and does next, until
when, and what comes next for everybody."""

from __future__ import annotations

from quorate.chapters.calendar import HOUR
from quorate.chapters.elections.papers import most, papers_over_by
from quorate.chapters.elections.remembers import Election
from quorate.chapters.plain import counted
from quorate.chapters.secret.asked import is_ranked
from quorate.chapters.secret.remembers import Box, Register
from quorate.chapters.state import State
from quorate.web.secret import steps
from quorate.web.secret.steps import Next
from quorate.web.templatetags.saying import when


def ranked(state: State, box: Box) -> bool:
    """Whether its ballots are rankings, which are shuffled before they are decrypted."""
    return is_ranked(state.elections.elections[box.election].count)


def next_of(state: State, box: Box, owner: int, now: int) -> Next:
    """What the trustee in this place, from 1, does next."""
    if box.void:
        return Next("void", void_because(box))
    if box.whole:
        return Next("over", "The result is stated. Nothing is left to do with this box. Thank you.")
    if box.closed is None:
        closes = state.elections.elections[box.election].closes
        return Next(
            "voting", f"Votes are cast until {when(closes)}. You open the box with your file then."
        )
    if to_shuffle(state, box):
        return _shuffling(state, box, owner)
    if over := papers_until(state, box, now):
        return Next(
            "papers",
            "Tellers enter papers, and nobody may know before what they change. You decrypt when "
            f"they are in, {when(over)} at the latest.",
        )
    done = [part.owner for part in box.decryptions]
    left = box.rules.needed - len(done)
    if not left and _register(state, box).trustees[owner - 1].way == "outside":
        return Next("wait", "Enough trustees have decrypted it. A member states the result.")
    if not left:
        return Next("result", "It follows from what enough of you have decrypted.")
    if owner not in done:
        return Next("open", "Decrypt what the ballots come to.")
    more = "one more trustee" if left == 1 else f"{left} more trustees"
    return Next("wait", f"You have decrypted it. It waits for {more}.")


def to_state(box: Box) -> bool:
    """Whether enough trustees have decrypted the box, and its result is not stated."""
    under_way = box.closed is not None and not box.whole and not box.void
    return under_way and len(box.decryptions) >= box.rules.needed


def to_shuffle(state: State, box: Box) -> int:
    """How many trustees have still to shuffle the ballots of a closed box."""
    if not ranked(state, box) or box.decryptions:
        return 0
    return max(box.rules.needed - len(box.shuffles), 0)


def _shuffling(state: State, box: Box, owner: int) -> Next:
    trustees = _register(state, box).trustees
    done = {part.owner for part in box.shuffles}
    left = [one for one in range(1, len(trustees) + 1) if one not in done]
    if owner not in left:
        missing = steps.waiting([trustees[left[0] - 1]])
        return Next("wait", f"You have shuffled the ballots. {missing}")
    turn = left.index(owner)
    said = "Shuffle the ballots, so that nobody knows whose is whose."
    if turn:
        before = steps.side_of(trustees[left[0] - 1])
        said = f"It is first the turn of {before}; if they do not come, you shuffle the ballots."
    return Next("shuffle", said, turn)


def _register(state: State, box: Box) -> Register:
    return state.secret.registers[box.register]


def papers_until(state: State, box: Box, now: int) -> int | None:
    """Until when (ms) papers can be entered beside the closed box; None when no more can."""
    if box.closed is None or box.void:
        return None
    over = papers_over_by(state, state.elections.elections[box.election], box.closed)
    return over if now < over else None


def opened_by(box: Box) -> int | None:
    """Until when (ms) the trustees have to open the closed box."""
    if box.closed is None or box.whole or box.void:
        return None
    return box.closed + box.rules.open_hours * HOUR


def done_by(box: Box, owner: int) -> str:
    """What this trustee has done of the box, in words; "" while there is nothing to do, or was
    nothing left."""
    if any(part.owner == owner for part in box.decryptions):
        return "has decrypted it"
    if any(part.owner == owner for part in box.shuffles):
        return "has shuffled it"
    enough = len(box.decryptions) == box.rules.needed
    return "" if box.closed is None or box.void or enough else "not yet"


def without_key(state: State, election: Election) -> int:
    """How many vote on paper, if they do: they could vote, and have claimed no key."""
    convention = state.floor.conventions.get(election.convention)
    rules = state.rules if convention is None else convention.rules
    return most(state, election) if rules.elections.on_paper else 0


def void_because(box: Box) -> str:
    """Why a box is never opened, as a sentence."""
    return {
        "few": f"{counted(box.counted, 'ballot')} came in. Opening so few could show how somebody "
        "voted, so the box is never opened.",
        "trustees": "Too few trustees came to open this box in time. Nobody ever reads it.",
        "": "",
    }[box.void]


_HANDS_IN = ("shuffle", "open", "result")
_WAITS = ("wait", "papers", "voting")


def most_pressing(
    state: State, register: Register, owner: int, now: int
) -> tuple[Box, Next] | None:
    """The box of an election by this register of which the trustee does something next, or waits
    to; None where no box is under way."""
    found = [
        (box, next_of(state, box, owner, now))
        for _, box in sorted(state.secret.boxes.items())
        if box.register == register.number
    ]
    under_way = [one for one in found if one[1].step in _HANDS_IN + _WAITS]
    return min(under_way, key=_later, default=None)


def _later(found: tuple[Box, Next]) -> tuple[int, int, int]:
    """What can be done at once comes first."""
    box, after = found
    if after.step in _HANDS_IN:
        return (0, after.turn, box.election)
    return (1 + _WAITS.index(after.step), 0, box.election)
