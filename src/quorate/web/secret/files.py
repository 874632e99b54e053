"""What lies beside the record of a register: its file, its roll, and the roll that is to be
stated."""

from __future__ import annotations

from functools import lru_cache

from quorate.ballots import decryption, roll_of_keys, shuffles
from quorate.ballots.register import GROUP, trustees_of
from quorate.ballots.register_file import write
from quorate.chapters.secret.remembers import Register
from quorate.chapters.secret.whole import file_of
from quorate.store import ballot_files


def beside(hash: str) -> bytes:
    """Raises LookupError for what this server has not, or not as it was handed in."""
    data = ballot_files.there(hash)
    if data is None:
        raise LookupError(hash)
    return data


def whole_file(register: Register) -> bytes:
    """The register's file, as far as it has come: from when the trustees have their keys. Raises
    LookupError."""
    return write(file_of(register, beside)) if register.description else b""


def roll_to_state(register: Register) -> dict[str, object]:
    """The fields of ``secret.roll``, once all trustees have decrypted; nothing before, and after it
    stands. Raises LookupError."""
    under_way = register.closed is not None and not register.roll and not register.void
    if not under_way or len(register.decryptions) < len(register.trustees):
        return {}
    sent = tuple((one.certificate, one.polynomial, one.voutput) for one in register.trustees)
    parts = tuple((part.owner, part.data) for part in register.decryptions)
    roll, size = _roll(sent, register.mixes[-1].data, parts)
    return {
        "register": register.number,
        "roll": roll,
        "size": size,
        "without": len(register.counted) - size,
    }


@lru_cache(maxsize=4)
def _roll(
    sent: tuple[tuple[str, str, str], ...], mix: str, parts: tuple[tuple[int, str], ...]
) -> tuple[str, int]:
    """The roll and how many keys stand on it; kept, since pages ask for it again and again.
    ``sent``: what each trustee did in the three rounds. ``mix``, ``parts``: hashes of the last
    shuffle, and of the decryptions by owner."""
    keys = trustees_of(*([one.encode() for one in round] for round in zip(*sent, strict=True)))
    (mixed,) = shuffles.read_shuffle(GROUP, beside(mix)).ciphertexts
    partials = {
        owner: decryption.read_partial_decryption(GROUP, beside(data)) for owner, data in parts
    }
    roll = roll_of_keys.roll(keys, mixed, partials)
    return roll_of_keys.write_roll(roll).decode(), len(roll.keys)
