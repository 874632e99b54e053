"""Verifying many ballots, on as many processes as are wanted: nearly all of the work is here."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from quorate.ballots import ballot, recomputed
from quorate.ballots.elections import Election, fingerprint, read_election
from quorate.ballots.elgamal import ElGamal, elgamal
from quorate.ballots.homomorphic import Invalid

_AT_ONCE = 32
"""Ballots that a process takes at a time; fewer than two such are not worth a process."""

_WORTH_A_KERNEL = 500
"""Ballots whose check takes longer than loading one."""


class Checker:
    """Verifies ballots of one election. ``election``: its bytes."""

    def __init__(self, election: bytes) -> None:
        self.election: Election[Any] = read_election(election)
        self.phi = fingerprint(election)
        self.key: ElGamal[Any] = elgamal(self.election.group, self.election.public_key)

    def fault(self, data: bytes) -> str | None:
        """What is wrong with a ballot that is known to be in form, or None."""
        read = ballot.read_ballot(self.election, data)
        try:
            ballot.verify(self.key, self.election, self.phi, read)
        except Invalid as error:
            return str(error)
        return None

    def fault_of_proofs(self, data: bytes) -> str | None:
        """The same of the proofs in its answers only."""
        read = ballot.read_ballot(self.election, data)
        try:
            ballot.verify_answers(self.key, self.election, self.phi, read)
        except Invalid as error:
            return str(error)
        return None


def faults(election: bytes, ballots: Sequence[bytes], processes: int) -> list[str | None]:
    """For each ballot what is wrong with it, or None. ``processes``: how many to use."""
    if processes < 2 or len(ballots) < 2 * _AT_ONCE:
        if len(ballots) >= _WORTH_A_KERNEL:
            recomputed.load_kernel()
        checker = Checker(election)
        return [checker.fault(data) for data in ballots]
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(election,)) as pool:
        return list(pool.map(_fault, ballots, chunksize=_AT_ONCE))


_checker: Checker


def _begin(election: bytes) -> None:
    global _checker
    recomputed.load_kernel()
    _checker = Checker(election)


def _fault(data: bytes) -> str | None:
    return _checker.fault(data)
