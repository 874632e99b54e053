"""Trustees in the browser: two of them and one who uses Python come to their keys together, and
decrypt; a box that is not the one of the record, or holds too little, is refused."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quorate.ballots import (
    box,
    credentials,
    decryption,
    key_generation,
    key_messages,
    key_rounds,
    pki,
    register,
    result,
    shuffles,
    trustee_file,
    trustees,
    writing,
)
from quorate.ballots.credentials import PublicCredential
from quorate.ballots.elections import Election, new_uuid, write_election
from quorate.ballots.elgamal import elgamal
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.key_rounds import Place
from quorate.ballots.trustees import Trustees
from quorate.ballots.verify.whole import verify
from support import bel
from support.belenios import sirona
from support.booth import Booth, NotDone
from support.caught import MEMBER, caught_by
from support.secret_election import CHAIR, MOTION, RANKED, TIMESTAMP, Held, begun, plain

pytestmark = pytest.mark.xdist_group("booth")

PURPOSE = "the register 1 of record.example.org"
T, N = 2, 3


class Generated:
    """Trustees 1 and 3 in the browser, trustee 2 in Python."""

    def __init__(self, booth: Booth, group: Any = ED25519) -> None:
        self.group = group
        self.own = {"group": group.name, "purpose": PURPOSE}
        self.seed = pki.new_seed()
        begun = {i: booth.work("begin", **self.own, size=N, needed=T, index=i) for i in (1, 3)}
        self.files = {i: made["file"].encode() for i, made in begun.items()}
        certificate = key_generation.certificate(group, N, T, 2, self.seed)
        self.certs = [
            begun[1]["certificate"],
            key_rounds.write_certificate(certificate).decode(),
            begun[3]["certificate"],
        ]
        certs = tuple(key_rounds.read_certificate(group, cert.encode()) for cert in self.certs)
        mine = key_generation.polynomial(group, certs, self.seed)
        self.polynomials = [
            booth.work("share", **self.own, file=self.files[1], certificates=self.certs),
            key_messages.write_polynomial(mine).decode(),
            booth.work("share", **self.own, file=self.files[3], certificates=self.certs),
        ]
        read = [key_messages.read_polynomial(group, one.encode()) for one in self.polynomials]
        output = key_generation.voutput(group, certs, key_generation.vinput(read, 2), self.seed)
        self.voutputs = [
            self.confirm(booth, 1),
            key_messages.write_voutput(group, output).decode(),
            self.confirm(booth, 3),
        ]
        voutputs = [key_messages.read_voutput(group, one.encode()) for one in self.voutputs]
        self.trustees = Trustees((key_generation.parameters(group, certs, read, voutputs),))

    def confirm(self, booth: Booth, index: int, **more: Any) -> Any:
        given = {"certificates": self.certs, "polynomials": self.polynomials}
        own = {**self.own, "file": self.files[index], "index": index}
        return booth.work("confirm", **(own | given | more))

    def secret(self, index: int) -> int:
        """By Python, from the file that the browser made."""
        seed = self.seed if index == 2 else json.loads(self.files[index])["seed"]
        sent = key_messages.read_voutput(self.group, self.voutputs[index - 1].encode())
        return key_generation.private_key(self.group, seed, sent.private_key)


@cache
def generated(booth: Booth) -> Generated:
    return Generated(booth)


def election_of(made: Generated, questions: Any, voters: int) -> Held:
    """An election of these trustees."""
    group, uuid = made.group, new_uuid()
    y = trustees.combined_key(group, made.trustees)
    election = Election("", "Wahl", group, y, tuple(questions), uuid)
    raw = write_election(election)
    own = [credentials.new_credential() for _ in range(voters)]
    keys = [credentials.public(group, uuid, one) for one in own]
    roll = credentials.in_order(group, tuple(PublicCredential(key, None) for key in keys))
    content, end = writing.begin(
        TIMESTAMP,
        raw,
        trustees.write_trustees(group, made.trustees),
        credentials.write_roll(group, roll),
    )
    secrets = {i: made.secret(i) for i in (1, 2, 3)}
    voting = [credentials.secret(group, uuid, one) for one in own]
    return Held(
        group, election, raw, elgamal(group, y), made.trustees, secrets, own, voting,
        [1] * voters, [content], end,
    )  # fmt: skip


def last(held: Held) -> str:
    head = held.end.last
    assert head is not None
    return head


def decrypted(booth: Booth, made: Generated, held: Held, index: int, **more: Any) -> Any:
    """What the browser's trustee answers for the box as it stands."""
    own = {**made.own, "file": made.files[index], "voutput": made.voutputs[index - 1]}
    given = {"content": held.content, "head": last(held), "fewest": 2, "before": before(held)}
    return booth.work("decryptBox", **(own | given | more))


def before(held: Held) -> str:
    """The hash of what is shuffled or decrypted next; "" where there is no tally."""
    steps = [step for step in bel.taken_apart(held.content)[1] if step.type in _MADE]
    return bel.digest(steps[-1].data[-1]) if steps else ""


_MADE = ("EncryptedTally", "Shuffle")


def signed(made: Generated, index: int, said: str, signature: str) -> bool:
    """Whether this trustee has signed it, by Python."""
    cert = key_rounds.read_certificate(made.group, made.certs[index - 1].encode())
    key = key_rounds.signing_key(made.group, cert)
    return register.signed(key, said, register.read_signature(signature.encode()))


def test_the_messages_are_what_the_record_takes(booth: Booth) -> None:
    made = generated(booth)
    certs = [cert.encode() for cert in made.certs]
    polynomials = [one.encode() for one in made.polynomials]
    for index in (1, 3):
        place = Place(N, T, index)
        key_rounds.certified(ED25519, place, certs[index - 1])
        key_rounds.shared(ED25519, place, certs, polynomials[index - 1])
        output = made.voutputs[index - 1].encode()
        key_rounds.confirmed(ED25519, place, certs, polynomials, output)
    trustees.verify(ED25519, made.trustees)


def test_the_file_gives_the_same_keys_again(booth: Booth) -> None:
    made = generated(booth)
    own = {**made.own, "size": N, "needed": T, "index": 1}
    again = json.loads(booth.work("again", **own, file=made.files[1]))
    assert again["message"] == json.loads(made.certs[0])["message"]


def test_a_file_that_python_has_written_is_a_trustees_file(booth: Booth) -> None:
    seed = pki.new_seed()
    own = {"group": ED25519.name, "purpose": PURPOSE, "size": N, "needed": T, "index": 2}
    made = json.loads(booth.work("again", **own, file=trustee_file.write(PURPOSE, seed)))
    certificate = key_generation.certificate(ED25519, N, T, 2, seed)
    assert made["message"] == certificate.message
    with pytest.raises(NotDone, match="another-file"):
        booth.work("again", **own, file=trustee_file.write("another", seed))


@pytest.mark.parametrize("together", [(1, 2), (1, 3), (2, 3)])
def test_any_two_of_three_decrypt(booth: Booth, together: tuple[int, int], tmp_path: Path) -> None:
    made = generated(booth)
    held = election_of(made, [CHAIR, MOTION], 3)
    for voter, choice in enumerate((1, 1, 4)):
        held.cast(voter, [[int(place == choice) for place in range(5)], [0, 1, 0]])
    held.close()
    partials = {}
    for owner in together:
        if owner == 2:
            partials[2] = decryption.decrypt(ED25519, held.phi, held.secrets[2], held.tally)
            data = decryption.write_partial_decryption(ED25519, partials[2])
        else:
            answer = decrypted(booth, made, held, owner)
            assert answer["owner"] == owner
            data = answer["partial"].encode()
            partials[owner] = decryption.read_partial_decryption(ED25519, data)
        held.grow(writing.partial_decryption(held.end, owner, data))
    factors = decryption.combined(ED25519, held.trustees, partials)
    found = result.compute(held.election, held.tally, factors, 3)
    held.grow(writing.result(held.end, result.write_result(held.election, found)))
    report = verify(held.content)
    assert report.sound, report.findings
    assert report.result == ((0, 2, 0, 0, 1), (0, 3, 0))
    status, said = sirona(held.content, tmp_path / "box")
    assert status == 0, said


def test_shuffles_and_decryption_of_ranked_ballots(booth: Booth) -> None:
    made = generated(booth)
    held = election_of(made, [RANKED, MOTION], 4)
    votes = [(1, 2, 3, 4, 5), (5, 4, 3, 2, 1), (0, 0, 0, 0, 0), (1, 255, 2, 0, 3)]
    for voter, vote in enumerate(votes):
        held.cast(voter, [vote, [1, 0, 0]])
    held.close()
    with pytest.raises(NotDone) as refused:
        decrypted(booth, made, held, 1)
    assert refused.value.code == "not-yet"
    head = last(held)  # at the close; the record has no later one
    for owner in (1, 3):
        with pytest.raises(NotDone) as refused:
            decrypted(booth, made, held, 1, head=head)
        assert refused.value.code == "not-yet"
        shuffle_in_the_browser(booth, made, held, owner, head)
    with pytest.raises(NotDone) as refused:
        decrypted(booth, made, held, 1, head=head, before=bel.digest(b"another shuffle"))
    assert refused.value.code == "another-head"
    partials = {}
    for owner in (1, 3):
        answer = decrypted(booth, made, held, owner, head=head)
        data = answer["partial"].encode()
        said = box.decryption_statement(held.phi, owner, before(held), bel.digest(data))
        assert signed(made, owner, said, answer["signature"])
        if not partials:
            held.grow(writing.end_shuffles(held.end))
        partials[owner] = decryption.read_partial_decryption(ED25519, data)
        held.grow(writing.partial_decryption(held.end, owner, data))
    factors = decryption.combined(ED25519, held.trustees, partials)
    found = result.compute(held.election, held.tally, factors, 4)
    held.grow(writing.result(held.end, result.write_result(held.election, found)))
    report = verify(held.content)
    assert report.sound, report.findings
    assert report.result is not None
    assert sorted(report.result[0]) == sorted(votes)
    assert report.result[1] == (4, 0, 0)


def shuffle_in_the_browser(
    booth: Booth, made: Generated, held: Held, owner: int, head: str
) -> None:
    given = booth.work("shuffleBox", content=held.content, head=head, fewest=2)
    assert given["before"] == before(held)
    own = {**made.own, "file": made.files[owner], "phi": held.phi, "index": owner}
    signature = booth.work("signShuffle", **own, **given)
    data = given["shuffle"].encode()
    said = box.shuffle_statement(held.phi, owner, given["before"], bel.digest(data))
    assert signed(made, owner, said, signature)
    after = shuffles.read_shuffle(ED25519, data)
    assert after.ciphertexts != shuffles.nh_ciphertexts(held.election, held.tally)
    held.grow(writing.shuffle(held.end, owner, data))
    held.tally = shuffles.merged(held.election, held.tally, after.ciphertexts)


def test_the_other_group(booth: Booth) -> None:
    made = Generated(booth, BELENIOS_2048)
    held = election_of(made, [MOTION], 2)
    held.cast(0, [[0, 1, 0]])
    held.cast(1, [[0, 0, 1]])
    held.close()
    data = decrypted(booth, made, held, 3)["partial"].encode()
    held.grow(writing.partial_decryption(held.end, 3, data))
    assert verify(held.content).sound


def test_trustees_who_are_alone(booth: Booth) -> None:
    own = {"group": "Ed25519", "purpose": PURPOSE}
    made = booth.work("beginAlone", **own, called="Ána")
    file = made["file"].encode()
    keys = trustees.read_trustees(ED25519, bel.compact([["Single", json.loads(made["key"])]]))
    trustees.verify(ED25519, keys)
    assert keys.keys[0].name == "Ána"
    y = trustees.combined_key(ED25519, keys)
    election = Election("", "Wahl", ED25519, y, (MOTION,), new_uuid())
    raw = write_election(election)
    own_keys = [credentials.new_credential() for _ in range(2)]
    voting = [credentials.secret(ED25519, election.uuid, one) for one in own_keys]
    roll = tuple(PublicCredential(ED25519.power(ED25519.g, x), None) for x in voting)
    content, end = writing.begin(
        TIMESTAMP,
        raw,
        trustees.write_trustees(ED25519, keys),
        credentials.write_roll(ED25519, roll),
    )
    held = Held(
        ED25519, election, raw, elgamal(ED25519, y), keys, {}, own_keys, voting, [1, 1],
        [content], end,
    )  # fmt: skip
    held.cast(0, [[0, 1, 0]])
    held.cast(1, [[0, 1, 0]])
    held.close()
    given = {"content": held.content, "head": last(held), "fewest": 2, "before": before(held)}
    answer = booth.work("decryptBox", **own, file=file, **given)
    assert answer["owner"] == 1
    held.grow(writing.partial_decryption(held.end, 1, answer["partial"].encode()))
    assert verify(held.content).sound


@cache
def closed(booth: Booth) -> Held:
    held = election_of(generated(booth), [CHAIR], 3)
    for voter in range(3):
        held.cast(voter, [[0, 0, 1, 0, 0]])
    held.close()
    return held


def refusal(booth: Booth, held: Held, **more: Any) -> str:
    with pytest.raises(NotDone) as refused:
        decrypted(booth, generated(booth), held, 1, **more)
    return refused.value.code


@caught_by(MEMBER)
def test_another_box_than_the_record_says(booth: Booth) -> None:
    held = closed(booth)
    timestamp, steps = bel.taken_apart(held.content)
    del steps[2]  # a ballot
    other = bel.together(timestamp, steps)
    assert refusal(booth, held, content=other) == "another-head"
    assert refusal(booth, held, head="") == "another-head"
    opened = bel.together(timestamp, bel.taken_apart(held.content)[1][:1])
    assert refusal(booth, held, head=verify(opened).last) == "another-head"
    assert refusal(booth, held, before="0" * 64) == "another-head"


def test_a_tally_that_is_not_the_ballots(booth: Booth) -> None:
    """Even where the record says so: the server has signed for a box with a forged tally."""
    timestamp, steps = bel.taken_apart(closed(booth).content)
    tally = steps[-1].json()
    tally[0][0], tally[0][2] = tally[0][2], tally[0][0]
    content = bel.together(timestamp, [*steps[:-1], steps[-1].with_json(tally)])
    head = verify(content).last
    tallied = bel.digest(steps[-1].with_json(tally).data[-1])
    code = refusal(booth, closed(booth), content=content, head=head, before=tallied)
    assert code == "tally"


def test_only_one_ballot_in_the_tally(booth: Booth) -> None:
    """The tally of one ballot would show a vote, whatever the server says is enough."""
    held = election_of(generated(booth), [CHAIR], 2)
    held.cast(0, [[0, 0, 1, 0, 0]])
    held.cast(0, [[0, 1, 0, 0, 0]])
    held.close()
    for fewest in (0, 1, 2):
        assert refusal(booth, held, fewest=fewest) == "too-few-ballots"
    for fewest in (4, None, "many"):
        assert refusal(booth, closed(booth), fewest=fewest) == "too-few-ballots"


def test_an_open_box(booth: Booth) -> None:
    held = election_of(generated(booth), [CHAIR], 2)
    held.cast(0, [[0, 0, 1, 0, 0]])
    held.cast(1, [[0, 0, 1, 0, 0]])
    assert refusal(booth, held) == "not-yet"


def test_files_and_keys_that_are_not_for_this(booth: Booth) -> None:
    made, held = generated(booth), closed(booth)
    assert refusal(booth, held, purpose="another register") == "another-file"
    assert refusal(booth, held, file=b"my shopping list") == "not-a-trustee-file"
    assert refusal(booth, held, file=made.files[1][:-4]) == "not-a-trustee-file"
    assert refusal(booth, held, file=made.files[3]) == "not-for-us"
    assert refusal(booth, held, voutput=None) == "another-key"
    stranger = begun(ED25519, [CHAIR], 2, threshold=(2, 3))
    stranger.cast(0, [[0, 0, 1, 0, 0]])
    stranger.cast(1, [[0, 0, 1, 0, 0]])
    stranger.close()
    given = {"content": stranger.content, "head": last(stranger), "before": before(stranger)}
    assert refusal(booth, held, **given) == "another-key"


def test_somebody_elses_box_is_verified_too(booth: Booth) -> None:
    """A sound election of others is not decrypted with this key."""
    theirs = plain()
    given = {"content": theirs.content, "head": last(theirs), "before": before(theirs)}
    code = refusal(booth, closed(booth), **given)
    assert code == "another-key"


CHEATS: dict[str, Any] = {
    "shares of another polynomial": lambda mine, other: mine | {"secrets": other["secrets"]},
    "another's coefficients": lambda mine, other: mine | {"coefexps": other["coefexps"]},
    "another's signature": lambda mine, other: mine | {"signature": other["signature"]},
    "shares in another order": lambda mine, _other: mine | {"secrets": mine["secrets"][::-1]},
    "too few shares": lambda mine, _other: mine | {"secrets": mine["secrets"][:1]},
}


@pytest.mark.parametrize("name", CHEATS)
def test_a_trustee_who_cheats_is_found(booth: Booth, name: str) -> None:
    made = generated(booth)
    certs = tuple(key_rounds.read_certificate(ED25519, cert.encode()) for cert in made.certs)
    again = key_generation.polynomial(ED25519, certs, made.seed)
    mine, other = json.loads(made.polynomials[1]), json.loads(key_messages.write_polynomial(again))
    given = list(made.polynomials)
    given[1] = bel.compact(CHEATS[name](mine, other)).decode()
    with pytest.raises(NotDone) as refused:
        made.confirm(booth, 3, polynomials=given)
    assert refused.value.code in ("bad-trustees", "malformed")
    assert "trustee 2" in str(refused.value) or "secrets" in str(refused.value)


def test_certificates_that_are_not_for_this(booth: Booth) -> None:
    made = generated(booth)
    other_place = key_generation.certificate(ED25519, N, T, 3, made.seed)
    other_size = key_generation.certificate(ED25519, N + 1, T, 2, made.seed)
    for bad in (other_place, other_size):
        certs = [made.certs[0], key_rounds.write_certificate(bad).decode(), made.certs[2]]
        with pytest.raises(NotDone) as refused:
            booth.work("share", **made.own, file=made.files[1], certificates=certs)
        assert refused.value.code == "bad-trustees"
    others = Generated(booth)
    with pytest.raises(NotDone) as refused:
        booth.work("share", **made.own, file=made.files[1], certificates=others.certs)
    assert refused.value.code == "another-key"


def test_keys_of_their_own(booth: Booth) -> None:
    """No two files alike, and none says more than its seed."""
    own = {"group": "Ed25519", "purpose": PURPOSE}
    files = {booth.work("beginAlone", **own)["file"] for _ in range(5)}
    assert len(files) == 5
    assert set(json.loads(files.pop())) == {"kind", "for", "seed"}
