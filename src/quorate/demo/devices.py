"""What the devices of trustees and voters make, for the demo and for stories that are tested: from
what the record says, from what lies beside it, and from what only their owner keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quorate.ballots import (
    ballot,
    choices,
    claims,
    credentials,
    key_generation,
    key_messages,
    key_rounds,
    pki,
    shuffles,
    trustee,
)
from quorate.ballots import register as registers
from quorate.ballots.box import to_decrypt
from quorate.ballots.elections import read_election
from quorate.ballots.elgamal import elgamal
from quorate.ballots.register import GROUP, read_description
from quorate.ballots.register_file import Part
from quorate.ballots.result import grouped
from quorate.ballots.roll_of_keys import Listed
from quorate.ballots.tally import EncryptedTally
from quorate.ballots.trustee import TrusteeKey
from quorate.chapters.secret import whole
from quorate.chapters.secret.registers import certificates, polynomials
from quorate.chapters.secret.remembers import Box, Register
from quorate.chapters.secret.whole import Found
from quorate.store.box_door import result_of

Step = tuple[str, dict[str, Any]]
"""An act's name, and its fields."""


def signing_key(seed: str) -> str:
    """The key that is named together with a trustee of another organisation."""
    return GROUP.write(pki.keys(GROUP, seed).verification)


def key_round(found: Register, owner: int, seed: str) -> Step:
    """What the trustee in this place, from 1, sends next in the three rounds."""
    own = found.trustees[owner - 1]
    if not own.certificate:
        size, needed = len(found.trustees), found.rules.needed
        made = key_generation.certificate(GROUP, size, needed, owner, seed)
        return _sent(found, "secret.certify", "certificate", key_rounds.write_certificate(made))
    certs = tuple(key_rounds.read_certificate(GROUP, one) for one in certificates(found))
    if not own.polynomial:
        polynomial = key_generation.polynomial(GROUP, certs, seed)
        written = key_messages.write_polynomial(polynomial)
        return _sent(found, "secret.share", "polynomial", written)
    sent = key_rounds.read_polynomials(GROUP, polynomials(found))
    voutput = key_generation.voutput(GROUP, certs, key_generation.vinput(sent, owner), seed)
    return _sent(found, "secret.confirm", "voutput", key_messages.write_voutput(GROUP, voutput))


def _sent(found: Register, act: str, field: str, message: bytes) -> Step:
    return act, {"register": found.number, field: message.decode()}


def mix(found: Register, owner: int, seed: str, beside: Found) -> Step:
    keyed = whole.keyed(found)
    own = _key(found, owner, seed)
    part = trustee.mix(own, keyed.key, keyed.phi, found.last, _claims(found, beside))
    return "secret.mix", {"register": found.number, **_fields("shuffle", part)}


def decrypt_roll(found: Register, owner: int, seed: str, beside: Found) -> Step:
    own = _key(found, owner, seed)
    part = trustee.decrypt_roll(own, found.phi, found.last, _claims(found, beside))
    return "secret.decrypt_roll", {"register": found.number, **_fields("decryption", part)}


def shuffle_box(found: Register, box: Box, owner: int, seed: str, beside: Found) -> Step:
    own, election = _key(found, owner, seed), read_election(box.asked.encode())
    part = trustee.shuffle_box(own, election, box.phi, box.last, _tally(box, beside))
    return "secret.shuffle_box", {"election": box.election, **_fields("shuffle", part)}


def decrypt_box(found: Register, box: Box, owner: int, seed: str, beside: Found) -> Step:
    part = trustee.decrypt_box(_key(found, owner, seed), box.phi, box.last, _tally(box, beside))
    return "secret.decrypt_box", {"election": box.election, **_fields("decryption", part)}


def state_rankings(found: Register, box: Box, beside: Found) -> Step:
    """What came out of a box of rankings, where it fits into one entry."""
    (outcome,) = result_of(box, found, beside)
    every = (one for one in outcome if isinstance(one, tuple))
    rankings = [{"weight": many, "numbers": one} for many, one in grouped(every)]
    return "secret.result", {"election": box.election, "rankings": rankings}


def claim(found: Register, member: str, credential: str) -> Step:
    """The member claims this voting key."""
    key = elgamal(GROUP, read_description(found.description.encode()).public_key)
    made = claims.claim(key, found.phi, member, _secret(found, credential))
    return "secret.claim", {
        "register": found.number,
        "claim": claims.write_claim(GROUP, made).decode(),
    }


def ranked_ballot(found: Register, box: Box, credential: str, ranked: Sequence[int]) -> bytes:
    """What is cast with this voting key: candidates in their order, the first first."""
    asked = read_election(box.asked.encode())
    (question,) = asked.questions
    votes = choices.of_ranks(len(question.answers), [(one,) for one in ranked])
    secret = _secret(found, credential)
    made = ballot.cast(elgamal(GROUP, asked.public_key), asked, box.phi, secret, [votes])
    return ballot.write_ballot(asked, made)


def _secret(found: Register, credential: str) -> int:
    return credentials.secret(GROUP, found.phi, credential)


def _claims(found: Register, beside: Found) -> Listed:
    """What is mixed or decrypted next."""
    if not found.mixes:
        return whole.listed(found)
    (last,) = shuffles.read_shuffle(GROUP, beside(found.last)).ciphertexts
    return last


def _tally(box: Box, beside: Found) -> EncryptedTally[Any]:
    """What is shuffled or decrypted next."""
    last = beside(box.last) if box.shuffles else None
    return to_decrypt(read_election(box.asked.encode()), beside(box.tally), last)


def _key(found: Register, owner: int, seed: str) -> TrusteeKey:
    return trustee.key_of(owner, seed, found.trustees[owner - 1].voutput.encode())


def _fields(made: str, part: Part) -> dict[str, Any]:
    return {
        "before": part.before,
        made: part.data.decode(),
        "signature": registers.write_signature(part.signature).decode(),
    }
