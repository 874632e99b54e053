"""What pages say and what their buttons do, scene by scene: lots, the doors, slates, papers.

The scenes are told by ``support/scenes.py``, in a process of its own; here stands what has to be
seen in them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "support" / "scenes.py"
DONE = 302
"""A form whose act was recorded goes on to the next page."""

Seen = dict[str, Any]

pytestmark = pytest.mark.xdist_group("scenes")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder = tmp_path_factory.mktemp("scenes") / "org"
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(SCRIPT.parents[1])},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: Seen = json.loads(done.stdout.splitlines()[-1])
    return found


class TestATie:
    def test_whoever_is_elected_sits_before_the_lot(self, seen: Seen) -> None:
        assert seen["tie: branches"] >= 5
        for certain, sitting in seen["tie: seated"].values():
            assert sitting[: len(certain)] == certain
            assert None in sitting
        assert any(certain for certain, _ in seen["tie: seated"].values())

    def test_members_of_the_branch_are_told_and_find_the_lot(self, seen: Seen) -> None:
        assert "Take part in the lot: the tie in the election" in seen["tie: today of the branch"]
        assert "the lot" not in seen["tie: today of another branch"]
        assert "A tie waits for a lot" in seen["tie: election"]
        assert "They sit already." in seen["tie: election"]

    def test_one_button_commits_and_one_hands_in(self, seen: Seen) -> None:
        assert seen["tie: commit"] == seen["tie: hand in"] == seen["tie: hand in third"] == DONE
        assert "You have committed to a number." in seen["tie: committed"]
        assert "Hand in your number for the lot" in seen["tie: today hands in"]
        assert seen["tie: commit twice"] == 409

    def test_the_server_draws_a_number_that_nobody_guesses(self, seen: Seen) -> None:
        careful = seen["tie: people"]["careful"]
        drawn = [number for who, number in seen["tie: numbers"].items() if who != careful]
        assert len(set(drawn)) == 2
        assert all(re.fullmatch("[0-9a-f]{32}", number) for number in drawn)

    def test_a_careful_member_keeps_number_and_salt_until_the_end(self, seen: Seen) -> None:
        careful = seen["tie: people"]["careful"]
        assert seen["tie: commit bare"] == seen["tie: hand in own"] == DONE
        assert seen["tie: numbers"][careful] == seen["tie: people"]["number"]

    def test_a_commitment_that_nobody_can_open_is_not_handed_in(self, seen: Seen) -> None:
        """Else anyone could cancel a lot and have its keeper blamed for it."""
        assert seen["tie: hand in bare"] == 422
        assert "give the number with its salt" in seen["tie: hand in bare, answer"]

    def test_nobody_has_anothers_ballot_opened_with_a_lot(self, seen: Seen) -> None:
        for what in ("tie: commit copied", "tie: commit a ballot"):
            assert seen[what] == 422
            assert "is sealed here already" in seen[f"{what}, answer"]

    def test_everyone_sees_the_numbers_and_who_withheld(self, seen: Seen) -> None:
        withheld, silent = seen["tie: withheld"]
        assert withheld == [silent]
        page = seen["tie: convention after"]
        for number in seen["tie: numbers"].values():
            assert number in page
        assert f"had committed to a number: {seen['tie: name of the silent']}." in page
        assert "A tie was settled by lot" in seen["tie: election after"]

    def test_then_no_seat_is_empty(self, seen: Seen) -> None:
        assert seen["tie: empty"] == 0


def test_the_agenda_is_drawn_by_buttons(seen: Seen) -> None:
    assert "A lot is to be drawn: the order of the agenda" in seen["agenda: today calls"]
    assert "Take part in the lot: the order of the agenda" in seen["agenda: today takes part"]
    assert seen["agenda: seed"] in seen["agenda: convention"]


class TestAtTheDoors:
    def test_the_committee_is_sent_to_its_desk(self, seen: Seen) -> None:
        assert "Check credentials" in seen["doors: desk"]
        assert "120 delegates are to be checked" in seen["doors: desk"]

    def test_delegates_are_asked_to_be_present_before_the_opening(self, seen: Seen) -> None:
        assert "Mark yourself as present" in seen["doors: today checked"]
        assert "The quorum is counted by it." in seen["doors: today checked"]
        assert seen["doors: arrives"] == DONE

    def test_whose_credentials_nobody_checks_is_told_from_when_they_come_in(
        self, seen: Seen
    ) -> None:
        hour = "you can take your seat from 28 May 2026, 21:26"
        assert hour in seen["doors: today unchecked"]
        assert hour in seen["doors: page unchecked"]
        assert "I am here" not in seen["doors: page unchecked"]

    def test_and_comes_in_then(self, seen: Seen) -> None:
        assert seen["doors: unchecked arrives"] == DONE
        assert "You are present in seat" in seen["doors: unchecked is there"]

    def test_the_chair_is_asked_to_open_it(self, seen: Seen) -> None:
        waits = "Open the convention It waits for its quorum: 1 of 60 seats are present."
        assert waits in seen["doors: chair without quorum"]
        assert "Open the convention 119 seats are present." in seen["doors: chair with quorum"]
        assert seen["doors: opens"] == DONE

    def test_an_alternate_is_offered_their_own_seat_only(self, seen: Seen) -> None:
        own, anothers = seen["doors: my seat, another's"]
        for page in ("doors: alternate", "doors: step-in form"):
            assert own in seen[page]
            assert anothers not in seen[page]
        sits, alternate = seen["doors: now sits"]
        assert sits == alternate

    def test_giving_way_and_guests_have_links_for_whoever_may(self, seen: Seen) -> None:
        assert "leave the seat to an alternate" in seen["doors: page unchecked"]
        assert "Invite a guest" in seen["guests: inviting"]
        assert "Invite a guest" not in seen["guests: others"]

    def test_a_referral_asks_for_owner_and_date(self, seen: Seen) -> None:
        assert "(may be left out)" not in seen["doors: referral"]
        assert "whom the rulebook names" not in seen["doors: referral"]
        form = seen["doors: referral, source"]
        assert re.search(r'<select id="owner"[^>]* required', form)
        assert re.search(r'<input type="datetime-local" id="due"[^>]* required', form)
        assert "Owner (may be left out)" in seen["doors: proposal"]


class TestTheFloor:
    def test_the_chair_is_told_each_next_step(self, seen: Seen) -> None:
        assert "Put to the vote: Minutes within a week" in seen["floor: chair before"]
        open_still = seen["floor: chair while it is open"]
        assert "A vote is open: Minutes within a week Close it when they have voted" in open_still
        assert "Close the vote: Minutes within a week" in seen["floor: chair when all have voted"]
        assert seen["floor: puts it"] == seen["floor: closes it"] == DONE
        after = seen["floor: chair after"]
        assert "Call the election: Steering committee" in after
        assert "It is owed before the close." in after
        assert "Call the election: Steering committee" in seen["floor: chair's card"]
        assert "Not elected yet:" in seen["floor: chair's card"]

    def test_whoever_voted_sees_their_own_choice(self, seen: Seen) -> None:
        assert seen["floor: votes"] == seen["floor: votes against"] == DONE
        assert "Minutes within a week On the floor now." in seen["floor: delegate asked"]
        assert "You voted: for. Nobody else can see it" in seen["floor: own"]
        assert "You voted: against. Nobody else can see it" in seen["floor: own, against"]
        assert seen["floor: kept"] == "private, no-store"

    def test_and_nobody_else_does(self, seen: Seen) -> None:
        for who in ("delegate", "chair", "outsider"):
            assert "You voted" not in seen[f"floor: {who} sees"]
            assert not re.search(r"\d+ (for|against)", seen[f"floor: {who} sees"])

    def test_a_delegate_with_nothing_to_do_is_told_how_far_it_is(self, seen: Seen) -> None:
        assert (
            "sits, and nothing waits for your vote 1 of 1 item is" in seen["floor: delegate after"]
        )


class TestAhead:
    """Whoever has nothing to do is told what comes next."""

    def test_a_delegate(self, seen: Seen) -> None:
        assert f"You are a delegate of {seen['ahead: branch']} The" in seen["ahead: delegate"]
        assert "Read what it will decide." in seen["ahead: delegate"]

    def test_a_member_and_an_author(self, seen: Seen) -> None:
        assert "to the convention for " in seen["ahead: member"]
        assert "Your proposal: Minutes within a week" in seen["ahead: author"]

    def test_nobody_is_offered_to_reply_when_the_bulletin_is_closed(self, seen: Seen) -> None:
        assert "Reply" not in seen["ahead: closed"]
        assert "Amend" not in seen["ahead: closed"]
        assert "You can" not in seen["ahead: closed"]


class TestASlate:
    def test_delegates_find_it_on_today_and_above_the_agenda(self, seen: Seen) -> None:
        assert "Propose a slate: steering committee" in seen["slate: today of a delegate"]
        page = seen["slate: convention"]
        assert "Steering committee nominations until" in page
        assert page.index("Elections under way") < page.index("Agenda")

    def test_whoever_is_on_it_is_asked_and_answers_by_a_button(self, seen: Seen) -> None:
        assert "You are on slate 1: steering committee" in seen["slate: today"]
        assert "You are on slate 1: Unity" in seen["slate: page"]
        assert seen["slate: yes"] == seen["slate: no"] == DONE
        assert seen["slate: said"] == [True, True]

    def test_whoever_has_said_no_is_not_asked_again(self, seen: Seen) -> None:
        assert "You are on slate" not in seen["slate: today after"]

    def test_only_whoever_can_propose_one_is_offered_it(self, seen: Seen) -> None:
        assert "Propose a slate" in seen["slate: a delegate"]
        assert "Propose a slate" not in seen["slate: not a delegate"]


class TestOnPaper:
    def test_delegates_are_asked_to_nominate_until_when(self, seen: Seen) -> None:
        today = seen["paper: today of a delegate"]
        assert re.search(r"Nominate: bulletin editor 2 nominated so far. Until .* Nominate", today)

    def test_who_is_nominated_says_yes_or_no(self, seen: Seen) -> None:
        assert "I stand I do not stand" in seen["paper: nominated"]
        assert seen["paper: stands"] == seen["paper: does not stand"] == DONE
        assert seen["paper: said"] == [True, False]

    def test_only_whoever_can_nominate_is_offered_it(self, seen: Seen) -> None:
        assert "Nominate This election" in seen["paper: a delegate may nominate"]
        assert "Nominate This election" not in seen["paper: others may not"]

    def test_delegates_get_no_ballot_and_tellers_a_table(self, seen: Seen) -> None:
        assert "vote where the papers are given out" in seen["paper: while it is open"]
        assert "Cast my ballot" not in seen["paper: while it is open"]
        assert "Papers to be entered: bulletin editor" in seen["paper: teller's today"]
        assert "Enter papers All papers are entered" in seen["paper: teller"]
        assert "Enter papers" not in seen["paper: not a teller"]

    def test_no_more_papers_than_could_vote(self, seen: Seen) -> None:
        assert seen["paper: too many"] == 409
        assert "500 papers, and only 119 could vote" in seen["paper: too many, answer"]

    def test_who_entered_them_does_not_end_them(self, seen: Seen) -> None:
        assert seen["paper: enter"] == DONE
        assert "All papers are entered" not in seen["paper: teller after"]
        assert seen["paper: ends alone"] == 409
        assert seen["paper: ends"] == DONE

    def test_page_and_minutes_say_whose_word_it_is(self, seen: Seen) -> None:
        first, second = seen["paper: tellers"]
        assert f"15 papers were typed in by {first}; {second} counted them" in seen["paper: result"]
        told = f"15 papers, entered by {first} and ended by {second}"
        assert told in seen["paper: minutes"]
