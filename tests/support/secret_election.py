"""Elections by secret ballot, held from the first key to the result, for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from quorate.ballots import (
    ballot,
    credentials,
    decryption,
    key_generation,
    pki,
    result,
    shuffles,
    tally,
    trustee_keys,
    trustees,
    writing,
)
from quorate.ballots.ballot import Ballot
from quorate.ballots.credentials import PublicCredential
from quorate.ballots.elections import Election, fingerprint, new_uuid, write_election
from quorate.ballots.elgamal import ElGamal, elgamal, random_scalar
from quorate.ballots.groups.group import Group
from quorate.ballots.groups.named import BELENIOS_2048, ED25519
from quorate.ballots.questions import Homomorphic, NonHomomorphic, Question
from quorate.ballots.threshold import ThresholdParameters
from quorate.ballots.trustee_keys import TrusteePublicKey
from quorate.ballots.trustees import Trustees

TIMESTAMP = 1795420056

CHAIR = Homomorphic(("Ána", "Борис", "C", "D", "E"), None, 1, 1, "Wer wird «Vorsitz»?")
MOTION = Homomorphic(("Yes", "No"), True, 1, 1, "Motion 1?")
APPROVAL = Homomorphic(("A", "B", "C", "D", "E"), None, 0, 3, "Approve up to 3")
RANKED = NonHomomorphic(("A", "B", "C", "D", "E"), "Rank them", None)


@dataclass
class Held:
    """An election under way. ``secrets``: by owner, the private keys of the trustees.
    ``credentials``: those on the roll; ``voters``: their secrets. ``parts``: the archive's, as it
    grew."""

    group: Group[Any]
    election: Election[Any]
    raw: bytes
    key: ElGamal[Any]
    trustees: Trustees[Any]
    secrets: dict[int, int]
    credentials: list[str]
    voters: list[int]
    weights: list[int]
    parts: list[bytes]
    end: writing.End
    last: dict[int, Any] = field(default_factory=dict)
    tally: Any = None

    @property
    def phi(self) -> str:
        return fingerprint(self.raw)

    @property
    def content(self) -> bytes:
        """The archive as it stands."""
        return b"".join(self.parts)

    def grow(self, written: tuple[bytes, writing.End]) -> None:
        self.parts.append(written[0])
        self.end = written[1]

    def cast(self, voter: int, votes: Sequence[Sequence[int]]) -> bytes:
        """Casts a ballot and puts it into the box."""
        made = ballot.cast(self.key, self.election, self.phi, self.voters[voter], votes)
        return self.put(voter, made)

    def put(self, voter: int, made: Ballot[Any]) -> bytes:
        """Puts a ballot into the box that was made elsewhere."""
        data = ballot.write_ballot(self.election, made)
        self.last.pop(voter, None)
        self.last[voter] = made
        self.grow(writing.ballot(self.end, data))
        return data

    def close(self) -> None:
        """EndBallots and the tally."""
        self.grow(writing.end_ballots(self.end))
        counted = [tally.Weighted(self.weights[v], b.answers) for v, b in self.last.items()]
        self.tally = tally.tally(self.election, counted)
        total = sum(one.weight for one in counted)
        data = tally.write_tally(self.group, self.tally)
        self.grow(writing.encrypted_tally(self.end, data, len(counted), total))

    def shuffle(self, *owners: int) -> None:
        for owner in owners:
            before = shuffles.nh_ciphertexts(self.election, self.tally)
            made = shuffles.shuffle(self.key, self.phi, before)
            data = shuffles.write_shuffle(self.group, made)
            self.grow(writing.shuffle(self.end, owner, data))
            self.tally = shuffles.merged(self.election, self.tally, made.ciphertexts)
        self.grow(writing.end_shuffles(self.end))

    def open(self, *owners: int) -> None:
        """Partial decryptions by these trustees, and the result."""
        partials = {}
        for owner in owners:
            partials[owner] = decryption.decrypt(
                self.group, self.phi, self.secrets[owner], self.tally
            )
            data = decryption.write_partial_decryption(self.group, partials[owner])
            self.grow(writing.partial_decryption(self.end, owner, data))
        factors = decryption.combined(self.group, self.trustees, partials)
        total = sum(self.weights[voter] for voter in self.last)
        found = result.compute(self.election, self.tally, factors, total)
        self.grow(writing.result(self.end, result.write_result(self.election, found)))


def begun(
    group: Group[Any],
    questions: Sequence[Question],
    voters: int,
    *,
    single: int = 0,
    threshold: tuple[int, int] | None = None,
    weights: Sequence[int] | None = None,
) -> Held:
    """An election with its Setup. ``single``: how many trustees alone; ``threshold``: t of n."""
    uuid = new_uuid()
    kinds: list[TrusteePublicKey[Any] | ThresholdParameters[Any]] = []
    secrets: dict[int, int] = {}
    for owner in range(1, single + 1):
        secrets[owner] = random_scalar(group)
        kinds.append(trustee_keys.prove(group, secrets[owner], f"Trustee {owner}"))
    if threshold is not None:
        parameters, shares = key_shares(group, *threshold)
        kinds.append(parameters)
        secrets |= {single + 1 + place: share for place, share in enumerate(shares)}
    keys = Trustees(tuple(kinds))
    y = trustees.combined_key(group, keys)
    election = Election('É «test», "quoted" \\ /', "Wahl äöü", group, y, tuple(questions), uuid)
    raw = write_election(election)
    made = [credentials.new_credential() for _ in range(voters)]
    own = [credentials.secret(group, uuid, credential) for credential in made]
    stated = [None] * voters if weights is None else list(weights)
    roll = credentials.in_order(
        group,
        tuple(
            PublicCredential(credentials.public(group, uuid, one), weight)
            for one, weight in zip(made, stated, strict=True)
        ),
    )
    content, end = writing.begin(
        TIMESTAMP,
        raw,
        trustees.write_trustees(group, keys),
        credentials.write_roll(group, roll),
    )
    counting = [1] * voters if weights is None else list(weights)
    return Held(
        group, election, raw, elgamal(group, y), keys, secrets, made, own, counting, [content], end
    )


def key_shares(group: Group[Any], t: int, n: int) -> tuple[ThresholdParameters[Any], list[int]]:
    """What t of n trustees publish, and each one's private key."""
    seeds = [pki.new_seed() for _ in range(n)]
    certs = tuple(
        key_generation.certificate(group, n, t, index, seed) for index, seed in enumerate(seeds, 1)
    )
    polynomials = [key_generation.polynomial(group, certs, seed) for seed in seeds]
    voutputs = [
        key_generation.voutput(group, certs, key_generation.vinput(polynomials, index), seed)
        for index, seed in enumerate(seeds, 1)
    ]
    return key_generation.parameters(group, certs, polynomials, voutputs), [
        key_generation.private_key(group, seed, made.private_key)
        for seed, made in zip(seeds, voutputs, strict=True)
    ]


@cache
def plain(group_name: str = "Ed25519") -> Held:
    """Three questions, three trustees alone, four voters, one of whom votes twice."""
    held = begun(_group(group_name), [CHAIR, MOTION, APPROVAL], 4, single=3)
    held.cast(0, [[1, 0, 0, 0, 0], [0, 1, 0], [1, 1, 0, 0, 1]])
    held.cast(1, [[0, 1, 0, 0, 0], [1, 0, 0], [0, 0, 0, 0, 0]])
    held.cast(2, [[0, 1, 0, 0, 0], [0, 0, 1], [1, 0, 0, 0, 0]])
    held.cast(0, [[0, 0, 1, 0, 0], [0, 0, 1], [0, 0, 1, 0, 0]])
    held.close()
    held.open(1, 2, 3)
    return held


@cache
def shared(group_name: str = "Ed25519") -> Held:
    """Two of three trustees, a weighted roll."""
    held = begun(_group(group_name), [CHAIR], 3, threshold=(2, 3), weights=[1, 4, 2])
    held.cast(0, [[1, 0, 0, 0, 0]])
    held.cast(1, [[0, 0, 0, 0, 1]])
    held.cast(2, [[0, 0, 0, 0, 1]])
    held.close()
    held.open(1, 3)
    return held


@cache
def ranked() -> Held:
    """A ranked question beside a homomorphic one, shuffled by two of three trustees."""
    held = begun(ED25519, [RANKED, MOTION], 4, threshold=(2, 3))
    held.cast(0, [[1, 2, 3, 4, 5], [0, 1, 0]])
    held.cast(1, [[5, 4, 3, 2, 1], [0, 1, 0]])
    held.cast(2, [[0, 0, 0, 0, 0], [1, 0, 0]])
    held.cast(3, [[1, 255, 2, 0, 3], [0, 0, 1]])
    held.close()
    held.shuffle(1, 2)
    held.open(2, 3)
    return held


def everything(group_name: str = "Ed25519") -> Held:
    """Five candidates, blank, approval; one trustee alone and two of three others; a vote that is
    replaced."""
    held = begun(_group(group_name), [CHAIR, MOTION, APPROVAL], 3, single=1, threshold=(2, 3))
    for voter, choice in ((0, 1), (1, 2), (2, 4), (0, 3)):
        chair = [int(place == choice) for place in range(5)]
        held.cast(voter, [chair, [0, 1, 0] if voter else [1, 0, 0], [1, 0, 1, 0, 1]])
    held.close()
    held.open(4, 1, 2)
    return held


MADE: dict[str, Callable[[], Held]] = {
    "plain": plain,
    "plain-2048": lambda: plain("BELENIOS-2048"),
    "shared": shared,
    "shared-2048": lambda: shared("BELENIOS-2048"),
    "ranked": ranked,
}


def _group(name: str) -> Group[Any]:
    return {ED25519.name: ED25519, BELENIOS_2048.name: BELENIOS_2048}[name]
