"""Whom the acts of secret ballots ask to be written to: those who name trustees, trustees who have
to do something, and voters who can claim their key, or vote otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from quorate.chapters.clause import Occasion
from quorate.chapters.elections.open_poll import OpenPoll
from quorate.chapters.lots.open_numbers import OpenNumbers
from quorate.chapters.rights import holders, holds
from quorate.chapters.secret.box_closed import BoxClosed
from quorate.chapters.secret.boxes import own_place
from quorate.chapters.secret.claim import voter_of, who_votes_by
from quorate.chapters.secret.close import Close
from quorate.chapters.secret.confirm import Confirm
from quorate.chapters.secret.name_trustee import NameTrustee
from quorate.chapters.secret.opening import OpenRegister
from quorate.chapters.secret.registers import Own
from quorate.chapters.secret.remembers import Register, Trustee
from quorate.chapters.secret.void import VoidRegister
from quorate.chapters.state import State


def register_of(state: State, act: Any) -> Register | None:
    """The register that the act is about; None where it is about none."""
    if isinstance(act, OpenNumbers):
        draw = state.lots.draws[act.of]
        return state.secret.registers[draw.of] if draw.purpose == "trustee" else None
    if isinstance(act, OpenRegister):
        return _last(state, lambda one: one.convention == act.of)
    if isinstance(act, OpenPoll):
        election = _last_election(state, act)
        return _last(state, lambda one: one.place != "" and election == one.elections[0])
    number: int = act.of if hasattr(act, "of") else act.register
    return state.secret.registers[number]


def _last(state: State, fits: Callable[[Register], bool]) -> Register | None:
    found = [one for _, one in sorted(state.secret.registers.items()) if fits(one)]
    return found[-1] if found else None


def _last_election(state: State, act: OpenPoll) -> int:
    """The number of the election that the act has called."""
    elections = state.elections.elections
    same = (n for n, one in elections.items() if (one.office, one.place) == (act.office, act.place))
    return max(same, default=0)


def naming(state: State, act: Any, occasion: Occasion) -> Iterable[str]:
    """Those who name a trustee of the register that the act has opened."""
    register = register_of(state, act)
    namers = () if register is None else (one.named_by for one in register.trustees)
    return {who for office in namers if office for who in holders(state, office)}


def not_named_yet(state: State, act: Any, member: str, now: int) -> bool:
    register = register_of(state, act)
    return (
        register is not None
        and not register.void
        and any(
            not one.who and one.named_by and holds(state, member, one.named_by)
            for one in register.trustees
        )
    )


def _trustee(state: State, act: Any, member: str) -> Trustee | None:
    """The member as a trustee of the register, unless it is void."""
    register = register_of(state, act)
    if register is None or register.void:
        return None
    return next((trustee for trustee in register.trustees if trustee.who == member), None)


def named(state: State, act: NameTrustee, occasion: Occasion) -> Iterable[str]:
    return () if act.member is None else {act.member} - {occasion.by}


def drawn(state: State, act: Any, occasion: Occasion) -> Iterable[str]:
    """Whoever is the trustee now because of the lot."""
    register = register_of(state, act)
    if register is None:
        return ()
    return tuple(one.who for one in register.trustees if one.way == "lot" and one.who)


def no_key_yet(state: State, act: Any, member: str, now: int) -> bool:
    trustee = _trustee(state, act, member)
    return trustee is not None and not trustee.certificate


def claiming(state: State, act: Confirm, occasion: Occasion) -> Iterable[str]:
    """With the last confirmation, those who vote."""
    register = state.secret.registers[act.register]
    if register.keyed != occasion.sequence:
        return ()
    return who_votes_by(state, register)


def no_claim_yet(state: State, act: Confirm, member: str, now: int) -> bool:
    register = state.secret.registers[act.register]
    voter = voter_of(state, register, member)
    open_still = register.closed is None and not register.void
    return open_still and voter is not None and voter not in register.claims


def closing(state: State, act: Close, occasion: Occasion) -> Iterable[str]:
    """The trustees who are members: of others nobody has the address. Where too few keys were
    claimed, those who vote."""
    register = state.secret.registers[act.of]
    if register.void:
        return who_votes_by(state, register)
    members = state.membership.members
    return tuple(one.who for one in register.trustees if one.who in members)


def voided(state: State, act: VoidRegister, occasion: Occasion) -> Iterable[str]:
    return who_votes_by(state, state.secret.registers[act.of])


def votes_otherwise(state: State, act: Any, member: str, now: int) -> bool:
    return member in who_votes_by(state, state.secret.registers[act.of])


def not_done_yet(state: State, act: Close, member: str, now: int) -> bool:
    register = state.secret.registers[act.of]
    if register.void:
        return votes_otherwise(state, act, member, now)
    done = {part.owner for part in register.decryptions}
    return any(
        trustee.who == member and owner not in done
        for owner, trustee in enumerate(register.trustees, 1)
    )


def opening(state: State, act: BoxClosed, occasion: Occasion) -> Iterable[str]:
    """The trustees who are members, where the box is to be opened."""
    box = state.secret.boxes[act.of]
    trustees = state.secret.registers[box.register].trustees
    members = state.membership.members
    return () if box.void else tuple(one.who for one in trustees if one.who in members)


def not_opened_yet(state: State, act: BoxClosed, member: str, now: int) -> bool:
    """Whether enough have not decrypted it yet, nor has the trustee."""
    box = state.secret.boxes[act.of]
    own = own_place(state, box, member)
    done = {part.owner for part in box.decryptions}
    return (
        not box.void
        and len(done) < box.rules.needed
        and isinstance(own, Own)
        and own.owner not in done
    )
