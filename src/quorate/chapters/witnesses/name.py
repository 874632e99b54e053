"""witnesses.name: a branch, or another organisation, has a witness of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import Place, PublicKey
from quorate.chapters.state import State
from quorate.chapters.witnesses import naming
from quorate.chapters.witnesses.remembers import Witness

_PORT = r"(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"
_HOST = r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?"
Url = Annotated[str, Field(max_length=208, pattern=rf"^https?://{_HOST}(:{_PORT})?(/[!-~]*)?$")]
"""An address with a host, by its name or its IPv4 number, which every program reads as the same
(RFC 3986, of which this is a part)."""


@dataclass(frozen=True, slots=True)
class Name:
    """``name``: what pages call the witness. ``keys``: its public keys; one that no signature fits
    is no danger: its witness never cosigns. ``url``: where it is asked. ``branch``: the code of the
    branch whose it is; or ``organisation``: the name of the other organisation."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,39}$")]
    keys: Annotated[tuple[PublicKey, ...], Field(min_length=1, max_length=4)]
    url: Url
    branch: Place = ""
    organisation: Annotated[str, Field(max_length=100)] = ""


def allowed(state: State, act: Name, occasion: Occasion) -> Refusal | None:
    if bool(act.branch) == bool(act.organisation.strip()):
        return Refusal(
            "witnesses.branches",
            "A witness is either a branch's or another organisation's.",
            "Give one of branch and organisation.",
        )
    if act.branch and act.branch not in state.membership.branches:
        return Refusal("record.subject", f"There is no branch {act.branch}.", "Give its code.")
    refusal = naming.may_name(state, act.branch, occasion.by)
    return refusal if refusal is not None else _taken(state, act)


def _taken(state: State, act: Name) -> Refusal | None:
    """The refusal of what stands for another witness already."""
    for other in state.witnesses.now.values():
        if other.name == act.name:
            what = f"There is a witness called {act.name}."
        elif set(other.keys) & set(act.keys):
            what = f"{other.name} signs with this key: nobody is two witnesses."
        elif act.branch and other.branch == act.branch:
            what = f"Branch {act.branch} has a witness: {other.name}."
        else:
            continue
        return Refusal("record.names", what, "Dismiss that one first, or give another.")
    return None


def change(state: State, act: Name, occasion: Occasion) -> State:
    witness = Witness(
        name=act.name,
        keys=act.keys,
        url=act.url,
        branch=act.branch,
        organisation=act.organisation.strip(),
        named=occasion.time,
        by=occasion.by,
    )
    now = state.witnesses.now.set(act.name, witness)
    return state._replace(witnesses=state.witnesses._replace(now=now))


CLAUSE = Clause(
    name="witnesses.name",
    act=Name,
    who="For a branch whoever the rulebook names in witnesses.branch_by, for another organisation "
    "in witnesses.outside_by; the founder until the founding is complete.",
    rules=(
        "witnesses.branches",
        "witnesses.branch_by",
        "witnesses.outside_by",
        "record.subject",
        "record.names",
    ),
    changes="The witness is asked to cosign each state of the record, and counts when it has.",
    allowed=allowed,
    change=change,
)
