"""Changing the record's keys on the server that holds them."""

from __future__ import annotations

from typing import Any

from quorate.chapters.clause import Refusal
from quorate.chapters.keys import statement
from quorate.chapters.keys.replace import Replace
from quorate.chapters.keys.rotate import Rotate
from quorate.chapters.state import State
from quorate.record import replacing, witness_rule
from quorate.store import checkpoints, record_keys
from quorate.store.checkpoints import Signed
from quorate.store.leaves import Leaves
from quorate.store.place import Place
from quorate.store.standing import Standing


class CannotChange(Exception):
    """The keys cannot be changed on this server; says why and what to do."""


def fields(place: Place, state: State, name: str) -> dict[str, Any]:
    """The fields of ``keys.rotate`` or ``keys.replace`` from the keys in force to the next ones, as
    the keys in the folder sign it. Raises CannotChange."""
    try:
        new = record_keys.next_public(place)
    except record_keys.NoNextKeys as error:
        raise CannotChange(str(error)) from None
    if not new:
        raise CannotChange("There are no next keys. Make them: quorate key new DIR")
    old = record_keys.in_force(place, state)
    number = len(state.keys.changes) + 1
    how: statement.How = "rotate" if name == "keys.rotate" else "replace"
    said = statement.text(place.origin, number, how, old, new)
    shared = {
        "number": number,
        "old": list(old),
        "new": list(new),
        "new_signatures": _signatures(place, new, said),
    }
    if how == "rotate":
        return shared | {"old_signatures": _signatures(place, old, said)}
    last = _last_witnessed(state)
    return shared if last is None else shared | {"size": last.size, "checkpoint": last.note}


def _signatures(place: Place, public: tuple[str, ...], said: str) -> list[str]:
    held = record_keys.held(place.folder / "keys")
    if not set(public) <= held.keys():
        raise CannotChange(
            f"{place.folder / 'keys'} does not hold the keys that sign now, so they cannot sign "
            "that others follow. Put them there from where their copy is kept; if they are lost: "
            "quorate key replace DIR"
        )
    return [statement.sign(held[key], said) for key in public]


def _last_witnessed(state: State) -> Signed | None:
    """The longest checkpoint that enough witnesses have cosigned, with Ed25519 lines alone: what
    stands in an entry is short. None where there is none."""
    named = tuple(state.witnesses.now.values())
    for signed in checkpoints.cosigned_last():
        names = set(witness_rule.cosigned_by(named, signed.note))
        if names and witness_rule.suffices(state, names):
            return signed
    return None


def refusal(place: Place, standing: Standing, leaves: Leaves, act: object) -> Refusal | None:
    """Why this change of the keys is not recorded here, though the rules would allow it; None for
    any other act.

    Nobody makes a server sign with keys that it does not hold: it could record nothing any more.
    """
    if not isinstance(act, Rotate | Replace):
        return None
    held = record_keys.held(place.folder / "keys")
    if not set(act.new) <= held.keys():
        return Refusal(
            "record.keys",
            "This server does not hold the new keys.",
            "Make the change on the server: quorate key new DIR, then quorate key rotate DIR.",
        )
    if act.old != record_keys.in_force(place, standing.state):
        return Refusal(
            "record.keys",
            "These are not the keys that sign the record now.",
            "Make the change anew: quorate key rotate DIR.",
        )
    if isinstance(act, Rotate):
        return None
    last = leaves.until(act.size) if act.size else leaves.levels
    return replacing.refusal(standing.state, act, lambda size: last.root_of(0, size))


def signing(place: Place, before: State, after: State) -> tuple[str, ...]:
    """The public keys that sign the checkpoint over what was recorded between these states: those
    in force, and with a rotation among it those that it came from, so that who knows only them can
    read it still."""
    new = after.keys.changes[len(before.keys.changes) :]
    old = (key for change in new if change.agreed for key in change.old)
    return tuple(dict.fromkeys((*old, *record_keys.in_force(place, after))))
