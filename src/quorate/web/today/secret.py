"""What waits for the secret ballots: naming trustees, their parts, claiming a key, the roll, the
ballot boxes."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.chapters.rights import seat_of
from quorate.chapters.secret.claim import voter_of
from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State
from quorate.web.elections.naming import title_of
from quorate.web.secret import box_steps, steps, voting
from quorate.web.secret.views import may_name
from quorate.web.today.things import Thing

_PARTS = {
    "certify": ("You are a trustee: make your key", "Make it"),
    "share": ("You are a trustee: send the shares of the key", "Go on"),
    "confirm": ("You are a trustee: confirm the key", "Go on"),
    "mix": ("You are a trustee: mix the voting keys", "Mix them"),
    "decrypt": ("You are a trustee: decrypt the roll of keys", "Decrypt it"),
    "roll": ("State the roll of voting keys", "State it"),
}


_BOXES = {
    "shuffle": ("You are a trustee: shuffle the ballots", "Shuffle them"),
    "open": ("You are a trustee: decrypt the ballot box", "Decrypt it"),
    "result": ("State the result of the ballot box", "State it"),
}


def boxes(state: State, me: str, now: int) -> Iterator[Thing]:
    """What this member can do now about ballot boxes: as a trustee, or as a delegate who states
    what came out."""
    for number, box in sorted(state.secret.boxes.items()):
        election = state.elections.elections[number]
        place = steps.place_of(state.secret.registers[box.register], me)
        due = box_steps.opened_by(box)
        if place is not None:
            after = box_steps.next_of(state, box, place, now)
            if after.step in _BOXES:
                title, button = _BOXES[after.step]
                address = f"/elections/{number}/trustee"
                yield Thing(f"{title}: {title_of(election)}", after.said, address, button, due)
        elif box_steps.to_state(box) and seat_of(state, election.convention, me) is not None:
            title, button = _BOXES["result"]
            detail = "It follows from what the trustees have decrypted."
            address = f"/elections/{number}/box"
            yield Thing(f"{title}: {title_of(election)}", detail, address, button, due)


def voting_keys(state: State, me: str, now: int) -> Iterator[Thing]:
    """What this member can do now about registers that are under way."""
    for _, register in sorted(state.secret.registers.items()):
        if not register.void and not register.roll:
            yield from of_register(state, register, me, now)


def secret_ballots(state: State, me: str, now: int) -> Iterator[Thing]:
    """The elections in which this member can vote by secret ballot. They stand there for as long as
    voting is open: nobody knows who has voted."""
    for number, election in sorted(state.elections.elections.items()):
        if voting.votes(state, election, me, now):
            title = f"Vote by secret ballot: {title_of(election)}"
            detail = "Nobody here knows whether you have voted, so this stays."
            yield Thing(title, detail, f"/elections/{number}/vote", "Vote", election.closes)


def of_register(state: State, register: Register, me: str, now: int) -> Iterator[Thing]:
    """The same of one register, the most pressing first."""
    address = f"/registers/{register.number}"
    due = steps.due(state, register)
    late = due is not None and now > due
    place = steps.place_of(register, me)
    if place is not None:
        after = steps.next_of(state, register, place)
        if after.step in _PARTS:
            title, button = _PARTS[after.step]
            yield Thing(title, after.said, f"{address}/trustee", button, due, late=late)
    for trustee in register.trustees:
        if not trustee.who and may_name(state, register, trustee, me):
            title = f"Name the trustee of the side {trustee.side.replace('-', ' ')}"
            detail = "The trustees hold the key to the secret ballots together."
            yield Thing(title, detail, f"{address}/name/{trustee.side}", "Name them", due)
    voter = voter_of(state, register, me)
    open_still = bool(register.description) and register.closed is None
    if open_still and voter is not None and not _claimed(register, voter, me):
        detail = "Without one you do not vote by secret ballot."
        if register.closes is None:
            detail += f" You can until {steps.claims_close(state, register)}."
        yield Thing("Claim your voting key", detail, f"{address}/my-key", "Claim it", due)


def _claimed(register: Register, voter: str, me: str) -> bool:
    """Whether this member has claimed a key for the voter: another's claim does not count."""
    return voter in register.claims and register.claims[voter].by == me
