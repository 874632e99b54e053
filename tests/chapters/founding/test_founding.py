"""Founding: one rulebook, everything that the year needs, and then no founder any more."""

from __future__ import annotations

import pytest

from quorate import organisation
from quorate.chapters.clause import FOUNDER, Occasion
from quorate.chapters.offices.holding import vacant
from quorate.chapters.state import EMPTY
from quorate.record import entry
from quorate.rulebook.reading import PRESETS, preset
from support.pure import Pure, document, person, pseudonym
from support.small import Small, founded


def adopted(pure: Pure, text: str = "", by: str = FOUNDER) -> object:
    return pure.tried(
        by,
        "founding.adopt",
        origin="small.example",
        rules_text=text or preset("open-convention"),
    )


@pytest.mark.parametrize("name", PRESETS)
def test_a_founded_organisation_has_a_holder_for_every_office(name):
    small = founded(name)
    assert small.state.founding.complete == small.pure.time
    assert vacant(small.state) == ()
    assert small.state.founding.versions[0].entry == 0
    assert small.state.membership.in_good_standing == len(small.everyone) == 60
    committee = small.holders("steering-committee")
    assert len(set(committee)) == small.state.rules.bodies["steering-committee"].seats
    assert small.refused(committee[0], "floor.call", "floor.notice", opens=small.pure.time)


def test_nothing_comes_before_the_rulebook_and_it_is_adopted_once():
    pure = Pure()
    early = pure.tried(FOUNDER, "membership.open_region", code="A", name="A")
    assert early.rule == "record.founding"
    assert adopted(pure, by="rulebook") is not None
    assert adopted(pure, by=pseudonym(1)) is not None
    assert pure.state == EMPTY
    assert adopted(pure) is None
    again = adopted(pure)
    assert again.rule == "record.founding"
    assert len(pure.state.founding.versions) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[organisation", "the file"),
        ("a = " + "[" * 5000, "the file"),
        ("a = " + "9" * 5000, "the file"),
        (preset("open-convention") + "\n[surprise]\na = 1\n", "surprise"),
        (preset("open-convention").replace('"1/2"', '"3/2"', 1), "floor.quorum"),
        (preset("open-convention").replace("roll_cut_off = 100", "roll_cut_off = 1"), "roll"),
    ],
)
def test_a_faulty_rulebook_is_refused_with_its_place(text, names):
    pure = Pure()
    refusal = adopted(pure, text)
    assert refusal.rule == "record.founding"
    assert names in refusal.because or names in refusal.because.lower()
    assert pure.state == EMPTY


@pytest.mark.parametrize("filling", ["\n", '"', "\t", "x", "é", "語", "😀"])
def test_whatever_rulebook_is_adopted_fits_into_an_entry(filling):
    pure = Pure()
    room = 50_000 - len(preset("open-convention")) - 3
    for length in (room, room // 2, room // 4 * 3, room // 5):
        act = organisation.read_act(
            "founding.adopt",
            {
                "origin": "x" * 100,
                "rules_text": f"{preset('open-convention')}\n# {filling * length}"
                if filling != "\n"
                else preset("open-convention") + filling * length,
            },
        )
        occasion = Occasion(0, 2**45, FOUNDER)
        if organisation.decide(pure.state, act, occasion) is None:
            assert entry.read(entry.write(occasion, act)).act == act
        else:
            assert len(act.rules_text.encode()) > 30_000


def test_it_is_not_complete_while_an_office_is_empty():
    pure = Pure()
    adopted(pure)
    small = Small(pure)
    small.refused(FOUNDER, "founding.complete", "membership.admission")
    pure.do(FOUNDER, "membership.open_region", code="A", name="A")
    pure.do(FOUNDER, "membership.open_branch", code="A1", name="A1", region="A")
    pure.do(FOUNDER, "membership.admit", member=pseudonym(1), branch="A1", person=person(1))
    missing = set(vacant(pure.state))
    assert ("branch-secretary", "A1") in missing
    assert ("regional-organiser", "A") in missing
    assert ("chair", "") in missing
    while missing:
        assert "Nobody holds" in small.refused(FOUNDER, "founding.complete", "record.founding")
        office, place = missing.pop()
        pure.do(FOUNDER, "offices.install", office=office, place=place, member=pseudonym(1))
    small.refused(pseudonym(1), "founding.complete", "record.founding")
    pure.do(FOUNDER, "founding.complete")


def test_the_founder_brings_the_programme_once():
    pure = Pure()
    adopted(pure)
    small = Small(pure)
    pure.do(FOUNDER, "founding.bring_programme", text=document("programme"))
    brought = pure.state.founding.programme
    assert (brought.text, brought.entry) == (document("programme"), 1)
    again = {"text": document("another")}
    small.refused(FOUNDER, "founding.bring_programme", "record.founding", **again)
    done = founded()
    done.refused(FOUNDER, "founding.bring_programme", "record.founding", **again)
    done.refused(done.everyone[0], "founding.bring_programme", "record.founding", **again)


def test_the_founder_has_no_rights_any_more():
    small = founded()
    number = 901
    for act, fields in {
        "founding.complete": {},
        "membership.open_region": {"code": "D", "name": "D"},
        "membership.admit": {"member": pseudonym(number), "branch": "A1", "person": person(number)},
        "offices.install": {"office": "chair", "member": small.everyone[-1]},
        "membership.resign": {},
    }.items():
        small.refused(FOUNDER, act, "record.founding", **fields)


def test_while_it_lasts_the_founder_has_no_rights_of_a_member():
    pure = Pure()
    adopted(pure)
    small = Small(pure)
    small.refused(FOUNDER, "membership.be_reachable", "membership.admission", yes=True)
    small.refused(FOUNDER, "membership.resign", "membership.admission")
    small.refused(FOUNDER, "membership.erase", "membership.admission")
    small.refused(FOUNDER, "lots.call", "membership.admission", purpose="agenda", of=1)
    small.refused(FOUNDER, "floor.call", "record.founding", opens=2**45)
