"""A register as its own file has it: put together from what is remembered, and from what lies
beside the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quorate.ballots import claims, register, roll_of_keys, trustees
from quorate.ballots.register import GROUP
from quorate.ballots.register_file import Claimed, RegisterFile
from quorate.ballots.register_file import Part as FilePart
from quorate.ballots.roll_of_keys import Listed
from quorate.ballots.trustees import Trustees
from quorate.ballots.verify.register import Keyed, keyed_register
from quorate.chapters.secret.registers import certificates, polynomials, voutputs
from quorate.chapters.secret.remembers import Part, Register

Found = Callable[[str], bytes]
"""What has this hash."""


def trustees_of(found: Register) -> Trustees[bytes]:
    """The trustees of a register that has its key."""
    return register.trustees_of(certificates(found), polynomials(found), voutputs(found))


def keyed(found: Register) -> Keyed:
    """The register with its key."""
    keys = trustees.write_trustees(GROUP, trustees_of(found))
    return keyed_register(found.description.encode(), keys)[0]


def listed(found: Register) -> Listed:
    """The list before the mix, once it is closed."""
    return roll_of_keys.listed(
        claims.read_claim(GROUP, found.claims[voter].claim.encode()) for voter in found.counted
    )


def file_of(found: Register, beside: Found) -> RegisterFile:
    """The file of a register that is closed, as far as it has come."""
    made = (found.claims[voter] for voter in found.counted)
    return RegisterFile(
        found.description.encode(),
        trustees.write_trustees(GROUP, trustees_of(found)),
        tuple(sorted(Claimed(claim.by, claim.claim.encode()) for claim in made)),
        tuple(_parts(found.mixes, beside)),
        tuple(_parts(found.decryptions, beside)),
        beside(found.roll) if found.roll else None,
    )


def _parts(parts: Iterable[Part], beside: Found) -> Iterable[FilePart]:
    for part in parts:
        proof = register.read_signature(part.signature.encode())
        yield FilePart(part.owner, part.before, beside(part.data), proof)
