"""What there is to try in the demo, from where its year stands: who to be, and on which page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quorate.chapters.elections.remembers import Election
from quorate.chapters.secret.remembers import Box, Register, Trustee
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.accounts import lent
from quorate.web.elections import doing
from quorate.web.secret import invitations, voting
from quorate.web.templatetags.saying import office, when

_VOTERS = 3


class Role(NamedTuple):
    """``who``: a member, "" for nobody in particular, or another organisation's trustee, who has no
    account. ``address``: the page on which it begins."""

    who: str
    part: str
    address: str
    account: bool = True


class Try(NamedTuple):
    title: str
    said: str
    roles: list[Role]


def tries(state: State, now: int) -> list[Try]:
    """What is of use now, the first first. ``now``: ms."""
    found = [one for one in _found(state, now) if one.roles]
    names.remember(state, [role.who for one in found for role in one.roles])
    return found


def _found(state: State, now: int) -> Iterator[Try]:
    for number, box in sorted(state.secret.boxes.items()):
        election = state.elections.elections[number]
        if voting.is_open(state, election, now):
            yield _vote(state, election)
        elif box.closed is not None and not box.void and not box.whole:
            yield from _open_box(state, box, now)
    for _, register in sorted(state.secret.registers.items()):
        if register.number == lent.REGISTER and register.description and register.closed is None:
            yield _claim(state, register)
    if not state.secret.boxes:
        yield _second(state)
    yield from _look(state)


def _vote(state: State, election: Election) -> Try:
    address = f"/elections/{election.number}/vote"
    register = voting.register_of(state, election)
    voters = [one for one in lent.voters(state) if voting.has_key(register, one)][:_VOTERS]
    return Try(
        f"Vote by secret ballot: {office(election.office)}",
        "Bring the voting key that the demo lends you to your browser. Put the candidates in your "
        "order, test whether your device is honest, cast, and see that your ballot is in the box. "
        f"Then change your mind. Voting is open until {when(election.closes)}; after that tellers "
        "and trustees have their turn, and this page says who they are.",
        [Role(member, "a delegate", address) for member in voters],
    )


def _open_box(state: State, box: Box, now: int) -> Iterator[Try]:
    election = state.elections.elections[box.election]
    address = f"/elections/{box.election}"
    able = [who for who in _tellers(state) if doing.tellers(state, election, who, now).enter]
    counting = [who for who in able[1:] if who not in election.entered_by]
    yield Try(
        f"Enter the papers: {office(election.office)}",
        "Delegates without a voting key voted on paper. A teller types the papers in (you make "
        "them up); another says how many there were. Or each of them says that there are none.",
        [Role(who, "a teller, who types them in", address) for who in able[:1]]
        + [Role(who, "another, who ends it", address) for who in counting[:1]],
    )
    register = state.secret.registers[box.register]
    yield Try(
        f"Open the ballot box: {office(election.office)}",
        f"Any {box.rules.needed} of these trustees can. Each chooses the key file that the demo "
        "lends them; the page does the rest: first it shuffles the ballots, then, once the papers "
        "are in, it decrypts them. Try the file of another trustee, too. Whoever is last sees the "
        "result, and so does everybody.",
        [_trustee(register, one, f"{address}/trustee") for one in register.trustees],
    )


def _tellers(state: State) -> list[str]:
    body = state.rules.delegates.credentials_by
    return [held.member for held in state.offices.now.get((body, ""), ())]


def _trustee(register: Register, one: Trustee, address: str) -> Role:
    part = f"trustee of the side {one.side.replace('-', ' ')}"
    if one.way == "outside":
        return Role(one.who, part, invitations.path_of(register.number, one.side), account=False)
    return Role(one.who, part, address)


def _claim(state: State, register: Register) -> Try:
    address = f"/registers/{register.number}/my-key"
    claimed = {one.by for one in register.claims.values()}
    without = [who for who in _seated(state) if who not in claimed]
    return Try(
        "Claim a voting key",
        "The convention will elect its committee by secret ballot. Each delegate’s browser makes a "
        "key for it, which nobody else ever sees. Claim one; or bring one that the demo lends you "
        "to this browser.",
        [Role(who, "a delegate without a key", address) for who in without[:1]]
        + [Role(who, "a delegate who has one", address) for who in lent.voters(state)[:1]],
    )


def _second(state: State) -> Try:
    wrote = {text.author for text in state.bulletin.contributions.values()}
    able = [who for who in _seated(state) if who not in wrote]
    return Try(
        "Second a proposal, or hand something in",
        "Open a proposal that still looks for seconders: its path, who seconded it, what it "
        "changes in the rulebook. Second it, and keep the receipt.",
        [Role(who, "a delegate", "/bulletin") for who in able[:1]],
    )


def _seated(state: State) -> list[str]:
    """The delegates of the demo's convention, in the order of seats."""
    assembly = state.delegates.assemblies.get(1)
    seats = assembly.seats.items() if assembly else ()
    return [seat.holder for _, seat in sorted(seats) if seat.holder]


def _look(state: State) -> Iterator[Try]:
    whole = [box for _, box in sorted(state.secret.boxes.items()) if box.whole]
    members = [one for one in sorted(state.membership.members) if _good(state, one)]
    if not whole or not members:
        return
    who = members[0]
    yield Try(
        "Check a secret ballot",
        "The boxes are opened. Read how the result was counted, then have your own browser check "
        "all of it: every ballot, the shuffles, the trustees’ proofs.",
        [
            Role(who, f"a member: {said}", f"/elections/{whole[0].election}{page}")
            for page, said in (("", "how it was counted"), ("/check", "check the box"))
        ],
    )


def _good(state: State, member: str) -> bool:
    return state.membership.members[member].standing == "good"
