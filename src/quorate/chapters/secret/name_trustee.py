"""secret.name_trustee: whoever names the trustee of a side names them.

Somebody else can be named in their place until they have made their key. Nobody is the trustee of
two sides, and nobody who holds an office that names the trustee of another: so those of one body
never hold two keys.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from quorate.ballots.groups.group import NotAnElement
from quorate.ballots.register import GROUP
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Number, OfficeName, Pseudonym
from quorate.chapters.rights import holders, member_in_good_standing, needs_office
from quorate.chapters.secret.registers import Own, register_of, with_trustee
from quorate.chapters.secret.trustee_id import trustee_id
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class NameTrustee:
    """``side``: as the rulebook calls it. ``member``: the trustee, where it is a member; or
    ``organisation``: the other organisation, and ``key``: the key with which its trustee signs, as
    their page shows it."""

    register: Number
    side: OfficeName
    member: Pseudonym | None = None
    organisation: Annotated[str, Field(max_length=100)] = ""
    key: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


def allowed(state: State, act: NameTrustee, occasion: Occasion) -> Refusal | None:
    own = _side(state, act)
    if isinstance(own, Refusal):
        return own
    trustee = own.trustee
    if trustee.way == "lot":
        return Refusal("secret.sides", "This side's trustee is drawn by lot.", "Wait for the draw.")
    if refusal := needs_office(state, occasion.by, trustee.named_by, "secret.sides"):
        return refusal
    if trustee.certificate:
        return Refusal(
            "secret.sides",
            "This side's trustee has made their key: nobody takes it from them.",
            "If they do not go on, the register becomes void by itself.",
        )
    if trustee.way == "outside":
        return _unfit_key(state, act) or _two_sides(own, _who(act))
    member = act.member
    if member is None or act.organisation or act.key:
        return Refusal(
            "secret.sides", "This side's trustee is a member.", "Give the member, and only that."
        )
    known = member_in_good_standing(state, member)
    if isinstance(known, Refusal):
        return known
    return _two_sides(own, member) or _of_another_side(state, own, member)


def _side(state: State, act: NameTrustee) -> Own | Refusal:
    register = register_of(state, act.register)
    if isinstance(register, Refusal):
        return register
    for owner, trustee in enumerate(register.trustees, 1):
        if trustee.side == act.side:
            return Own(register, owner)
    sides = ", ".join(trustee.side for trustee in register.trustees)
    return Refusal(
        "secret.sides", f"There is no side {act.side}.", f"The register has these: {sides}."
    )


def _unfit_key(state: State, act: NameTrustee) -> Refusal | None:
    if act.member is not None or not act.organisation.strip() or not act.key:
        return Refusal(
            "secret.sides",
            "This side's trustee is somebody of another organisation.",
            "Give the organisation and the trustee's key, which their page shows.",
        )
    if act.key in state.secret.keys:
        return Refusal(
            "record.names",
            "This key was used before.",
            "Each trustee makes a new key for each register.",
        )
    try:
        key = GROUP.read(act.key)
    except NotAnElement:
        key = GROUP.one
    if key == GROUP.one or not GROUP.check(key):
        return Refusal(
            "secret.sides", "This is no key of a trustee.", "Copy it from the trustee's page."
        )
    return None


def _two_sides(own: Own, who: str) -> Refusal | None:
    for owner, trustee in enumerate(own.register.trustees, 1):
        if trustee.who == who and owner != own.owner:
            return Refusal(
                "secret.sides",
                f"They are the trustee of the side {trustee.side}: nobody holds two keys.",
                "Name somebody else.",
            )
    return None


def _of_another_side(state: State, own: Own, member: str) -> Refusal | None:
    """Why a member who is at home with another side is not this one's trustee."""
    for trustee in own.register.trustees:
        if trustee.side == own.trustee.side or not trustee.named_by:
            continue
        if member in holders(state, trustee.named_by):
            return Refusal(
                "secret.sides",
                f"They hold an office that names the trustee of the side {trustee.side}: one body "
                "would hold two keys.",
                "Name somebody else.",
            )
    return None


def _who(act: NameTrustee) -> str:
    return act.member or trustee_id(act.key)


def change(state: State, act: NameTrustee, occasion: Occasion) -> State:
    own = _side(state, act)
    if isinstance(own, Refusal):
        return state
    organisation = act.organisation.strip()
    named = replace(own.trustee, who=_who(act), organisation=organisation, key=act.key)
    state = with_trustee(state, own, named)
    if not act.key:
        return state
    outside = state.secret.outside.set(named.who, None)
    return state._replace(secret=state.secret._replace(outside=outside))


CLAUSE = Clause(
    name="secret.name_trustee",
    act=NameTrustee,
    who="Whoever the rulebook has name the side's trustee.",
    rules=(
        "secret.sides",
        "secret.without_trustees",
        "membership.admission",
        "record.subject",
        "record.names",
    ),
    changes="They are the side's trustee, and make a key of their own.",
    allowed=allowed,
    change=change,
)
