"""Registers of voting keys: what comes out is what was claimed, and nothing else passes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots import claims, credentials, register, roll_of_keys, shuffles
from quorate.ballots.claims import Claim
from quorate.ballots.common import Ciphertext, Proof
from quorate.ballots.credentials import NotACredential
from quorate.ballots.homomorphic import Invalid
from quorate.ballots.json_form import Malformed, dump, parse
from quorate.ballots.non_homomorphic import NonHomomorphicAnswer, encrypt_element
from quorate.ballots.register import GROUP
from quorate.ballots.register_file import BadRegisterFile, Claimed, RegisterFile, read, write
from quorate.ballots.roll_of_keys import hash_of
from quorate.ballots.verify.register import verify
from support.edwards import Q
from support.key_register import RECORD, KeyRegister, fresh_trustees, held, trusted, voter

Change = Callable[[RegisterFile, KeyRegister], RegisterFile]


@pytest.fixture(scope="module")
def whole() -> KeyRegister:
    return held(5)


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 6), st.sampled_from([(1, 2, (2,)), (2, 3, (3, 1)), (2, 3, (1, 2, 3))]))
def test_the_roll_is_what_was_claimed(
    voters: int, trustees: tuple[int, int, tuple[int, ...]]
) -> None:
    needed, size, mixers = trustees
    made = held(voters, needed, size, mixers)
    own = sorted(GROUP.power(GROUP.g, x) for x in made.voters.values())
    assert made.roll is not None
    assert list(made.roll.keys) == own
    report = verify(made.content)
    assert report.findings == ()
    assert report.roll == made.roll
    assert report.claims == voters


def test_a_register_is_verified_as_far_as_it_has_come(whole: KeyRegister) -> None:
    lines = whole.content.splitlines(keepends=True)
    for length in range(len(lines) + 1):
        report = verify(b"".join(lines[:length]))
        if length == 1:
            assert "begins with" in report.findings[0].why
        else:
            assert report.sound, (length, report.findings)
        assert (report.roll is not None) == (length >= len(lines) - 1)


def test_a_key_that_two_claim_stands_on_the_roll_once_and_is_named() -> None:
    made = KeyRegister(trusted(2, 3))
    for number in range(3):
        made.claim(voter(number))
    x = made.voters[voter(0)]
    again = claims.claim(made.key, made.phi, voter(9), x)
    made.claimed[voter(9)] = claims.write_claim(GROUP, again)
    made.close()
    for owner in (1, 2):
        made.mix(owner)
    for owner in (1, 2, 3):
        made.decrypt(owner)
    roll = made.make_roll()
    own = GROUP.power(GROUP.g, x)
    assert (len(roll.keys), roll.repeated, roll.empty) == (3, (own,), 0)
    report = verify(made.content)
    assert report.sound
    assert any(GROUP.write(own) in said for said in report.checked)


def test_a_claim_of_the_neutral_element_gives_no_key() -> None:
    made = KeyRegister(trusted(2, 3))
    made.claim(voter(1))
    with pytest.raises(ValueError, match="neutral"):
        claims.claim(made.key, made.phi, voter(0), Q)
    nobody = encrypt_element(made.key, f"claim|{made.phi}|{voter(0)}", GROUP.one)
    made.claimed[voter(0)] = claims.write_claim(GROUP, nobody)
    made.close()
    for owner in (1, 2):
        made.mix(owner)
    for owner in (1, 2, 3):
        made.decrypt(owner)
    assert (len(made.make_roll().keys), made.make_roll().empty) == (1, 1)
    assert verify(made.content).sound


def test_a_claim_is_as_the_page_says(whole: KeyRegister) -> None:
    """By the formula, with Python's own hash."""
    who = voter(0)
    claim = parse(whole.claimed[who])
    alpha, beta = claim["choices"]["alpha"], claim["choices"]["beta"]
    challenge, response = (int(claim["proof"][name]) for name in ("challenge", "response"))
    y = GROUP.write(whole.description.public_key)
    A = GROUP.multiply(GROUP.power(GROUP.g, response), GROUP.power(GROUP.read(alpha), challenge))
    text = f"raweg|claim|{whole.phi}|{who}|{y},{alpha},{beta}|{GROUP.write(A)}"
    assert int(sha256(text.encode()).hexdigest(), 16) % Q == challenge


def test_the_key_of_a_credential_is_as_the_page_says(whole: KeyRegister) -> None:
    credential = credentials.new_credential()
    digits = "".join(
        sha256(f"derive_credential|{whole.phi}|{i}|{credential}".encode()).hexdigest()
        for i in range(2)
    )
    assert credentials.secret(GROUP, whole.phi, credential) == int(digits, 16) % Q
    with pytest.raises(NotACredential):
        credentials.secret(GROUP, whole.phi, credential[:-1])


def _claim(register: KeyRegister) -> Claim[bytes]:
    return claims.read_claim(GROUP, register.claimed[voter(0)])


def _made_from(claim: Claim[bytes], key: bytes, by: int) -> Claim[bytes]:
    """Another encryption of the same key, made without knowing it, with a proof for the rest."""
    alpha = GROUP.multiply(claim.choices.alpha, GROUP.power(GROUP.g, by))
    beta = GROUP.multiply(claim.choices.beta, GROUP.power(key, by))
    response = (claim.proof.response - by * claim.proof.challenge) % Q
    return NonHomomorphicAnswer(Ciphertext(alpha, beta), Proof(claim.proof.challenge, response))


def test_nobody_hands_in_a_claim_that_is_not_their_own(whole: KeyRegister) -> None:
    own = _claim(whole)
    claims.verify(whole.key, whole.phi, voter(0), own)
    other = KeyRegister(whole.trusted, number=2)
    elsewhere = KeyRegister(whole.trusted, record=f"{RECORD}/other")
    bad = [
        (whole.phi, voter(1), own),
        (other.phi, voter(0), own),
        (elsewhere.phi, voter(0), own),
        (whole.phi, voter(0), _made_from(own, whole.description.public_key, 7)),
        (whole.phi, voter(1), _made_from(own, whole.description.public_key, 7)),
        (whole.phi, voter(0), replace(own, choices=Ciphertext(own.choices.alpha, bytes(32)))),
        (whole.phi, voter(0), replace(own, choices=Ciphertext(bytes(32), own.choices.beta))),
        (
            whole.phi,
            voter(0),
            replace(own, proof=Proof(own.proof.challenge, own.proof.response ^ 1)),
        ),
    ]
    for phi, who, claim in bad:
        with pytest.raises(Invalid):
            claims.verify(whole.key, phi, who, claim)


def test_a_claim_is_read_in_one_form_only(whole: KeyRegister) -> None:
    data = whole.claimed[voter(0)]
    for other in (data + b"\n", data.replace(b":", b": ", 1), data.upper(), b"{}", b"[]", b""):
        with pytest.raises(Malformed):
            claims.read_claim(GROUP, other)


DESCRIPTION = (
    '{"version":1,"record":"r","register":1,"group":"Ed25519",'
    f'"public_key":"{"11" * 32}","trustees":"{"22" * 32}"}}'
)


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ('"version":1', '"version":2'),
        ('"Ed25519"', '"BELENIOS-2048"'),
        ('"version":1,"record":"r"', '"record":"r","version":1'),
        ('"register":1', '"register":"1"'),
        ('"register":1', '"register": 1'),
        ("22" * 32, "22" * 31),
        (",", ',"more":1,'),
    ],
)
def test_a_description_is_read_in_one_form_only(part: str, other: str) -> None:
    assert register.read_description(DESCRIPTION.encode()).register == 1
    with pytest.raises(Malformed):
        register.read_description(DESCRIPTION.replace(part, other, 1).encode())


# What somebody with the file can do to it, and what is found.


def _swapped(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    """A key of the administrator's in a voter's place, in a claim that they made."""
    fresh = claims.write_claim(GROUP, claims.claim(made.key, made.phi, voter(1), 5))
    return replace_claim(file, 0, Claimed(voter(0), fresh))


def replace_claim(file: RegisterFile, place: int, claim: Claimed) -> RegisterFile:
    return file._replace(claims=(*file.claims[:place], claim, *file.claims[place + 1 :]))


def _copied(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    return replace_claim(file, 1, Claimed(file.claims[1].voter, file.claims[0].claim))


def _one_less(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    return file._replace(claims=file.claims[:-1])


def _one_more(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    who = voter(30)
    added = claims.write_claim(GROUP, claims.claim(made.key, made.phi, who, 5))
    return file._replace(claims=tuple(sorted((*file.claims, Claimed(who, added)))))


def _resigned(file: RegisterFile, made: KeyRegister, data: bytes) -> RegisterFile:
    """The first shuffle is another one, and its trustee signs it."""
    first = file.shuffles[0]
    said = register.mix_statement(made.phi, first.owner, first.before, hash_of(data))
    part = first._replace(data=data, signature=register.sign(made.trusted.signing(1), said))
    return file._replace(shuffles=(part, *file.shuffles[1:]))


def _dropping(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    shuffle = parse(file.shuffles[0].data)
    shuffle["ciphertexts"][0].pop()
    return _resigned(file, made, dump(shuffle))


def _doubling(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    """A ciphertext in the place of another: a key twice, and one left out."""
    shuffle = parse(file.shuffles[0].data)
    shuffle["ciphertexts"][0][0] = shuffle["ciphertexts"][0][1]
    return _resigned(file, made, dump(shuffle))


def _of_others(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    """A proper shuffle, of claims of the trustee's own making."""
    own = [claims.claim(made.key, made.phi, voter(n), n + 1) for n in range(5)]
    mixed = roll_of_keys.mix(made.key, made.phi, roll_of_keys.listed(own))
    return _resigned(file, made, shuffles.write_shuffle(GROUP, mixed))


def _unsigned(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    """The server shuffles in a trustee's name."""
    mixed = roll_of_keys.mix(
        made.key,
        made.phi,
        roll_of_keys.listed([claims.read_claim(GROUP, c.claim) for c in file.claims]),
    )
    first = file.shuffles[0]._replace(data=shuffles.write_shuffle(GROUP, mixed))
    return file._replace(shuffles=(first, *file.shuffles[1:]))


def _one_mixer(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    alone = held(5, mixers=(1,))
    return alone.file


def _twice_the_same(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    return held(5, mixers=(1, 1)).file


def _fourth(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    return file._replace(shuffles=(file.shuffles[0]._replace(owner=4), file.shuffles[1]))


def _order(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    return file._replace(shuffles=file.shuffles[::-1])


def _without(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    return file._replace(shuffles=())


def _two_of_three(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    return file._replace(decryptions=file.decryptions[:2])


def _with_another_key(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    """A trustee decrypts with another's key, and signs it."""
    first, second, third = file.decryptions
    said = register.decryption_statement(made.phi, 1, first.before, hash_of(second.data))
    signature = register.sign(made.trusted.signing(1), said)
    lent = first._replace(data=second.data, signature=signature)
    return file._replace(decryptions=(lent, second, third))


def _earlier(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    """A decryption of the first shuffle stands for one of the last."""
    first = file.decryptions[0]._replace(before=hash_of(file.shuffles[0].data))
    return file._replace(decryptions=(first, *file.decryptions[1:]))


def _roll_with(file: RegisterFile, keys: tuple[bytes, ...]) -> RegisterFile:
    roll = roll_of_keys.RollOfKeys(tuple(sorted(keys)), (), 0)
    return file._replace(roll=roll_of_keys.write_roll(roll))


def _key_added(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    assert made.roll is not None
    return _roll_with(file, (*made.roll.keys, GROUP.power(GROUP.g, 5)))


def _key_swapped(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    assert made.roll is not None
    return _roll_with(file, (*made.roll.keys[1:], GROUP.power(GROUP.g, 5)))


def _key_left_out(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    assert made.roll is not None
    return _roll_with(file, made.roll.keys[1:])


def _other_trustees(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    other = KeyRegister(fresh_trustees(2, tuple(made.trusted.seeds)))
    return file._replace(trustees=other.file.trustees)


def _own_key(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    """The key of the register is the administrator's."""
    forged = replace(made.description, public_key=GROUP.power(GROUP.g, 3))
    return file._replace(description=register.write_description(forged))


def _other_record(file: RegisterFile, made: KeyRegister) -> RegisterFile:
    forged = replace(made.description, record="elsewhere.example.org")
    return file._replace(description=register.write_description(forged))


TAMPERED: list[tuple[Change, str, str]] = [
    (_swapped, "claim", "does not hold"),
    (_copied, "claim", "does not hold"),
    (_one_less, "shuffle", "not made from what stood before"),
    (_one_more, "shuffle", "not made from what stood before"),
    (_dropping, "shuffle", "proof does not hold"),
    (_doubling, "shuffle", "proof does not hold"),
    (_of_others, "shuffle", "proof does not hold"),
    (_unsigned, "shuffle", "have not signed it"),
    (_one_mixer, "shuffle", "2 are needed"),
    (_twice_the_same, "shuffle", "not their first"),
    (_fourth, "shuffle", "no such trustee"),
    (_order, "shuffle", "not made from what stood before"),
    (_without, "shuffle", "without a shuffle"),
    (_two_of_three, "decryption", "2 of 3 trustees"),
    (_with_another_key, "decryption", "does not hold"),
    (_earlier, "decryption", "not made from what stood before"),
    (_key_added, "roll", "not what the decryptions give"),
    (_key_swapped, "roll", "not what the decryptions give"),
    (_key_left_out, "roll", "not what the decryptions give"),
    (_other_trustees, "trustees", "key is not theirs"),
    (_own_key, "trustees", "key is not theirs"),
    (_other_record, "claim", "does not hold"),
]


@pytest.mark.parametrize(
    ("change", "kind", "why"), TAMPERED, ids=[change.__name__ for change, _, _ in TAMPERED]
)
def test_what_was_tampered_with_is_found(
    change: Change, kind: str, why: str, whole: KeyRegister
) -> None:
    assert verify(whole.content).sound
    report = verify(write(change(whole.file, whole)))
    assert report.findings
    assert report.findings[0].kind == kind, report.findings
    assert why in report.findings[0].why


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_byte_can_be_changed(data: st.DataObject) -> None:
    made = _small()
    at = data.draw(st.integers(0, len(made) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != made[at]))
    report = verify(made[:at] + bytes([other]) + made[at + 1 :])
    assert not report.sound


def _small() -> bytes:
    if not _SMALL:
        _SMALL.append(held(2).content)
    return _SMALL[0]


_SMALL: list[bytes] = []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "does not hold|not their only"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "line 2: a description"),
        (lambda lines: [lines[0], lines[0], *lines[1:]], "line 2: a description"),
        (lambda lines: [*lines[:2], *lines[3:5], lines[2]], "does not belong|made from"),
        (lambda lines: [*lines, b'{"more":1}\n'], "not one of"),
        (lambda lines: [*lines[:-1], lines[-1].rstrip()], "breaks off"),
        (lambda lines: [lines[0].replace(b":", b": ", 1), *lines[1:]], "line 1: not as it would"),
        (lambda lines: [*lines[:2], b'{"claim":{},"voter":"m-a"}\n'], "line 3: not as it would"),
        (lambda lines: [*lines[:2], b'{"voter":1,"claim":{}}\n'], "not a string"),
        (lambda lines: [*lines[:2], b'{"voter":"m-a","claim":{},"roll":[]}\n'], "not one of"),
        (lambda lines: [b"\xff\n"], "line 1: not JSON"),
        (lambda lines: [b"\n"], "line 1: not JSON"),
    ],
)
def test_a_file_is_read_in_one_form_only(
    change: Callable[[list[bytes]], list[bytes]], why: str
) -> None:
    report = verify(b"".join(change(_small().splitlines(keepends=True))))
    assert report.findings
    assert re.search(why, report.findings[0].why), report.findings


def test_a_file_is_read_as_it_was_written(whole: KeyRegister) -> None:
    assert read(whole.content) == whole.file
    with pytest.raises(BadRegisterFile):
        read(whole.content[:-1])
