"""What trustees hand in of a ballot box is checked before the act is taken, and a stated result is
held against the decryptions (``ballot_door`` says when)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from quorate.ballots import box as boxes
from quorate.ballots import decryption, result, shuffles
from quorate.ballots.decryption import BadDecryption
from quorate.ballots.elections import Election, read_election
from quorate.ballots.elgamal import elgamal
from quorate.ballots.json_form import Malformed
from quorate.ballots.register import GROUP
from quorate.ballots.result import BadResult, Result
from quorate.ballots.tally import EncryptedTally
from quorate.chapters.clause import Refusal
from quorate.chapters.elections.remembers import Ranking
from quorate.chapters.secret.boxes import own_place
from quorate.chapters.secret.decrypt_box import DecryptBox
from quorate.chapters.secret.registers import Own
from quorate.chapters.secret.remembers import Box, Register
from quorate.chapters.secret.result import StateResult
from quorate.chapters.secret.shuffle_box import ShuffleBox
from quorate.chapters.secret.whole import trustees_of
from quorate.chapters.state import State

RULE = "record.ballots"
_MOST = 1000

Beside = Callable[[str], bytes | None]
"""The file with this hash, if it is there."""


class _Step(NamedTuple):
    """Something that was found to be sound."""

    phi: str
    kind: type
    owner: int
    before: str
    made: str


_SOUND: dict[_Step, None] = {}
_RESULTS: dict[tuple[str, ...], Result] = {}


class Unsound(Exception):
    """Why something is not sound, or cannot be said to be."""


def refusal(
    state: State, act: ShuffleBox | DecryptBox | StateResult, by: str, beside: Beside
) -> Refusal | None:
    """Why an act that the rules allow is not taken."""
    box = state.secret.boxes[act.election]
    try:
        if isinstance(act, StateResult):
            _check_result(state, box, act, beside)
        else:
            _check(state, box, act, by, beside)
    except (Unsound, Malformed, BadDecryption, BadResult) as error:
        return Refusal(RULE, f"It is not taken: {error}.", "Make it anew.")
    return None


def _check(state: State, box: Box, act: ShuffleBox | DecryptBox, by: str, beside: Beside) -> None:
    """Raises Unsound, Malformed, BadDecryption."""
    own = own_place(state, box, by)
    owner = own.owner if isinstance(own, Own) else 0
    made = act.shuffle if isinstance(act, ShuffleBox) else act.decryption
    step = _Step(box.phi, type(act), owner, box.last, made)
    if step in _SOUND:
        return
    election, before = read_election(box.asked.encode()), _to_decrypt(box, beside)
    if isinstance(act, ShuffleBox):
        after = shuffles.read_shuffle(GROUP, _there(beside, made))
        key = elgamal(GROUP, election.public_key)
        if not shuffles.verify(key, box.phi, shuffles.nh_ciphertexts(election, before), after):
            raise Unsound("the shuffle's proof does not hold")
    else:
        partial = decryption.read_partial_decryption(GROUP, _there(beside, made))
        keys = trustees_of(state.secret.registers[box.register]).keys
        X = keys[owner - 1].public_key
        decryption.verify(GROUP, box.phi, X, before, partial)
    _remember(_SOUND, step, None)


def _check_result(state: State, box: Box, act: StateResult, beside: Beside) -> None:
    """Raises Unsound, Malformed, BadResult unless the decryptions give this."""
    found = result_of(box, state.secret.registers[box.register], beside)
    (outcome,) = found
    if act.sums or not act.rankings:
        if tuple(act.sums) != outcome:
            raise Unsound("the decryptions give other sums")
        return
    groups = result.grouped(one for one in outcome if isinstance(one, tuple))
    said = [Ranking(one.weight, one.numbers) for one in act.rankings]
    if said != [Ranking(*one) for one in groups[box.stated : box.stated + len(said)]]:
        raise Unsound("the decryptions give other rankings")


def result_of(box: Box, register: Register, beside: Beside) -> Result:
    """What the decryptions of the box give. Raises Unsound, Malformed, BadResult."""
    of = (box.phi, box.last, *(part.data for part in box.decryptions))
    if of not in _RESULTS:
        partials = {part.owner: _there(beside, part.data) for part in box.decryptions}
        election: Election[Any] = read_election(box.asked.encode())
        keys = trustees_of(register)
        decrypted = _to_decrypt(box, beside)
        _remember(_RESULTS, of, boxes.result_of(election, keys, decrypted, partials, box.counted))
    return _RESULTS[of]


def _to_decrypt(box: Box, beside: Beside) -> EncryptedTally[Any]:
    last = _there(beside, box.last) if box.shuffles else None
    return boxes.to_decrypt(read_election(box.asked.encode()), _there(beside, box.tally), last)


def _remember(known: dict[Any, Any], of: Any, what: Any) -> None:
    while len(known) >= _MOST:
        del known[next(iter(known))]
    known[of] = what


def _there(beside: Beside, hash: str) -> bytes:
    data = beside(hash)
    if data is None:
        raise Unsound(f"{hash} is not on this server")
    return data
