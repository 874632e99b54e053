"""A register of voting keys in a real database. Run by tests, each step in a process of its own:
python staged_register.py FOLDER STEP [MORE …]. Says one JSON object.

    held [DATABASE] from the call to the roll, with what somebody tries on the way: what was tried →
                    rule and reason of the refusal, "" where it was taken
    called          a new organisation has called its convention just now, by the real clock: who
                    names which trustee
    shown URL …     what the API shows at these addresses
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from quorate.ballots import claims, decryption, register, roll_of_keys, shuffles
from quorate.ballots.json_form import dump, parse
from quorate.ballots.register import GROUP
from quorate.ballots.roll_of_keys import RollOfKeys, hash_of
from quorate.chapters.clause import Refusal
from quorate.organisation import BadAct
from support.key_register import KeyRegister
from support.secret_year import closed, in_secret, keyed, register_of, trustees
from support.small import Small
from support.staged import made, shown, staged
from support.stored import Stored
from support.year import called as called_convention
from support.year import delegates, delegates_elected

Fields = dict[str, Any]


class Trying:
    """Hands acts in as every border does, and keeps what is said."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.said: dict[str, str] = {}

    def tries(self, what: str, by: str, act: str, fields: Fields) -> None:
        from quorate.store.handing_in import hand_in

        self.stored.lane.clock.time = self.stored.time
        try:
            answer = self.stored.lane.submit(hand_in(act, {"register": 1, **fields}, by))
        except BadAct as error:
            self.said[what] = str(error)
            return
        self.said[what] = f"{answer.rule}: {answer.because}" if isinstance(answer, Refusal) else ""
        self.stored.state = self.stored.lane.standing.state


def held(folder: Path, database: str = "") -> dict[str, str]:
    made(folder, database)
    stored = staged(folder)
    small = delegates_elected(in_secret(stored))
    own = keyed(small)
    closed(small, own)
    trying = Trying(stored)
    who = trustees(small)
    mixed(trying, small, own, who)
    decrypted(trying, small, own, who)
    stated(trying, small, own)
    return trying.said


def mixed(trying: Trying, small: Small, own: KeyRegister, who: list[str]) -> None:
    before, listed = own.last, own.mixed

    def shuffle(data: bytes) -> Fields:
        """Any shuffle, signed by the first trustee."""
        said = register.mix_statement(own.phi, 1, before, hash_of(data))
        signature = register.sign(own.trusted.signing(1), said)
        return {
            "before": before,
            "shuffle": data.decode(),
            "signature": register.write_signature(signature).decode(),
        }

    honest = own.mix(1)
    good = shuffle(honest.data)
    dropped = parse(honest.data)
    dropped["ciphertexts"][0].pop()
    others = [claims.claim(own.key, own.phi, member, 7) for member in delegates(small)]
    other = roll_of_keys.mix(own.key, own.phi, roll_of_keys.listed(others))
    tries = {
        "a shuffle that drops a claim": shuffle(dump(dropped)),
        "a shuffle of other claims": shuffle(shuffles.write_shuffle(GROUP, other)),
        "a shuffle that cannot be read": shuffle(b'{"ciphertexts":[]}'),
        "no shuffle": good | {"shuffle": 1},
        "a hash in a shuffle's place": shuffle(hash_of(honest.data).encode()),
        "an honest shuffle": good,
        "the same again": good,
    }
    for what, fields in tries.items():
        trying.tries(what, who[0], "secret.mix", fields)
    assert listed != own.mixed
    second = own.mix(2)
    signature = register.write_signature(second.signature).decode()
    fields = {"before": second.before, "shuffle": second.data.decode(), "signature": signature}
    trying.tries("a second shuffle", who[1], "secret.mix", fields)


def decrypted(trying: Trying, small: Small, own: KeyRegister, who: list[str]) -> None:
    def decryption_by(owner: int, data: bytes) -> Fields:
        said = register.decryption_statement(own.phi, owner, own.last, hash_of(data))
        signature = register.sign(own.trusted.signing(owner), said)
        return {
            "before": own.last,
            "decryption": data.decode(),
            "signature": register.write_signature(signature).decode(),
        }

    lent = roll_of_keys.decrypt(own.phi, own.trusted.decrypting(2), own.mixed)
    data = decryption.write_partial_decryption(GROUP, lent)
    what = "a decryption with another's key"
    trying.tries(what, who[0], "secret.decrypt_roll", decryption_by(1, data))
    for owner in (1, 2, 3):
        fields = decryption_by(owner, own.decrypt(owner).data)
        trying.tries(f"decryption {owner}", who[owner - 1], "secret.decrypt_roll", fields)


def stated(trying: Trying, small: Small, own: KeyRegister) -> None:
    roll = own.make_roll()
    foreign = GROUP.power(GROUP.g, 5)
    keys = {
        "a roll with a key swapped": ((*roll.keys[1:], foreign), 0),
        "a roll with a key left out": (roll.keys[1:], 1),
        "a roll with one too many": ((*roll.keys, foreign), -1),
        "the roll": (roll.keys, 0),
    }
    for what, (listed, less) in keys.items():
        written = roll_of_keys.write_roll(RollOfKeys(tuple(sorted(listed)), (), 0))
        fields = {"roll": written.decode(), "size": len(listed), "without": max(less, 0)}
        trying.tries(what, small.members["C2"][-1], "secret.roll", fields)
    assert register_of(small).roll == hash_of(roll_of_keys.write_roll(roll))


def called(folder: Path) -> dict[str, str]:
    made(folder)
    stored = staged(folder)
    stored.time = time.time_ns() // 1_000_000 - 60_000
    small = called_convention(in_secret(stored))
    stored.let_fall_due()
    offices = ("steering-committee", "credentials-committee")
    return {office: small.holder(office) for office in offices}


STEPS = {
    "held": held,
    "called": called,
    "shown": lambda folder, *more: shown(staged(folder), *more),
}

if __name__ == "__main__":
    folder, step, *more = sys.argv[1:]
    print(json.dumps(STEPS[step](Path(folder), *more)))
