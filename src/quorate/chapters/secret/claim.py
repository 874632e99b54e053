"""secret.claim: a voter's own device has made a key, and claims it under encryption.

The claim that stands is the voter's last. Nobody knows which key it is, and after the mix nobody
knows whose key is whose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.ballots import claims, register
from quorate.ballots.elgamal import elgamal
from quorate.ballots.homomorphic import Invalid
from quorate.ballots.json_form import Malformed
from quorate.ballots.register import GROUP
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Message, Number
from quorate.chapters.rights import member_in_good_standing, seat_of
from quorate.chapters.secret.registers import register_of, with_register
from quorate.chapters.secret.remembers import KeyClaim, Register
from quorate.chapters.secret.terms import claims_rule, keys_rule
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """``claim``: as the voter's device makes it, JSON."""

    register: Number
    claim: Message


def allowed(state: State, act: ClaimKey, occasion: Occasion) -> Refusal | None:
    found = register_of(state, act.register)
    if isinstance(found, Refusal):
        return found
    member = member_in_good_standing(state, occasion.by)
    if isinstance(member, Refusal):
        return member
    if voter_of(state, found, occasion.by) is None:
        return _no_voter(found)
    if not found.description:
        return Refusal(
            keys_rule(found), "The trustees do not have their keys yet.", "Claim yours then."
        )
    if found.closed is not None:
        return Refusal(
            claims_rule(found),
            "Keys cannot be claimed any more.",
            "Whoever has none votes on paper, if there are papers.",
        )
    return _unfit(found, occasion.by, act.claim.encode())


def voter_of(state: State, found: Register, member: str) -> str | None:
    """The voter whom the member is, if any: the seat in which they sit, or in a place themselves,
    if they were on the roll of its elections when they were called."""
    if found.place:
        return member if member in found.voters else None
    return seat_of(state, found.convention, member)


def who_votes_by(state: State, found: Register) -> tuple[str, ...]:
    """The members who are such voters now."""
    if found.place:
        return tuple(found.voters)
    assembly = state.delegates.assemblies.get(found.convention)
    return () if assembly is None else tuple(assembly.seated)


def _no_voter(found: Register) -> Refusal:
    if found.place:
        return Refusal(
            "elections.voice_after",
            f"You are not on the roll of the elections in {found.place} that this is for.",
            "Leave it to those who had been there for long enough when they were called.",
        )
    return Refusal(
        "secret.claims_minutes",
        "In these elections the delegates vote.",
        "Only who sits in a seat can claim a key.",
    )


def _unfit(found: Register, member: str, data: bytes) -> Refusal | None:
    key = elgamal(GROUP, register.read_description(found.description.encode()).public_key)
    try:
        claims.verify(key, found.phi, member, claims.read_claim(GROUP, data))
    except (Malformed, Invalid) as error:
        return Refusal(
            claims_rule(found),
            f"This is no claim of yours in this register: {error}.",
            "Claim a key on the page for it, with your own device.",
        )
    return None


def change(state: State, act: ClaimKey, occasion: Occasion) -> State:
    found = state.secret.registers[act.register]
    voter = voter_of(state, found, occasion.by)
    if voter is None:
        return state
    made = KeyClaim(occasion.by, act.claim, occasion.sequence, occasion.time)
    return with_register(state, replace(found, claims=found.claims.set(voter, made)))


CLAUSE = Clause(
    name="secret.claim",
    act=ClaimKey,
    who="Whoever votes in the elections of the register: a delegate, or a member of the branch or "
    "region.",
    rules=(
        "secret.claims_minutes",
        "secret.claims_hours",
        "secret.keys_days",
        "secret.keys_hours",
        "elections.voice_after",
        "secret.without_trustees",
        "membership.admission",
        "record.subject",
    ),
    changes="The key will stand on the roll, and nobody will know whose it is. An earlier claim is "
    "replaced.",
    allowed=allowed,
    change=change,
)
