"""A whole convention year, under each preset: founded by commands, carried by clicks and the API.

At every step some people click (members and delegates on a phone, officers at a desk) and the many
others act over the API. Where the presets differ, the chapter says so.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.convention_year.afterwards import (
    leave_with_it,
    read_the_minutes,
    report,
    the_new_rule_is_cited,
    the_new_rule_waits_for_the_next_call,
    the_next_call_brings_it_into_force,
)
from support.convention_year.bulletin import (
    hand_in_a_document,
    read_the_issue,
    refuse_and_overturn,
    refuse_and_stand_by_it,
)
from support.convention_year.calling import attest_the_rolls, call_the_convention
from support.convention_year.delegates import elect_delegates, invite_a_guest, step_into_a_seat
from support.convention_year.founding import founded
from support.convention_year.leaders import (
    elect_leaders_by_slate,
    elect_the_editor_in_the_open,
    fill_the_other_offices,
)
from support.convention_year.lots import draw_the_agenda
from support.convention_year.proposals import (
    answer_in_writing,
    hand_in_proposals,
    lapse,
    second_until_admitted,
)
from support.convention_year.secretly import (
    delegates_claim_keys,
    elect_bodies_in_secret,
    trustees_make_keys,
    trustees_make_the_roll,
)
from support.convention_year.sitting import close, decide, gather
from support.small import leadership, rules_text


@pytest.mark.xdist_group("open year")
def test_a_year_of_an_open_convention(browser: Browser, tmp_path: Path) -> None:
    in_secret = leadership(secret=True)
    rules = rules_text("open-convention", members='"20%"', appeal_decided_within="6", **in_secret)
    with founded(tmp_path, rules, browser) as story:
        call_the_convention(story)
        keys = trustees_make_keys(story)
        author = hand_in_a_document(story)
        refuse_and_overturn(story, author)
        attest_the_rolls(story)
        read_the_issue(story, author)
        elect_delegates(story)
        change, referred, hopeless = hand_in_proposals(story, author)
        second_until_admitted(story, [1, change, referred])
        lapse(story, hopeless)
        answer_in_writing(story)
        invite_a_guest(story)
        step_into_a_seat(story)
        draw_the_agenda(story)
        delegates_claim_keys(story, keys)
        gather(story)
        trustees_make_the_roll(story, keys)
        decide(story, referred)
        elect_bodies_in_secret(story, keys)
        elect_the_editor_in_the_open(story)
        fill_the_other_offices(story)
        close(story)
        the_new_rule_is_cited(story)
        read_the_minutes(story)
        report(story, 1)
        leave_with_it(story, tmp_path)


@pytest.mark.xdist_group("closed year")
def test_a_year_of_a_closed_slate(browser: Browser, tmp_path: Path) -> None:
    rules = rules_text("closed-slate", appeal_decided_within="6")
    with founded(tmp_path, rules, browser) as story:
        call_the_convention(story)
        author = hand_in_a_document(story)
        refuse_and_stand_by_it(story, author)
        attest_the_rolls(story)
        read_the_issue(story, author)
        elect_delegates(story)
        change, referred, hopeless = hand_in_proposals(story, story.delegates()[0])
        carried = change - 1
        second_until_admitted(story, [carried, change, referred])
        lapse(story, hopeless)
        answer_in_writing(story)
        invite_a_guest(story)
        step_into_a_seat(story)
        gather(story)
        decide(story, referred)
        elect_leaders_by_slate(story)
        close(story)
        the_new_rule_waits_for_the_next_call(story)
        read_the_minutes(story)
        report(story, carried)
        the_next_call_brings_it_into_force(story)
        leave_with_it(story, tmp_path)
