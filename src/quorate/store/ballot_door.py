"""What a hash in an act stands for is checked before the act is taken: every proof in a shuffle or
a decryption, and that a roll follows from them. The rules see only the hash.

That takes seconds for thousands of claims. So it is done before the lane is taken, and what was
found to be sound is remembered; in the lane it is looked up, and checked only where somebody came
in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from quorate import organisation
from quorate.ballots import decryption, roll_of_keys, shuffles
from quorate.ballots.decryption import BadDecryption
from quorate.ballots.json_form import Malformed
from quorate.ballots.register import GROUP
from quorate.ballots.roll_of_keys import Listed
from quorate.chapters.clause import Occasion, Refusal
from quorate.chapters.secret import whole
from quorate.chapters.secret.decrypt_box import DecryptBox
from quorate.chapters.secret.decrypt_roll import DecryptRoll
from quorate.chapters.secret.mix import Mix
from quorate.chapters.secret.remembers import Register
from quorate.chapters.secret.result import StateResult
from quorate.chapters.secret.roll import StateRoll
from quorate.chapters.secret.shuffle_box import ShuffleBox
from quorate.chapters.state import State
from quorate.store import ballot_files, box_door
from quorate.store.ballot_files import BallotFile
from quorate.store.handing_in import HandedIn

RULE = "record.ballots"
_MOST = 1000

Beside = Callable[[str], bytes | None]
"""The file with this hash, if it is there."""


class _Checked(NamedTuple):
    """A step in a register that was found to be sound."""

    phi: str
    kind: type
    owner: int
    before: str
    made: str


_SOUND: dict[_Checked, None] = {}


class _Unsound(Exception):
    """Why it is not; what to do instead is always the same."""


def takes(handed_in: HandedIn) -> bool:
    """Whether it has to be looked at."""
    return bool(handed_in.files) or isinstance(handed_in.act, StateResult)


def look_at(state: State, time: int, handed_in: HandedIn) -> None:
    """Checks what the act names, if the rules allow it so far, while others may write."""
    occasion = Occasion(state.size, time, handed_in.by, handed_in.signed)
    if organisation.decide(state, handed_in.act, occasion) is None:
        refusal(state, handed_in.act, handed_in.by, beside(handed_in.files))


def beside(coming: Iterable[BallotFile]) -> Beside:
    """Finds what lies in the database, and what is on its way into it."""
    given = {file.hash: file.data for file in coming}
    return lambda hash: given[hash] if hash in given else ballot_files.there(hash)


def refusal(state: State, act: object, by: str, beside: Beside) -> Refusal | None:
    """Why an act that the rules allow is not taken; None for any act that names no file."""
    if isinstance(act, ShuffleBox | DecryptBox | StateResult):
        return box_door.refusal(state, act, by, beside)
    if not isinstance(act, Mix | DecryptRoll | StateRoll):
        return None
    register = state.secret.registers[act.register]
    owners = [n for n, trustee in enumerate(register.trustees, 1) if trustee.who == by]
    made = {Mix: "shuffle", DecryptRoll: "decryption", StateRoll: "roll"}[type(act)]
    step = _Checked(
        register.phi, type(act), owners[0] if owners else 0, register.last, getattr(act, made)
    )
    if step in _SOUND:
        return None
    try:
        _check(register, step, act, beside)
    except _Unsound as error:
        return Refusal(RULE, f"The {made} is not taken: {error}.", "Make it anew.")
    while len(_SOUND) >= _MOST:
        del _SOUND[next(iter(_SOUND))]
    if not isinstance(act, StateRoll):  # what it states besides is not in its hash
        _SOUND[step] = None
    return None


def _check(
    register: Register, step: _Checked, act: Mix | DecryptRoll | StateRoll, beside: Beside
) -> None:
    """Raises _Unsound."""
    data = _there(beside, step.made)
    keyed = whole.keyed(register)
    try:
        if isinstance(act, Mix):
            shuffle = shuffles.read_shuffle(GROUP, data)
            if not roll_of_keys.is_mix(keyed.key, keyed.phi, _last(register, beside), shuffle):
                raise _Unsound("its proof does not hold")
        elif isinstance(act, DecryptRoll):
            partial = decryption.read_partial_decryption(GROUP, data)
            X = keyed.keys[step.owner - 1]
            roll_of_keys.verify_decryption(keyed.phi, X, _last(register, beside), partial)
        else:
            _follows(register, act, data, beside)
    except (Malformed, BadDecryption) as error:
        raise _Unsound(str(error)) from None


def _follows(register: Register, act: StateRoll, data: bytes, beside: Beside) -> None:
    """Raises _Unsound, Malformed unless the roll is what the decryptions give."""
    partials = {
        part.owner: decryption.read_partial_decryption(GROUP, _there(beside, part.data))
        for part in register.decryptions
    }
    roll = roll_of_keys.roll(whole.trustees_of(register), _last(register, beside), partials)
    if roll_of_keys.write_roll(roll) != data or len(roll.keys) != act.size:
        raise _Unsound("the decryptions give another")


def _last(register: Register, beside: Beside) -> Listed:
    """What is mixed next, or decrypted."""
    if not register.mixes:
        return whole.listed(register)
    (last,) = shuffles.read_shuffle(GROUP, _there(beside, register.last)).ciphertexts
    return last


def _there(beside: Beside, hash: str) -> bytes:
    data = beside(hash)
    if data is None:
        raise _Unsound(f"{hash} is not on this server")
    return data
