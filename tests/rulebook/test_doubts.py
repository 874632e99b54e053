"""What a rulebook should not say without having thought about it: each doubt, at its path."""

from __future__ import annotations

import pytest

from quorate.rulebook.amending import Change, amended
from quorate.rulebook.doubts import doubts
from quorate.rulebook.reading import preset, read_rulebook

OPEN = read_rulebook(preset("open-convention"))
MAJORITY = "floor.majorities.rulebook"


def doubted(*changes: Change) -> set[str]:
    return {doubt.path for doubt in doubts(amended(OPEN, changes))}


def test_in_the_open_convention_there_is_nothing_to_doubt():
    assert doubted() == set()


def test_in_the_closed_slate_there_is():
    found = {doubt.path for doubt in doubts(read_rulebook(preset("closed-slate")))}
    assert found == {
        "floor.vote_minutes",
        "membership.suspension_after",
        "membership.challenge_parties",
        "witnesses.branches",
        "keys.replaced_by",
        "signing.acts",
        "erasing.undecided",
        "secret.sides.chair.named_by",
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("floor.vote_minutes", 0),
        ("membership.suspension_after", 0),
        ("membership.challenge_parties", "named"),
        ("proposals.seconds.new_members", True),
        ("delegates.minimum_from", 1),
        ("elections.statements_by", "anyone"),
        ("elections.voice_after", 0),
        ("recall.voice_after", 0),
        ("recall.quorum", "none"),
        ("erasing.undecided", "erased"),
        ("secret.fewest_ballots", 4),
        ("secret.fewest_voters", 4),
    ],
)
def test_what_opens_a_way_round_is_doubted_and_so_is_leaving_it_out(path, value):
    assert doubted(Change(path, value)) == {path}
    said = ("floor.vote_minutes", "erasing.undecided", "secret.fewest_ballots")
    if path not in (*said, "secret.fewest_voters"):  # an older rulebook is without it
        assert doubted(Change(path, None)) == {path}


def test_an_unsigned_way_back_leaves_time_to_read_a_letter():
    assert doubted(Change("signing.unsigned_wait_hours", 72)) == set()
    assert doubted(Change("signing.unsigned_wait_hours", 71)) == {"signing.unsigned_wait_hours"}
    off = [Change(f"signing.unsigned_{rule}", 0) for rule in ("vouchers", "wait_hours")]
    assert doubted(*off) == set()


@pytest.mark.parametrize(
    ("share", "strictly", "doubt"),
    [
        ("1/2", True, False),
        ("1/2", False, True),
        ("51/100", False, False),
        ("49/100", True, True),
        ("1/3", False, True),
    ],
)
def test_fewer_than_half_should_not_change_the_rulebook(share, strictly, doubt):
    changes = Change(f"{MAJORITY}.share", share), Change(f"{MAJORITY}.strictly", strictly)
    assert (MAJORITY in doubted(*changes)) == doubt


def test_without_a_minimum_it_does_not_matter_from_where():
    assert doubted(Change("delegates.minimum", 0), Change("delegates.minimum_from", 1)) == set()
