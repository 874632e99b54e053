"""What lies beside the record of a register: its file, its roll, and the roll that is to be
stated."""

from __future__ import annotations

from quorate.ballots import decryption, roll_of_keys, shuffles
from quorate.ballots.register import GROUP
from quorate.ballots.register_file import write
from quorate.chapters.secret.remembers import Register
from quorate.chapters.secret.whole import file_of, trustees_of
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
    mixed = shuffles.read_shuffle(GROUP, beside(register.mixes[-1].data))
    partials = {
        part.owner: decryption.read_partial_decryption(GROUP, beside(part.data))
        for part in register.decryptions
    }
    (listed,) = mixed.ciphertexts
    roll = roll_of_keys.roll(trustees_of(register), listed, partials)
    return {
        "register": register.number,
        "roll": roll_of_keys.write_roll(roll).decode(),
        "size": len(roll.keys),
        "without": len(register.counted) - len(roll.keys),
    }
