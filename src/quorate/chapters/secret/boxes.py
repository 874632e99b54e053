"""Finding a ballot box and a trustee's place in it, or why there is none."""

from __future__ import annotations

from hashlib import sha256

from quorate.ballots import trustees, writing
from quorate.ballots.register import GROUP
from quorate.chapters.clause import Refusal
from quorate.chapters.secret.registers import Own, place_among
from quorate.chapters.secret.remembers import Box, Head, Register
from quorate.chapters.secret.whole import trustees_of
from quorate.chapters.state import State


def box_of(state: State, number: int) -> Box | Refusal:
    """The box of the election of this number, unless it is void."""
    box = state.secret.boxes.get(number)
    if box is None:
        return Refusal("record.subject", f"There is no box of election {number}.", "Check it.")
    if box.void:
        why = {
            "few": "So few ballots are in this box that opening it would show how somebody voted.",
            "trustees": "Too few trustees came to open this box in time.",
        }[box.void]
        return Refusal("secret.without_trustees", why, "Vote in the election held in its place.")
    return box


def closed_box(state: State, number: int) -> Box | Refusal:
    """The box once voting is over, until its result is stated."""
    box = box_of(state, number)
    if isinstance(box, Refusal):
        return box
    if box.closed is None:
        return Refusal("secret.open_hours", "Voting is not over.", "Wait until it is.")
    if box.whole:
        return Refusal("secret.open_hours", "The result is stated.", "Nothing is left to do.")
    return box


def taking_ballots(state: State) -> list[Box]:
    """The boxes that ballots are cast into."""
    return [box for box in state.secret.boxes.values() if box.closed is None and not box.void]


def ballots_to_come(state: State) -> bool:
    """Whether ballots are cast, or will be soon: a box is open, or a roll is being made for one."""
    registers = state.secret.registers.values()
    return bool(taking_ballots(state)) or any(
        one.closed is not None and not one.void and not one.roll for one in registers
    )


def own_place(state: State, box: Box, by: str) -> Own | Refusal:
    """The place of ``by`` among the trustees of the box."""
    return place_among(state.secret.registers[box.register], by) or Refusal(
        "secret.sides", "You are no trustee of this box.", "Leave it to its trustees."
    )


def setup_head(asked: bytes, register: Register, time: int) -> str:
    """The hash of the Setup event of a box that was opened at ``time`` (ms)."""
    keys = trustees.write_trustees(GROUP, trustees_of(register))
    return writing.after_setup(time // 1000, asked, keys, register.roll).last or ""


def end_of(box: Box) -> writing.End:
    """Where the archive of an open box ends."""
    last = box.heads[-1]
    return writing.End(box.opened // 1000, 1 + last.ballots, last.head)


def grown(box: Box, head: str, ballots: int, entry: int, time: int) -> tuple[Head, ...]:
    """The box's heads with another one."""
    return (*box.heads, Head(head, ballots, entry, time))


def not_grown(box: Box, head: str, ballots: int) -> Refusal | None:
    """The refusal of a box that would hold fewer ballots than before, or others."""
    last = box.heads[-1]
    if ballots < last.ballots or (ballots == last.ballots) != (head == last.head):
        return Refusal(
            "secret.batch_minutes",
            f"The box held {last.ballots:,} ballots, and this is not the same box gone on.",
            "State what the box holds.",
        )
    return None


def with_box(state: State, box: Box) -> State:
    """The state with what is new about this box."""
    boxes = state.secret.boxes.set(box.election, box)
    return state._replace(secret=state.secret._replace(boxes=boxes))


def hash_of(data: bytes) -> str:
    return sha256(data).hexdigest()
