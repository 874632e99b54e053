"""The keeper has the server, and wants to vote for others: by the register of voting keys. Some
trustees may help. The record is one that the rules allow, as a server records it
that checks nothing at its door; then it is exported, signed, and checked.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from quorate.ballots import claims, credentials, decryption, register, roll_of_keys, shuffles
from quorate.ballots.register import GROUP
from quorate.ballots.register_file import Part
from quorate.ballots.roll_of_keys import RollOfKeys, hash_of
from quorate.chapters.clause import Occasion
from quorate.record import folder
from quorate.record.report import Report
from quorate.record.verify import verify
from support.by_hand import by_hand
from support.caught import RECEIPT, VERIFY, caught_by
from support.command import quorate, scripted, verified
from support.device import device
from support.exported import VERIFIER, exported
from support.key_register import KeyRegister, fresh_trustees
from support.pure import Pure
from support.secret_year import (
    closed,
    decrypt,
    in_secret,
    keyed,
    mix,
    register_of,
    rolled,
    state_roll,
    trustees,
)
from support.small import Small
from support.somewhere import copy_of
from support.year import delegates, delegates_elected

OWN = 5
"""The secret of the keeper's own key."""


@dataclass
class Held:
    small: Small
    keys: KeyRegister

    @property
    def pure(self) -> Pure:
        return self.small.pure


@pytest.fixture(scope="module")
def over() -> Held:
    """No key can be claimed any more."""
    small = delegates_elected(in_secret())
    keys = keyed(small)
    closed(small, keys)
    return Held(small, keys)


@pytest.fixture
def held(over: Held) -> Held:
    """A copy of it, to go on with."""
    keys = replace(over.keys, voters=dict(over.keys.voters), claimed=dict(over.keys.claimed))
    keys.shuffles, keys.decryptions = [], []
    return Held(copy_of(over.small), keys)


def checked(pure: Pure, path: Path) -> Report:
    return verify(folder.open_export(exported(pure, path / "out")), VERIFIER)


def findings(pure: Pure, path: Path) -> list[str]:
    report = checked(pure, path)
    assert not report.sound, "the attack was not found"
    return [finding.what for finding in report.findings]


def own_shuffle(held: Held, of: list[claims.Claim[bytes]]) -> bytes:
    """A shuffle with a proof that holds, of something else."""
    key, phi = held.keys.key, held.keys.phi
    mixed = roll_of_keys.mix(key, phi, roll_of_keys.listed(of))
    held.keys.mixed = mixed.ciphertexts[0]
    return shuffles.write_shuffle(GROUP, mixed)


def hand_in_shuffle(held: Held, owner: int, data: bytes) -> None:
    """By a trustee who helps, with their signature."""
    before = register_of(held.small).last
    said = register.mix_statement(held.keys.phi, owner, before, hash_of(data))
    signature = register.sign(held.keys.trusted.signing(owner), said)
    held.pure.do(
        trustees(held.small)[owner - 1],
        "secret.mix",
        register=1,
        before=before,
        shuffle=held.pure.beside(data),
        signature=register.write_signature(signature).decode(),
    )
    held.keys.shuffles.append(Part(owner, before, data, signature))


def go_on(held: Held, *mixers: int) -> None:
    """The others mix, all decrypt, and the roll is what comes out."""
    for owner in mixers:
        mix(held.small, held.keys, owner)
    for owner in (1, 2, 3):
        decrypt(held.small, held.keys, owner)
    state_roll(held.small, held.keys)


def honest_claims(held: Held) -> list[claims.Claim[bytes]]:
    return [claims.read_claim(GROUP, data) for data in held.keys.claimed.values()]


def test_nothing_done_to_it_is_sound(held: Held, tmp_path: Path) -> None:
    rolled(held.small, held.keys)
    report = checked(held.pure, tmp_path)
    assert report.sound, report.findings
    assert report.registers == 1


def test_a_register_that_has_not_come_to_its_roll_is_verified_so_far(
    held: Held, tmp_path: Path
) -> None:
    mix(held.small, held.keys, 1)
    report = checked(held.pure, tmp_path)
    assert report.sound, report.findings
    assert report.registers == 0


@caught_by(VERIFY)
def test_a_trustee_swaps_a_key_in_the_shuffle(held: Held, tmp_path: Path) -> None:
    """The keeper's key in a voter's place: the roll has as many keys as before."""
    fake = claims.claim(held.keys.key, held.keys.phi, "m-" + "a" * 16, OWN)
    hand_in_shuffle(held, 1, own_shuffle(held, [fake, *honest_claims(held)[1:]]))
    go_on(held, 2)
    assert GROUP.power(GROUP.g, OWN) in (held.keys.roll or RollOfKeys((), (), 0)).keys
    (found,) = findings(held.pure, tmp_path)
    assert "register 1 of voting keys does not hold: The shuffle of trustee 1" in found
    assert "it may add, change or drop keys" in found


@caught_by(VERIFY)
def test_the_last_trustee_drops_a_key_in_the_shuffle(held: Held, tmp_path: Path) -> None:
    """One voter less: stated as a claim that gave no key of its own."""
    mix(held.small, held.keys, 1)
    kept = [claims.claim(held.keys.key, held.keys.phi, "m-" + "a" * 16, n + 2) for n in range(11)]
    hand_in_shuffle(held, 2, own_shuffle(held, kept))
    go_on(held)
    assert register_of(held.small).size == 11
    (found,) = findings(held.pure, tmp_path)
    assert "The shuffle of trustee 2: its proof does not hold" in found


@caught_by(VERIFY)
def test_a_decryption_is_not_of_the_list(held: Held, tmp_path: Path) -> None:
    """A trustee hands in factors that turn a key into another."""
    for owner in (1, 2):
        mix(held.small, held.keys, owner)
    honest = roll_of_keys.decrypt(held.keys.phi, held.keys.trusted.decrypting(1), held.keys.mixed)
    (factors,) = honest.decryption_factors
    turned = (GROUP.multiply(factors[0], GROUP.power(GROUP.g, OWN)), *factors[1:])
    data = decryption.write_partial_decryption(GROUP, replace(honest, decryption_factors=(turned,)))
    said = register.decryption_statement(held.keys.phi, 1, held.keys.last, hash_of(data))
    signature = register.sign(held.keys.trusted.signing(1), said)
    held.pure.do(
        trustees(held.small)[0],
        "secret.decrypt_roll",
        register=1,
        before=held.keys.last,
        decryption=held.pure.beside(data),
        signature=register.write_signature(signature).decode(),
    )
    held.keys.decryptions.append(Part(1, held.keys.last, data, signature))
    for owner in (2, 3):
        decrypt(held.small, held.keys, owner)
    state_roll(held.small, held.keys)
    (found,) = findings(held.pure, tmp_path)
    assert "The decryption by trustee 1" in found or "The decryption of trustee 1" in found
    assert "does not hold" in found


def stated(held: Held, keys: tuple[bytes, ...]) -> None:
    """The keeper states a roll of these keys."""
    for owner in (1, 2):
        mix(held.small, held.keys, owner)
    for owner in (1, 2, 3):
        decrypt(held.small, held.keys, owner)
    data = roll_of_keys.write_roll(RollOfKeys(tuple(sorted(keys)), (), 0))
    held.pure.do(
        held.small.members["C2"][-1],
        "secret.roll",
        register=1,
        roll=held.pure.beside(data),
        size=len(keys),
        without=max(12 - len(keys), 0),
    )


def claimed_keys(held: Held) -> tuple[bytes, ...]:
    return tuple(GROUP.power(GROUP.g, x) for x in held.keys.voters.values())


@caught_by(VERIFY)
@pytest.mark.parametrize(
    "change",
    [
        lambda keys: (*keys[1:], GROUP.power(GROUP.g, OWN)),
        lambda keys: keys[1:],
    ],
    ids=["swapped", "left out"],
)
def test_the_keeper_states_another_roll(
    held: Held, change: Callable[[tuple[bytes, ...]], tuple[bytes, ...]], tmp_path: Path
) -> None:
    stated(held, change(claimed_keys(held)))
    (found,) = findings(held.pure, tmp_path)
    assert "The roll: it is not what the decryptions give" in found


@caught_by(VERIFY)
def test_the_keeper_adds_a_key_to_the_roll(held: Held, tmp_path: Path) -> None:
    """The rules know how many claims there are; with the true number stated the keys do not fit."""
    keys = (*claimed_keys(held), GROUP.power(GROUP.g, OWN))
    with pytest.raises(AssertionError, match=r"record\.ballots"):
        stated(held, keys)
    data = roll_of_keys.write_roll(RollOfKeys(tuple(sorted(keys)), (), 0))
    fields = {"register": 1, "roll": held.pure.beside(data), "size": 12, "without": 0}
    held.pure.do(held.small.members["C2"][-1], "secret.roll", **fields)
    (found,) = findings(held.pure, tmp_path)
    assert "The roll: it is not what the decryptions give" in found


@caught_by(VERIFY)
def test_the_roll_states_another_number_than_it_has(held: Held, tmp_path: Path) -> None:
    for owner in (1, 2):
        mix(held.small, held.keys, owner)
    for owner in (1, 2, 3):
        decrypt(held.small, held.keys, owner)
    data = roll_of_keys.write_roll(held.keys.make_roll())
    fields = {"register": 1, "roll": held.pure.beside(data), "size": 11, "without": 1}
    held.pure.do(held.small.members["C2"][-1], "secret.roll", **fields)
    (found,) = findings(held.pure, tmp_path)
    assert found.startswith("states a roll of 11 keys and 1 claims without one")


@caught_by(VERIFY)
@pytest.mark.parametrize("act", ["secret.mix", "secret.decrypt_roll", "secret.roll"])
def test_a_hash_has_no_file(held: Held, act: str, tmp_path: Path) -> None:
    rolled(held.small, held.keys)
    found = register_of(held.small)
    gone = {
        "secret.mix": found.mixes[0].data,
        "secret.decrypt_roll": found.decryptions[1].data,
        "secret.roll": found.roll,
    }[act]
    del held.pure.files[gone]
    report = checked(held.pure, tmp_path)
    assert [one.act for one in report.findings] == [act]
    assert "that it names is missing from this export" in report.findings[0].what


@caught_by(VERIFY)
def test_a_file_is_put_in_the_place_of_another(held: Held, tmp_path: Path) -> None:
    rolled(held.small, held.keys)
    first, second = (part.data for part in register_of(held.small).mixes)
    held.pure.files[first] = held.pure.files[second]
    report = checked(held.pure, tmp_path)
    assert [one.act for one in report.findings] == ["secret.mix"]
    assert "is not the one that it names: it was changed" in report.findings[0].what


@caught_by(VERIFY)
def test_a_file_is_put_there_that_no_entry_names(held: Held, tmp_path: Path) -> None:
    rolled(held.small, held.keys)
    out = exported(held.pure, tmp_path / "out")
    (out / "ballots" / f"{'ab' * 32}.json").write_text("[]")
    report = verify(folder.open_export(out), VERIFIER)
    assert ["named by no entry" in one.what for one in report.findings] == [True]


def changed_entry(pure: Pure, act: str, **fields: Any) -> int:
    """The first entry of this act with these fields in the place of its own."""
    for place, (occasion, done) in enumerate(pure.entries):
        if type(done).__name__ == act:
            pure.entries[place] = (occasion, replace(done, **fields))
            return place
    raise AssertionError(act)


@caught_by(VERIFY)
def test_a_voter_copies_anothers_claim(held: Held, tmp_path: Path) -> None:
    first = next(by.by for by, act in held.pure.entries if type(act).__name__ == "ClaimKey")
    made = register_of(held.small).claims.values()
    others = next(one.claim for one in made if one.by != first)
    place = changed_entry(held.pure, "ClaimKey", claim=others)
    report = checked(held.pure, tmp_path)
    assert report.findings[0].entry == place
    assert "no claim of yours in this register" in report.findings[0].what


@caught_by(VERIFY, RECEIPT)
def test_a_claim_is_left_out(held: Held, tmp_path: Path) -> None:
    """The record without a voter's entry: the list that was mixed is another; and the voter has a
    receipt."""
    rolled(held.small, held.keys)
    place = next(
        n for n, (_, act) in enumerate(held.pure.entries) if type(act).__name__ == "ClaimKey"
    )
    del held.pure.entries[place]
    later = [
        (occasion._replace(sequence=number), act)
        for number, (occasion, act) in enumerate(held.pure.entries)
    ]
    held.pure.entries[:] = later
    (found, *_) = checked(held.pure, tmp_path).findings
    assert found.act == "secret.mix"
    assert "not made from what stands there now" in found.what


@caught_by(VERIFY)
def test_the_keeper_claims_for_a_member_who_has_a_device(held: Held, tmp_path: Path) -> None:
    small = delegates_elected(in_secret())
    keys = keyed(small)
    member = delegates(small)[0]
    phone = device(1)
    small.pure.do(member, "devices.add", public=phone.public)
    small.pure.go_to(small.pure.time + 48 * 60 * 60 * 1000)
    fields = {"register": 1, "claim": keys.claim(member).decode()}
    assert small.pure.tried_signed(phone, member, "secret.claim", **fields) is None
    x = credentials.secret(GROUP, keys.phi, credentials.new_credential())
    own = claims.write_claim(GROUP, claims.claim(keys.key, keys.phi, member, x)).decode()
    occasion, act = small.pure.entries[-1]
    again = Occasion(occasion.sequence + 1, occasion.time, member)
    small.pure.entries.append((again, replace(act, claim=own)))
    (found, *_) = checked(small.pure, tmp_path).findings
    assert found.rule == "signing.acts"


@caught_by(VERIFY)
def test_the_server_mixes_in_a_trustees_name(held: Held, tmp_path: Path) -> None:
    rolled(held.small, held.keys)
    data = own_shuffle(held, honest_claims(held))
    place = changed_entry(held.pure, "Mix", shuffle=held.pure.beside(data))
    report = checked(held.pure, tmp_path)
    assert report.findings[0].entry == place
    assert "not signed with the key of your certificate" in report.findings[0].what


@caught_by(VERIFY)
def test_the_server_makes_a_key_in_a_trustees_place(held: Held, tmp_path: Path) -> None:
    """Of another organisation: its key was named, and the server does not have it."""
    forged = fresh_trustees(2, ("x" * 22, "y" * 22, "z" * 22))
    for place, (occasion, act) in enumerate(held.pure.entries):
        if type(act).__name__ == "Certify" and occasion.by.startswith("t-"):
            cert = forged.certs[2].decode()
            held.pure.entries[place] = (occasion, replace(act, certificate=cert))
            break
    (found, *_) = checked(held.pure, tmp_path).findings
    assert found.act == "secret.certify"
    assert "not signed with the key that was named for you" in found.what


# In a real database.

SCRIPT = Path(__file__).parents[1] / "support" / "staged_register.py"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("register") / "org"
    said: dict[str, str] = json.loads(scripted(SCRIPT, path, "held"))
    return path, said


@pytest.fixture
def organisation(stored: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(stored[0], tmp_path / "org"))


def found_in(organisation: Path) -> list[str]:
    out = organisation.parent / "out"
    quorate("export", organisation, out)
    report = verified(out, "--key", organisation / "record.vkey")
    assert not report["sound"], "the attack was not found"
    return [finding["what"] for finding in report["findings"]]


@caught_by(VERIFY)
def test_the_door_takes_nothing_that_does_not_hold(
    stored: tuple[Path, dict[str, str]], organisation: Path
) -> None:
    _, said = stored
    assert {what for what, why in said.items() if not why} == {
        "an honest shuffle",
        "a second shuffle",
        "decryption 1",
        "decryption 2",
        "decryption 3",
        "the roll",
    }
    for what in ("that drops a claim", "of other claims"):
        assert said[f"a shuffle {what}"].startswith("record.ballots: The shuffle is not taken")
    assert said["a decryption with another's key"].startswith("record.ballots: The decryption is")
    for what in ("a key swapped", "a key left out"):
        assert said[f"a roll with {what}"].startswith("record.ballots: The roll is not taken")
    out = organisation.parent / "out"
    quorate("export", organisation, out)
    report = verified(out, "--key", organisation / "record.vkey")
    assert report["sound"], report["findings"]
    assert report["registers"] == 1


def test_the_database_forbids_it(organisation: Path) -> None:
    with sqlite3.connect(organisation / "quorate.sqlite3") as database:
        for statement in (
            "DELETE FROM store_ballotfile",
            "UPDATE store_ballotfile SET data = x'00'",
        ):
            with pytest.raises(sqlite3.DatabaseError, match="stay as they were handed in"):
                database.execute(statement)


@caught_by(VERIFY)
def test_a_roll_is_exchanged_in_the_database(organisation: Path) -> None:
    with by_hand(organisation) as database:
        done = database.execute(
            "UPDATE store_ballotfile SET data = ? WHERE substr(data, 1, 2) = CAST(? AS BLOB)",
            (b"[]", '["'),
        )
        assert done.rowcount == 1
    (found,) = found_in(organisation)
    assert "the roll of keys in this export is not the one that it names" in found


@caught_by(VERIFY)
def test_a_shuffle_is_deleted_in_the_database(organisation: Path) -> None:
    with by_hand(organisation) as database:
        database.execute(
            "DELETE FROM store_ballotfile WHERE substr(data, 1, 14) = ?", (b'{"ciphertexts"',)
        )
    assert ["the shuffle that it names is missing" in what for what in found_in(organisation)] == [
        True,
        True,
    ]


def test_a_backup_holds_it_and_gives_it_back(organisation: Path) -> None:
    backup, keys = organisation.parent / "backup", organisation.parent / "keys"
    quorate("backup", organisation, backup, "--keys", keys)
    restored = organisation.parent / "restored"
    quorate("restore", backup, restored, "--keys", keys)
    out = restored.parent / "out"
    quorate("export", restored, out)
    report = verified(out, "--key", restored / "record.vkey")
    assert report["sound"], report["findings"]
    assert report["registers"] == 1
