"""A register of voting keys with claims, shuffles and decryptions that browsers make."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from quorate.ballots import claims, credentials, register, roll_of_keys, trustees
from quorate.ballots.homomorphic import Invalid
from quorate.ballots.register import GROUP
from quorate.ballots.register_file import Claimed, Part, RegisterFile, write
from quorate.ballots.roll_of_keys import hash_of
from quorate.ballots.shuffles import read_shuffle
from quorate.ballots.verify.register import verify
from support import bel
from support.booth import Booth, NotDone
from support.key_register import KeyRegister, held, trusted, voter

pytestmark = pytest.mark.xdist_group("booth")

PURPOSE = "register 1"


@cache
def claimed(booth: Booth) -> tuple[KeyRegister, dict[str, dict[str, str]]]:
    """A register of four voters, whose claims the browser made."""
    made = KeyRegister(trusted(2, 3))
    description = register.write_description(made.description)
    own = {}
    for number in range(4):
        name = voter(number)
        own[name] = booth.work("claim", register=description, voter=name)
        made.claimed[name] = own[name]["claim"].encode()
        made.voters[name] = credentials.secret(GROUP, made.phi, own[name]["credential"])
    made.close()
    return made, own


def kept(made: KeyRegister, owner: int) -> dict[str, Any]:
    """What the trustee's browser is given of theirs."""
    seed = made.trusted.seeds[owner - 1]
    file = bel.compact({"kind": "quorate/trustee/1", "for": PURPOSE, "seed": seed})
    voutput = made.trusted.voutputs[owner - 1].decode()
    own = {"purpose": PURPOSE, "file": file, "voutput": voutput}
    return own | {"phi": made.phi, "fewest": 2, "before": made.last}


def part(answer: dict[str, Any], kind: str) -> Part:
    signature = register.read_signature(answer["signature"].encode())
    return Part(answer["owner"], answer["before"], answer[kind].encode(), signature)


def test_claims(booth: Booth) -> None:
    made, own = claimed(booth)
    for name, one in own.items():
        claim = claims.read_claim(GROUP, one["claim"].encode())
        claims.verify(made.key, made.phi, name, claim)
        public = credentials.public(GROUP, made.phi, one["credential"])
        assert one["key"] == GROUP.write(public)
    first, second = list(own)[:2]
    copied = claims.read_claim(GROUP, own[first]["claim"].encode())
    with pytest.raises(Invalid):
        claims.verify(made.key, made.phi, second, copied)


def test_from_claims_to_the_roll(booth: Booth) -> None:
    claimed_, own = claimed(booth)
    made = KeyRegister(claimed_.trusted, claimed=claimed_.claimed)
    made.close()
    for owner in (3, 1):
        answer = booth.work("mixRegister", content=made.content, **kept(made, owner))
        assert answer["owner"] == owner
        made.shuffles.append(part(answer, "shuffle"))
        assert verify(made.content).sound
    (made.mixed,) = read_shuffle(GROUP, made.shuffles[-1].data).ciphertexts
    for owner in (1, 2, 3):
        answer = booth.work("decryptRegister", content=made.content, **kept(made, owner))
        assert answer["owner"] == owner
        made.decryptions.append(part(answer, "decryption"))
    made.make_roll()
    report = verify(made.content)
    assert report.sound, report.findings
    roll = roll_of_keys.write_roll(report.roll) if report.roll else b""
    assert sorted(json.loads(roll)) == sorted(one["key"] for one in own.values())
    for one in own.values():
        given = {"roll": roll.decode(), "uuid": made.phi, "credential": one["credential"]}
        assert booth.work("onRoll", **given) is True
    stranger = credentials.new_credential()
    assert booth.work("onRoll", roll=roll.decode(), uuid=made.phi, credential=stranger) is False


def refused(booth: Booth, job: str, made: KeyRegister, content: bytes, **more: Any) -> NotDone:
    with pytest.raises(NotDone) as error:
        booth.work(job, **(kept(made, 1) | {"content": content} | more))
    return error.value


def file_of(made: KeyRegister, **more: Any) -> bytes:
    return write(made.file._replace(**more))


def test_claims_that_are_not_theirs(booth: Booth) -> None:
    made, _own = claimed(booth)
    first, second, *rest = made.file.claims
    swapped = (Claimed(first.voter, second.claim), Claimed(second.voter, first.claim), *rest)
    assert refused(booth, "mixRegister", made, file_of(made, claims=swapped)).code == (
        "invalid-ballot"
    )


def test_another_register(booth: Booth) -> None:
    made, _own = claimed(booth)
    assert refused(booth, "mixRegister", made, made.content, phi="A" * 43).code == "bad-register"
    other = KeyRegister(trusted(2, 2))
    keys = trustees.write_trustees(GROUP, other.trusted.keys)
    content = file_of(made, trustees=keys)
    assert refused(booth, "mixRegister", made, content).code == "bad-register"
    described = register.described("record", 1, other.trusted.keys)
    lying = register.write_description(
        register.Description("r", 1, made.description.public_key, described.trustees)
    )
    whole = RegisterFile(lying, keys, ())
    phi = register.phi(register.read_description(lying))
    assert refused(booth, "mixRegister", made, write(whole), phi=phi).code == "bad-register"


def test_a_list_that_is_not_the_records(booth: Booth) -> None:
    """Somebody shuffles a list of their own, with one voter's claim in it, to have it decrypted."""
    made = held(3)
    other = KeyRegister(made.trusted, claimed=dict(made.claimed))
    other.claim(voter(9))
    other.close()
    other.mix(1)
    other.mix(2)
    error = refused(booth, "decryptRegister", other, other.content, before=made.last)
    assert error.code == "another-head"
    for nothing in ("", None):
        error = refused(booth, "decryptRegister", other, other.content, before=nothing)
        assert error.code == "another-head"


def test_too_few_claims(booth: Booth) -> None:
    made, _own = claimed(booth)
    one = file_of(made, claims=made.file.claims[:1])
    assert refused(booth, "mixRegister", made, one, fewest=0).code == "too-few-claims"
    for fewest in (5, "many"):
        error = refused(booth, "mixRegister", made, made.content, fewest=fewest)
        assert error.code == "too-few-claims"


def test_shuffles_that_do_not_hold(booth: Booth) -> None:
    made = held(3, mixers=(2, 3))
    first, second = made.file.shuffles
    bad = {
        "left out": (second,),
        "twice": (first, first),
        "by somebody else": (first._replace(owner=1), second),
        "of something else": (first._replace(before="0" * 64), second),
        "signed by another": (first._replace(signature=second.signature), second),
        "exchanged": (second, first),
        "another's": (first._replace(data=second.data), second),
        "of nobody": (first._replace(owner=4), second),
    }
    for shuffles in bad.values():
        content = file_of(made, shuffles=shuffles, decryptions=(), roll=None)
        assert refused(booth, "decryptRegister", made, content).code == "bad-register"
    content = file_of(made, shuffles=(first,), decryptions=(), roll=None)
    before = hash_of(first.data)
    assert refused(booth, "decryptRegister", made, content, before=before).code == "not-yet"
    assert refused(booth, "decryptRegister", made, content).code == "another-head"
    whole = booth.work("decryptRegister", content=made.content, **kept(made, 1))
    assert whole["owner"] == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data.replace(b'"voter":', b'"voter" :', 1),
        lambda data: b"\n".join(data.split(b"\n")[1:]),
        lambda data: b"\n".join([*data.split(b"\n")[:2], *data.split(b"\n")[:2], b""]),
        lambda data: b"{}\n" + data,
        lambda data: b"null\n" + data,
        lambda data: b"",
    ],
)
def test_files_out_of_form(booth: Booth, change: Any) -> None:
    made, _own = claimed(booth)
    error = refused(booth, "mixRegister", made, change(made.content))
    assert error.code in ("malformed", "not-canonical")
