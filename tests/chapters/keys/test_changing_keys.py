"""Changing the record's keys: who may, with whose signature, and that no signature serves twice."""

from __future__ import annotations

from typing import Any

import pytest

from quorate import organisation
from quorate.chapters.clause import FOUNDER, Occasion
from quorate.chapters.keys import statement
from quorate.rulebook.reading import preset
from support.pure import Pure
from support.record_keys import Pair, pair, replacement, rotation
from support.small import Small, founded

A, B, C = pair("a"), pair("b"), pair("c")


@pytest.fixture
def small() -> Small:
    return founded("open-convention")


def committee(small: Small) -> str:
    return small.holder("credentials-committee")


def adopted(*keys: str) -> Pure:
    pure = Pure()
    fields = {"origin": "small.example", "rules_text": preset("open-convention"), "keys": keys}
    pure.do(FOUNDER, "founding.adopt", **fields)
    return pure


class TestNamedAtTheBeginning:
    def test_they_are_in_force(self) -> None:
        assert adopted(*A.public).state.keys.now == A.public
        assert adopted().state.keys.now == ()

    @pytest.mark.parametrize(
        "keys",
        [
            A.public[::-1],
            A.public[1:],
            (A.public[0], B.public[0]),
            pair("a", "other.example").public,
            (A.public[0].replace("+", "+0", 1)[:-1],),
        ],
    )
    def test_others_cannot_be(self, keys: tuple[str, ...]) -> None:
        fields = {"origin": "small.example", "rules_text": preset("open-convention"), "keys": keys}
        try:
            act = organisation.read_act("founding.adopt", fields)
        except organisation.BadAct:
            return
        refusal = organisation.decide(Pure().state, act, Occasion(0, 0, FOUNDER))
        assert refusal is not None
        assert refusal.rule == "record.keys"

    def test_a_rotation_is_from_just_these(self) -> None:
        pure = adopted(*A.public)
        for old in (B, A.first):
            refusal = pure.tried(FOUNDER, "keys.rotate", **rotation(old, C))
            assert refusal is not None
            assert refusal.rule == "record.keys"
        pure.do(FOUNDER, "keys.rotate", **rotation(A, C))
        assert pure.state.keys.now == C.public


def test_the_committee_rotates_and_nobody_else(small: Small) -> None:
    for by in (small.members["A1"][0], small.holder("steering-committee")):
        small.refused(by, "keys.rotate", "keys.rotated_by", **rotation(A, B))
        small.refused(by, "keys.replace", "keys.replaced_by", **replacement(A, B))
    small.pure.do(committee(small), "keys.rotate", **rotation(A, B))
    (change,) = small.state.keys.changes
    assert (change.old, change.new, change.agreed) == (A.public, B.public, True)
    assert (change.entry, change.by) == (small.state.size - 1, committee(small))
    small.pure.do(committee(small), "keys.rotate", **rotation(B, C, 2))
    assert small.state.keys.now == C.public


def test_an_older_record_gets_the_second_key(small: Small) -> None:
    """Its first entry names none, and it was signed with Ed25519 alone."""
    small.pure.do(committee(small), "keys.rotate", **rotation(A.first, B))
    assert small.state.keys.now == B.public


@pytest.mark.parametrize("which", ["old_signatures", "new_signatures"])
@pytest.mark.parametrize("place", [0, 1])
def test_each_key_signs(small: Small, which: str, place: int) -> None:
    right = rotation(A, B)
    by_others = rotation(C, pair("d"))
    wrong = list(right[which])
    wrong[place] = by_others[which][place]
    said = small.refused(committee(small), "keys.rotate", "record.keys", **{**right, which: wrong})
    assert ("have not signed this change" in said) == (which == "old_signatures")
    fewer = [right[which][place]]
    small.refused(committee(small), "keys.rotate", "record.keys", **{**right, which: fewer})


def moved(fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**fields, **more}


def test_no_signature_serves_for_something_else(small: Small) -> None:
    by = committee(small)
    # Of another record of the same keys' owner: the name stands in keys and statement.
    elsewhere = rotation(pair("a", "other.example"), pair("b", "other.example"), 1, "other.example")
    small.refused(by, "keys.rotate", "record.keys", **elsewhere)
    small.refused(by, "keys.rotate", "record.keys", **rotation(A, B, 1, "other.example"))
    # As another change of this record, or from or to other keys.
    small.refused(by, "keys.rotate", "record.keys", **rotation(A, B, 2))
    small.refused(by, "keys.rotate", "record.keys", **moved(rotation(A, B, 2), number=1))
    small.refused(by, "keys.rotate", "record.keys", **moved(rotation(A, B), new=C.public))
    small.refused(by, "keys.rotate", "record.keys", **moved(rotation(A, B), old=C.public))
    # What was signed for a replacement is none for a rotation, and the other way round.
    agreed = rotation(A, B)
    said = statement.text("small.example", 1, "replace", A.public, B.public)
    of_replacing = [statement.sign(key, said) for key in A.signing]
    small.refused(by, "keys.rotate", "record.keys", **moved(agreed, old_signatures=of_replacing))
    swapped = moved(replacement(A, B), new_signatures=agreed["new_signatures"])
    small.refused(by, "keys.replace", "record.keys", **swapped)


def test_a_key_that_was_given_up_does_not_come_back(small: Small) -> None:
    by = committee(small)
    small.pure.do(by, "keys.rotate", **rotation(A, B))
    small.refused(by, "keys.rotate", "record.keys", **rotation(A, B))
    small.refused(by, "keys.rotate", "record.keys", **rotation(B, A, 2))
    small.refused(by, "keys.rotate", "record.keys", **rotation(B, B, 2))
    half = Pair((B.signing[0], C.signing[1]), (B.public[0], C.public[1]))
    small.refused(by, "keys.rotate", "record.keys", **rotation(B, half, 2))
    small.refused(by, "keys.replace", "record.keys", **replacement(B, A, number=2))


def test_a_replacement_names_that_nobody_agreed(small: Small) -> None:
    by = committee(small)
    small.refused(by, "keys.replace", "record.keys", **moved(replacement(A, B), size=5))
    too_long = small.state.size + 1
    small.refused(
        by, "keys.replace", "record.keys", **moved(replacement(A, B), size=too_long, checkpoint="x")
    )
    unsigned = moved(replacement(A, B), new_signatures=replacement(A, C)["new_signatures"])
    small.refused(by, "keys.replace", "record.keys", **unsigned)
    small.pure.do(by, "keys.replace", **replacement(A, B))
    (change,) = small.state.keys.changes
    assert not change.agreed
    assert change.witnessed == 0


def test_the_statement_says_everything_in_lines() -> None:
    said = statement.text("small.example", 3, "rotate", A.public, B.public)
    assert said.splitlines() == [
        "quorate/keys/1",
        "small.example",
        "3",
        "rotate",
        f"old {A.public[0]}",
        f"old {A.public[1]}",
        f"new {B.public[0]}",
        f"new {B.public[1]}",
    ]
