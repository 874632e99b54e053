"""People with keys who do not keep to the protocol: voters, trustees, whoever counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from quorate.ballots import ballot, decryption, disjunction, interval, schnorr, writing
from quorate.ballots.ballot import Ballot, Signature, ballot_json
from quorate.ballots.blank import Opened
from quorate.ballots.elections import fingerprint
from quorate.ballots.elgamal import encrypt, random_scalar
from quorate.ballots.groups.group import NotAnElement
from quorate.ballots.groups.named import ED25519
from quorate.ballots.homomorphic import HomomorphicAnswer
from quorate.ballots.json_form import dump
from quorate.ballots.verify.whole import verify
from support.secret_election import CHAIR, MOTION, RANKED, Held, begun


def signed(held: Held, voter: int, answers: Sequence[Any]) -> Ballot[Any]:
    """A ballot with these answers, whatever they are, with a signature that holds."""
    secret = held.voters[voter]
    credential = held.group.power(held.group.g, secret)
    made = Ballot(held.election.uuid, held.phi, credential, tuple(answers), None)
    hash = fingerprint(dump(ballot_json(held.group, made)))
    return replace(
        made, signature=Signature(hash, schnorr.prove(held.group, secret, f"sig|{hash}|"))
    )


def said_of(held: Held, made: Ballot[Any]) -> tuple[str, str]:
    """What is found about the ballot in the box."""
    held = replace(held, parts=[*held.parts])
    held.grow(writing.ballot(held.end, ballot.write_ballot(held.election, made)))
    report = verify(held.content)
    (finding,) = report.findings
    return finding.kind, finding.why


def opened(held: Held, m: int) -> Opened[Any]:
    r = random_scalar(held.group)
    plain = held.group.power(held.group.g, m)
    return Opened(encrypt(held.key, r, plain), m, r)


def answer(held: Held, voter: int, votes: Sequence[int]) -> HomomorphicAnswer[Any]:
    """An answer to CHAIR with any votes: each proof is made for what is nearest to true, by the
    honest prover with a false witness."""
    S0 = f"{held.phi}|{held.group.write(held.group.power(held.group.g, held.voters[voter]))}"
    made = [opened(held, vote) for vote in votes]
    proofs = tuple(
        interval.prove(
            held.key, S0, one.ciphertext, range(2), one.m if one.m in (0, 1) else 1, one.r
        )
        for one in made
    )
    total = Opened(
        made[0].ciphertext, sum(one.m for one in made), sum(one.r for one in made) % held.group.q
    )
    for one in made[1:]:
        product = held.group.multiply
        alpha = product(total.ciphertext.alpha, one.ciphertext.alpha)
        beta = product(total.ciphertext.beta, one.ciphertext.beta)
        total = replace(total, ciphertext=type(one.ciphertext)(alpha, beta))
    pairs = ",".join(
        f"{held.group.write(one.ciphertext.alpha)},{held.group.write(one.ciphertext.beta)}"
        for one in made
    )
    overall = interval.prove(held.key, f"{S0}|{pairs}", total.ciphertext, range(1, 2), 1, total.r)
    return HomomorphicAnswer(tuple(one.ciphertext for one in made), proofs, overall, None)


@pytest.fixture
def chair() -> Held:
    return begun(ED25519, [CHAIR], 2, single=1)


def test_the_honest_ballot_of_these_tests_is_accepted(chair: Held) -> None:
    made = signed(chair, 0, [answer(chair, 0, [0, 1, 0, 0, 0])])
    chair.grow(writing.ballot(chair.end, ballot.write_ballot(chair.election, made)))
    assert verify(chair.content).sound


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ([2, 0, 0, 0, 0], "choice 1 is 0 or 1 does not hold"),
        ([0, 0, 0, 0, 1000], "choice 5 is 0 or 1 does not hold"),
        ([1, 1, 0, -1, 0], "choice 4 is 0 or 1 does not hold"),
        ([1, 1, 0, 0, 0], "1 to 1 are chosen does not hold"),
        ([0, 0, 0, 0, 0], "1 to 1 are chosen does not hold"),
        ([1, 1, 1, 1, 1], "1 to 1 are chosen does not hold"),
    ],
)
def test_more_votes_than_allowed(chair: Held, votes: list[int], words: str) -> None:
    kind, why = said_of(chair, signed(chair, 0, [answer(chair, 0, votes)]))
    assert kind == "ballot"
    assert words in why


def test_fewer_and_more_choices_than_answers(chair: Held) -> None:
    for votes in ([1], [0, 0, 0, 0, 0, 1]):
        _kind, why = said_of(chair, signed(chair, 0, [answer(chair, 0, votes)]))
        assert "choices, where the question has 5" in why


def test_proofs_left_out(chair: Held) -> None:
    whole = answer(chair, 0, [1, 0, 0, 0, 0])
    for less, words in (
        (replace(whole, individual_proofs=whole.individual_proofs[1:]), "one individual proof"),
        (replace(whole, individual_proofs=((),) * 5), "choice 1 is 0 or 1 does not hold"),
        (replace(whole, overall_proof=()), "1 to 1 are chosen does not hold"),
        (replace(whole, blank_proof=whole.overall_proof * 2), "does not allow"),
    ):
        kind, why = said_of(chair, signed(chair, 0, [less]))
        assert kind == "ballot"
        assert words in why


def test_a_ballot_copied_from_another_voter(chair: Held) -> None:
    """Signed anew with one's own key, it would show how the other voted."""
    kind, why = said_of(chair, signed(chair, 1, [answer(chair, 0, [1, 0, 0, 0, 0])]))
    assert kind == "ballot"
    assert "does not hold" in why


def test_a_blank_vote_that_chooses() -> None:
    held = begun(ED25519, [MOTION], 1, single=1)
    honest = ballot.cast(held.key, held.election, held.phi, held.voters[0], [[0, 1, 0]])
    other = ballot.cast(held.key, held.election, held.phi, held.voters[0], [[1, 0, 0]])
    a, b = honest.answers[0], other.answers[0]
    assert isinstance(a, HomomorphicAnswer)
    assert isinstance(b, HomomorphicAnswer)
    both = replace(
        a,
        choices=(b.choices[0], *a.choices[1:]),
        individual_proofs=(b.individual_proofs[0], *a.individual_proofs[1:]),
    )
    assert "a blank vote chooses nothing does not hold" in said_of(held, signed(held, 0, [both]))[1]
    without = replace(a, blank_proof=None)
    assert "blank vote is missing" in said_of(held, signed(held, 0, [without]))[1]
    exchanged = replace(a, overall_proof=b.overall_proof)
    assert "is blank or 1 to 1 are chosen" in said_of(held, signed(held, 0, [exchanged]))[1]


def test_the_prover_refuses_what_is_not_allowed(chair: Held) -> None:
    for votes in ([1, 1, 0, 0, 0], [0, 0, 0, 0, 0], [2, 0, 0, 0, 0], [1, 0]):
        with pytest.raises(ValueError, match=r"."):
            chair.cast(0, [votes])


def test_points_outside_the_group(chair: Held) -> None:
    """On the curve, with a part of small order: a choice that decrypts to nothing."""
    whole = answer(chair, 0, [1, 0, 0, 0, 0])
    torsion = bytes(32)  # of order 4
    for name in ("alpha", "beta"):
        first = whole.choices[0]
        moved = first._replace(**{name: chair.group.multiply(getattr(first, name), torsion)})
        made = signed(chair, 0, [replace(whole, choices=(moved, *whole.choices[1:]))])
        kind, why = said_of(chair, made)
        assert kind == "ballot"
        assert "choice 1 is no element of Ed25519" in why


def test_a_point_outside_the_group_behind_a_challenge_of_zero(chair: Held) -> None:
    """Of what is raised to 0 nothing remains; it is checked all the same."""
    torsion = bytes(32)
    ciphertext = type(opened(chair, 0).ciphertext)(torsion, torsion)
    nothing = (schnorr.Proof(0, 5), schnorr.Proof(0, 6))
    with pytest.raises(NotAnElement):
        disjunction.verify(chair.key, "", [(ciphertext, 0), (ciphertext, 1)], nothing)


def test_a_ranking_encrypted_for_another_ballot() -> None:
    held = begun(ED25519, [RANKED], 2, single=1)
    one = ballot.cast(held.key, held.election, held.phi, held.voters[0], [[1, 2, 3, 4, 5]])
    kind, why = said_of(held, signed(held, 1, one.answers))
    assert kind == "ballot"
    assert "encrypted for this ballot does not hold" in why


def test_a_trustee_who_decrypts_to_another_result() -> None:
    held = begun(ED25519, [CHAIR], 1, single=2)
    held.cast(0, [[0, 0, 0, 0, 1]])
    held.close()
    for owner in (1, 2):
        partial = decryption.decrypt(held.group, held.phi, held.secrets[owner], held.tally)
        if owner == 2:
            first, *rest = partial.decryption_factors[0]
            shifted = held.group.divide(first, held.group.g)
            partial = replace(partial, decryption_factors=((shifted, *rest),))
        data = decryption.write_partial_decryption(held.group, partial)
        held.grow(writing.partial_decryption(held.end, owner, data))
    held.grow(writing.result(held.end, b'{"result":[[1,0,0,0,1]]}'))
    (finding,) = verify(held.content).findings
    assert finding.kind == "decryption"
    assert "trustee 2: question 1, ciphertext 1" in finding.why


def test_too_few_of_the_trustees() -> None:
    held = begun(ED25519, [CHAIR], 1, threshold=(2, 3))
    held.cast(0, [[0, 0, 0, 0, 1]])
    held.close()
    partial = decryption.decrypt(held.group, held.phi, held.secrets[3], held.tally)
    data = decryption.write_partial_decryption(held.group, partial)
    held.grow(writing.partial_decryption(held.end, 3, data))
    assert verify(held.content).sound
    held.grow(writing.result(held.end, b'{"result":[[0,0,0,0,1]]}'))
    (finding,) = verify(held.content).findings
    assert finding.kind == "decryption"
    assert "1 of trustees 1 to 3, and 2 is needed" in finding.why
