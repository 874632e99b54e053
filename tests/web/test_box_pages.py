"""The pages of ballot boxes: what each person is shown, from the call to the result, or to the end
of a box that is never opened. The scenes are told by ``support/box_scenes.py``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.command import scripted
from support.seen import Seen, holds_no_script_of_its_own, read, told

SCRIPT = Path(__file__).parents[1] / "support" / "box_scenes.py"

pytestmark = pytest.mark.xdist_group("pages of boxes")


def told_in(folder: Path, story: str) -> Seen:
    found: Seen = json.loads(scripted(SCRIPT, folder, story).splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def marks(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return told_in(tmp_path_factory.mktemp("marks") / "org", "marks")


@pytest.fixture(scope="module")
def ranks(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return told_in(tmp_path_factory.mktemp("ranks") / "org", "ranks")


@pytest.fixture(scope="module")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return told_in(tmp_path_factory.mktemp("nobody") / "org", "nobody")


class TestBefore:
    def test_the_pages_say_that_it_is_secret_and_what_a_small_box_gives_away(
        self, marks: Seen
    ) -> None:
        for page in ("called: election", "called: box"):
            text = read(marks, page)
            assert "with fewer than 5 ballots is not opened" in text
            assert "If all in a box vote alike, the result shows how each of them did" in text
            assert "A paper is not encrypted" in text
        assert "The box opens when nominations end" in read(marks, "called: box")
        read(marks, "called: trustee", 404)

    def test_only_readers_see_it(self, marks: Seen) -> None:
        read(marks, "open: box, outsider", 403)


class TestWhileVotesAreCast:
    def test_no_open_ballot_is_asked_for(self, marks: Seen) -> None:
        for scene in ("called", "open", "papers", "declared"):
            assert "elections.vote" not in marks[f"{scene}: election, source"]

    def test_batches_and_no_more(self, marks: Seen) -> None:
        text = read(marks, "open: box")
        assert "11 voting keys stand on the roll" in text
        assert "1 who could vote has claimed no key" in text
        assert re.search(r"3 ballots [0-9a-f]{64} entry \d+ 0 ballots [0-9a-f]{64} entry", text)
        for word in ("counted", "Blank", "have voted"):
            assert word not in text
        assert "have voted" not in read(marks, "open: election")

    def test_links_to_what_anybody_checks(self, marks: Seen) -> None:
        for link in ("/elections/7/check", "/elections/7/audit", "/api/ballots/7/archive"):
            assert f'href="{link}"' in marks["open: box, source"]

    def test_what_is_kept_up_is_what_the_page_says(self, marks: Seen) -> None:
        for scene in ("called", "open", "closed", "declared"):
            now = read(marks, f"{scene}: box now")
            assert all(part in read(marks, f"{scene}: box") for part in now.split(". "))

    def test_trustees_wait_and_may_have_their_file_at_hand(self, marks: Seen) -> None:
        assert told(marks, "open: next 1")["step"] == "voting"
        assert told(marks, "open: outside next")["election"] == 7
        assert "trustee" not in read(marks, "open: today 1")
        assert "You are no trustee of this ballot box" in read(marks, "open: trustee, another")
        read(marks, "open: next, another", 403)


class TestTooFewBallots:
    def test_it_is_never_opened_and_held_again(self, marks: Seen) -> None:
        for page in ("few: election", "few: box"):
            text = read(marks, page)
            assert "3 ballots came in" in text
            assert "the same candidates and the same voting keys: vote in election 8" in text
            assert "quorum" not in text
        after = told(marks, "few: next 1")
        assert (after["step"], after["ends"]) == ("void", True)

    def test_the_trustee_s_one_page_goes_on_to_the_next_box(self, marks: Seen) -> None:
        after = told(marks, "few: register's next 1")
        assert (after["step"], after["election"], after["ends"]) == ("voting", 8, False)


class TestPapers:
    def test_tellers_enter_them_before_anybody_decrypts(self, marks: Seen) -> None:
        assert "Papers to be entered" in read(marks, "papers: today of the teller")
        table = read(marks, "papers: teller")
        assert "0 of at most 1 paper" in table
        assert "1 Member 5, 2 Member 7" in table
        assert "Enter papers" not in read(marks, "papers: election")
        assert "the ballot box is to be opened" in read(marks, "papers: election")
        after = told(marks, "papers: next 1")
        assert after["step"] == "papers"
        assert "Tellers enter papers" in after["said"]
        assert "decrypt" not in read(marks, "papers: today 1")

    def test_no_more_than_have_no_key(self, marks: Seen) -> None:
        assert told(marks, "papers: entered", 201)["entry"]
        assert "only 1 could vote without a key" in read(marks, "papers: one too many", 409)

    def test_another_ends_them(self, marks: Seen) -> None:
        own = read(marks, "papers: teller who entered")
        assert "another of you counts them by hand" in own
        assert "All papers are entered" not in own
        assert "All papers are entered" in read(marks, "papers: the other")
        assert told(marks, "papers: ended", 201)["entry"]
        assert "counted it and ended the entering" in read(marks, "closed: election")


class TestOpening:
    def test_trustees_are_asked_to(self, marks: Seen) -> None:
        asked = "You are a trustee: decrypt the ballot box: Steering committee"
        assert asked in read(marks, "closed: today 1")
        assert 'href="/elections/8/trustee"' in marks["closed: today 1, source"]
        after = told(marks, "closed: next 1")
        assert (after["step"], after["fewest"], after["shuffle"]) == ("open", 5, None)
        assert told(marks, "closed: register's next 1")["election"] == 8

    def test_the_letter_leads_to_the_trustee_s_page(self, marks: Seen) -> None:
        assert "/elections/8/trustee" in marks["closed: letter"]

    def test_the_head_is_that_of_an_entry_whose_receipt_is_there(self, marks: Seen) -> None:
        entry = told(marks, "closed: outside next")["closing"]
        receipt = read(marks, "closed: outside receipt")
        assert "secret.box_closed" in receipt
        assert f"as entry {entry}" in receipt
        read(marks, "closed: receipt of something else", 404)

    def test_another_organisation_s_trustee_needs_no_account(self, marks: Seen) -> None:
        read(marks, "closed: of another box", 404)
        assert "signature cannot be read" in read(marks, "closed: signed by another", 409)
        assert told(marks, "closed: outside hands in", 201)["entry"]
        assert "waits for one more trustee" in told(marks, "decrypted once: outside next")["said"]
        assert "has decrypted it" in told(marks, "decrypted once: next 1")["shown"]

    def test_anybody_states_what_follows(self, marks: Seen) -> None:
        assert "State the result" in read(marks, "decrypted: box")
        assert "State the result" in read(marks, "decrypted: today of a delegate")
        assert 'href="/elections/8/box"' in marks["decrypted: today of a delegate, source"]
        assert told(marks, "decrypted: next 2")["step"] == "result"
        outside = told(marks, "decrypted: outside next")
        assert (outside["step"], outside["stating"]) == ("wait", {})
        assert "cannot give this" in read(marks, "decrypted: other sums", 409)
        assert "sums: expected whole numbers" in read(marks, "decrypted: no sums", 422)
        assert told(marks, "decrypted: stated", 201)["entry"]


class TestResult:
    def test_the_sheet_counts_box_and_papers(self, marks: Seen) -> None:
        page = read(marks, "declared: election")
        assert "Papers: 8" in page
        assert "7 ballots count" in page
        assert "Elected" in page
        sums = read(marks, "declared: box")
        assert "Member 5 2 Member 7 2 Member 8 2 Member 22 1 Member 23 7 Blank 0" in sums
        assert "Member 5,elected,3" in read(marks, "declared: sheet")
        assert told(marks, "declared: next 1")["step"] == "over"
        assert "Keep your file until the last" in told(marks, "declared: outside next")["said"]

    def test_there_are_no_ballots_to_give_where_sums_came_out(self, marks: Seen) -> None:
        assert "Only sums came out" in read(marks, "declared: blt", 404)
        assert ".blt" not in marks["declared: election, source"]


class TestRankings:
    def test_trustees_shuffle_in_turn(self, ranks: Seen) -> None:
        asked = "You are a trustee: shuffle the ballots: Steering committee"
        assert asked in read(ranks, "closed: today 1")
        second = told(ranks, "closed: next 2")
        assert (second["step"], second["turn"]) == ("shuffle", 1)
        assert "It is first the turn of the trustee of the side drawn" in second["said"]
        once = told(ranks, "shuffled once: next 2")
        assert (once["step"], once["turn"]) == ("shuffle", 0)
        assert "1 of 2 trustees have shuffled" in read(ranks, "shuffled once: box")

    def test_they_decrypt_when_the_papers_are_in(self, ranks: Seen) -> None:
        assert told(ranks, "shuffled: next 1")["step"] == "papers"
        entry = told(ranks, "shuffled: outside next")["shuffle"]
        assert f"as entry {entry}" in read(ranks, "shuffled: outside receipt")
        assert told(ranks, "papers over: next 1")["step"] == "open"

    def test_the_rankings_are_stated_and_counted(self, ranks: Seen) -> None:
        stated = told(ranks, "decrypted: next 1")["stating"]["rankings"].splitlines()
        assert sum(int(line.split(":")[0]) for line in stated) == 7
        assert told(ranks, "decrypted: stated", 201)["entry"]
        assert "7 rankings, without names" in read(ranks, "declared: box")
        assert "Elected" in read(ranks, "declared: election")
        assert read(ranks, "declared: blt").startswith("5 9\n")


class TestTrusteesWhoDoNotCome:
    def test_the_election_is_void_and_what_happens_next_is_said(self, nobody: Seen) -> None:
        for page in ("void: election", "void: box"):
            text = read(nobody, page)
            assert "Too few trustees came to open this box in time" in text
            assert "can call the election again, on paper" in text
        assert told(nobody, "void: next 1")["step"] == "void"
        assert told(nobody, "void: outside next")["step"] == "void"
        assert "Too few trustees came to open a ballot box" in read(nobody, "void: register")


@pytest.mark.parametrize("story", ["marks", "ranks", "nobody"])
def test_no_page_of_a_box_holds_a_script_or_a_style_of_its_own(
    story: str, request: pytest.FixtureRequest
) -> None:
    holds_no_script_of_its_own(request.getfixturevalue(story))
