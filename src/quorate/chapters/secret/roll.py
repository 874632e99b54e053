"""secret.roll: the roll of keys is stated. It follows from the decryptions, whoever states it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.fields import BallotFile, Count, Number
from quorate.chapters.secret.of_place import can_vote_from
from quorate.chapters.secret.registers import register_of, with_register
from quorate.chapters.secret.terms import mix_rule
from quorate.chapters.state import State


@dataclass(frozen=True, slots=True)
class StateRoll:
    """``roll``: the keys. ``size``: how many they are. ``without``: how many claims gave no key of
    their own, because another gave the same, or nobody could sign with it."""

    register: Number
    roll: BallotFile
    size: Count
    without: Count


def allowed(state: State, act: StateRoll, occasion: Occasion) -> Refusal | None:
    found = register_of(state, act.register)
    if isinstance(found, Refusal):
        return found
    if found.roll:
        return Refusal(mix_rule(found), "The roll stands.", "Nothing is left to do.")
    if len(found.decryptions) < len(found.trustees):
        return Refusal(mix_rule(found), "Not all trustees have decrypted it yet.", "Wait for them.")
    if act.size + act.without != len(found.counted):
        return Refusal(
            "record.ballots",
            f"{len(found.counted)} claims count, and these are {act.size + act.without}.",
            "State what the decryptions give.",
        )
    return None


def change(state: State, act: StateRoll, occasion: Occasion) -> State:
    found = state.secret.registers[act.register]
    found = replace(
        found,
        roll=act.roll,
        size=act.size,
        without=act.without,
        roll_entry=occasion.sequence,
    )
    calendar = state.calendar.strike("secret.void", act.register)
    calendar = calendar.add(*can_vote_from(state, found))
    return with_register(state._replace(calendar=calendar), found)


CLAUSE = Clause(
    name="secret.roll",
    act=StateRoll,
    who="Any member, once all trustees have decrypted the mixed list.",
    rules=(
        "secret.mix_minutes",
        "secret.mix_hours",
        "secret.without_trustees",
        "record.subject",
        "record.ballots",
    ),
    changes="The keys on the roll can vote in the elections of the register.",
    allowed=allowed,
    change=change,
)
