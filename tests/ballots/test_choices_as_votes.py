"""What a voter chooses is what comes out of the box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.ballots import choices, homomorphic
from quorate.ballots.elgamal import elgamal
from quorate.ballots.groups.named import ED25519
from quorate.ballots.questions import Homomorphic


def asked(candidates: int, most: int, blank: bool = True) -> Homomorphic:
    return Homomorphic(tuple(map(str, range(candidates))), blank, 1, most, "Who?")


@given(st.data())
def test_marks_come_back(data: st.DataObject) -> None:
    candidates = data.draw(st.integers(1, 30))
    most = data.draw(st.integers(1, candidates))
    question = asked(candidates, most)
    marked = data.draw(st.frozensets(st.integers(1, candidates), max_size=most))
    votes = choices.of_marks(question, marked)
    assert choices.marks(question, votes) == marked
    assert len(votes) == question.length
    assert votes[0] == (not marked)
    assert sum(votes[1:]) == len(marked)


@given(st.data())
def test_strict_orders_come_back(data: st.DataObject) -> None:
    candidates = data.draw(st.integers(1, 30))
    order = data.draw(st.permutations(range(1, candidates + 1)))
    ranked = order[: data.draw(st.integers(0, candidates))]
    votes = choices.of_ranks(candidates, [(one,) for one in ranked])
    assert choices.ranks(votes) == tuple((one,) for one in ranked)
    assert [votes[one - 1] for one in ranked] == list(range(1, len(ranked) + 1))
    assert votes.count(0) == candidates - len(ranked)


@given(st.lists(st.integers(0, 255), min_size=1, max_size=30))
def test_any_votes_are_ranks_and_back(votes: list[int]) -> None:
    read = choices.ranks(votes)
    assert choices.of_ranks(len(votes), read) == tuple(votes)
    assert not read or read[-1]


@given(st.lists(st.integers(0, 255), min_size=1, max_size=choices.MOST_RANKED))
def test_so_many_ranks_fit_into_an_element(votes: list[int]) -> None:
    element = ED25519.of_ints(votes)
    assert ED25519.to_ints(len(votes), element) == tuple(votes)


def test_examples() -> None:
    question = asked(3, 2)
    assert choices.of_marks(question, [3, 1]) == (0, 1, 0, 1)
    assert choices.of_marks(question, []) == (1, 0, 0, 0)
    assert choices.of_ranks(4, [(3,), (), (1, 4), (3,)]) == (3, 0, 1, 3)
    assert choices.ranks((3, 0, 1, 3)) == ((3,), (), (1, 4))
    assert choices.ranks((0, 0)) == ()


@pytest.mark.parametrize("marked", [[1, 2, 3], [0], [4]])
def test_marks_that_the_question_does_not_allow(marked: list[int]) -> None:
    with pytest.raises(ValueError, match="mark"):
        choices.of_marks(asked(3, 2), marked)


def test_nobody_is_no_choice_without_blank() -> None:
    with pytest.raises(ValueError, match="0 marks, where 1 to 2"):
        choices.of_marks(asked(3, 2, blank=False), [])


@pytest.mark.parametrize("ranked", [[(0,)], [(3,)], [(1,)] * 256])
def test_ranks_that_cannot_be(ranked: list[tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match="rank"):
        choices.of_ranks(2, ranked)


def test_votes_of_marks_can_be_proved() -> None:
    key, question = elgamal(ED25519, ED25519.g), asked(3, 2)
    for marked in ((), (2,), (1, 3)):
        votes = choices.of_marks(question, marked)
        homomorphic.verify(
            key, "S0", question, homomorphic.encrypt_answer(key, "S0", question, votes)
        )
