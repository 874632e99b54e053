"""The pages of a register of voting keys: what each person is shown, and the trustee without an
account. The scenes are told by ``support/secret_scenes.py``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command import scripted
from support.seen import Seen, holds_no_script_of_its_own, read, told

SCRIPT = Path(__file__).parents[1] / "support" / "secret_scenes.py"

pytestmark = pytest.mark.xdist_group("registers of keys")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder = tmp_path_factory.mktemp("keys") / "org"
    found: Seen = json.loads(scripted(SCRIPT, folder).splitlines()[-1])
    return found


class TestNaming:
    def test_the_register_says_who_is_missing(self, seen: Seen) -> None:
        page = read(seen, "called: register")
        assert "3 trustees, from different sides, hold the key together" in page
        assert "a member, to be named by the steering committee" in page
        assert "somebody of another organisation, to be named by the credentials" in page
        assert "a member, to be drawn by lot" in page
        assert 'href="/registers/1"' in seen["called: convention, source"]

    def test_outsiders_do_not_read_it(self, seen: Seen) -> None:
        read(seen, "called: register, outsider", 403)

    def test_whoever_names_is_asked_to_and_nobody_else(self, seen: Seen) -> None:
        asked = "Name the trustee of the side leadership"
        assert asked in read(seen, "called: today of the namer")
        assert asked not in read(seen, "called: today of another")
        assert "Name them" in read(seen, "called: name, by the namer")
        assert "that is for the steering committee" in read(seen, "called: name, by another")
        read(seen, "called: name drawn", 404)

    def test_the_address_is_shown_to_whoever_names_alone(self, seen: Seen) -> None:
        assert "/trustee/1/outside/" in read(seen, "called: name outside")
        for source in ("called: name outside, by another", "called: register"):
            assert "/trustee/1/outside/" not in seen[f"{source}, source"]


class TestTheTrusteeOfAnotherOrganisation:
    def test_reaches_their_page_without_an_account(self, seen: Seen) -> None:
        assert "You are a trustee" in read(seen, "called: outside page")
        assert "cookie" not in seen["called: outside page, source"].lower()
        assert told(seen, "called: outside next")["step"] == "named"

    def test_another_address_is_none(self, seen: Seen) -> None:
        read(seen, "called: wrong address", 404)
        read(seen, "called: another side's address", 404)

    def test_hands_in_only_what_their_key_has_signed(self, seen: Seen) -> None:
        assert "not named yet" in read(seen, "called: outside hands in", 409)
        read(seen, "called: an act of members", 404)
        assert told(seen, "named: outside next")["key"] == seen["named: key"]
        read(seen, "named: with another's certificate", 409)
        read(seen, "named: with something else", 409)
        assert told(seen, "named: outside hands in", 201)["entry"]

    def test_reads_of_the_record_what_a_mix_needs_and_no_more(self, seen: Seen) -> None:
        assert "secret.mix" in read(seen, "mixed: outside receipt")
        read(seen, "mixed: receipt of something else", 404)
        assert read(seen, "keyed: outside file") == read(seen, "keyed: file")

    def test_states_no_roll(self, seen: Seen) -> None:
        assert told(seen, "decrypted: outside next")["stating"] == {}


class TestTrustees:
    def test_today_asks_them_for_their_key(self, seen: Seen) -> None:
        for who in ("trustee", "drawn"):
            assert "You are a trustee: make your key" in read(seen, f"named: today of the {who}")
        assert "Make your key" in read(seen, "named: trustee")
        assert told(seen, "named: next")["step"] == "certify"

    def test_whoever_is_none_is_told_so(self, seen: Seen) -> None:
        assert "You are no trustee" in read(seen, "called: trustee")
        assert "no trustee" in read(seen, "called: next", 403)

    def test_a_script_is_answered_in_sentences(self, seen: Seen) -> None:
        assert told(seen, "named: not signed in", 403)["said"]
        assert told(seen, "named: member hands in", 201)["entry"]

    def test_who_waits_is_told_for_whom(self, seen: Seen) -> None:
        waiting = told(seen, "named: next, waiting")
        assert waiting["step"] == "wait"
        assert waiting["said"] == "It waits for the trustee of the side drawn."
        assert "has made their key" in read(seen, "named: register")

    def test_they_mix_in_turn(self, seen: Seen) -> None:
        mixes = "You are a trustee: mix the voting keys"
        assert mixes in read(seen, "closed: today of the first")
        second = read(seen, "closed: today of the second")
        assert "It is first the turn of the trustee of the side drawn" in second
        assert mixes in read(seen, "mixed once: today of the second")
        assert told(seen, "closed: next of the second")["turn"] == 1
        assert told(seen, "mixed: outside next")["step"] == "decrypt"

    def test_the_roll_follows_and_anybody_states_it(self, seen: Seen) -> None:
        assert "State the roll" in read(seen, "decrypted: register")
        assert told(seen, "decrypted: next")["stating"]["roll"] == seen["decrypted: roll"]
        assert told(seen, "decrypted: states", 201)["entry"]


class TestVoters:
    def test_before_the_trustees_have_their_keys(self, seen: Seen) -> None:
        assert "The trustees make their keys first" in read(seen, "called: my key")
        read(seen, "called: file", 404)

    def test_today_and_the_page_ask_for_it(self, seen: Seen) -> None:
        assert "Claim your voting key" in read(seen, "keyed: today of a voter")
        page = read(seen, "keyed: my key")
        assert "60 minutes after the convention has opened" in page
        assert "needs JavaScript" in page
        assert "Claim your voting key" not in read(seen, "keyed: today of who has claimed")

    def test_whoever_has_no_seat_is_told_who_votes(self, seen: Seen) -> None:
        page = read(seen, "keyed: my key of a member without a seat")
        assert "the delegates vote" in page
        assert "Claim it" not in read(seen, "keyed: register of a member without a seat")

    def test_nobody_claims_a_copy(self, seen: Seen) -> None:
        assert told(seen, "keyed: a claim", 201)["entry"]
        refused = told(seen, "keyed: another's claim", 409)["said"]
        assert "no claim of yours" in refused[0]
        assert len(refused) == 3, "why, by which rule, and what to do"

    def test_how_many_have_claimed(self, seen: Seen) -> None:
        assert "1 of 12 delegates have claimed a key" in read(seen, "keyed: register")
        assert "You have claimed a voting key" in read(seen, "keyed: register")
        read(seen, "keyed: roll", 404)

    def test_the_roll_is_the_one_that_the_record_names(self, seen: Seen) -> None:
        assert seen["over: hash"] == seen["over: hash of the roll"]
        assert f'data-roll="{seen["over: hash"]}"' in seen["over: my key, source"]
        assert "12 keys can vote" in read(seen, "over: register")
        assert told(seen, "over: trustee")["step"] == "over"


def test_no_page_holds_a_script_or_a_style_of_its_own(seen: Seen) -> None:
    holds_no_script_of_its_own(seen)
