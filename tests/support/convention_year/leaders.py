"""The leadership is elected, one by one or by slate."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from quorate.chapters.calendar import MINUTE
from quorate.chapters.floor.close import owed_elections
from support.convention_year.calling import local
from support.convention_year.lots import draw
from support.convention_year.sitting import chair_at_convention
from support.story import Story, nothing_wrong, receipt_shown


def elect_the_editor_in_the_open(story: Story) -> None:
    """The bulletin's editor by single transferable vote, on phones; the count can be followed."""
    number = call_an_election(story, "bulletin-editor")
    election = story.state.elections.elections[number]
    first, *others = story.delegates()
    standing_for_it(story, number, 4)
    story.go_to(election.opens)
    phone = story.phone(first)
    phone.get_by_role("link", name="Vote", exact=True).first.click()
    ranks = phone.locator("main .rank input")
    for place in range(4):
        ranks.nth(place).fill(str(place + 1))
    phone.get_by_role("button", name="Cast my ballot").click()
    receipt_shown(phone)
    standing = len(story.state.elections.elections[number].standing)
    order = [str(n) for n in range(1, standing + 1)]
    for place, member in enumerate(others):
        shift = place % 3
        ballot = ",".join(order[shift:] + order[:shift])
        story.act(member, "elections.vote", election=number, ballot=ballot)
    declared(story, number)
    phone.goto(f"{story.address}/elections/{number}")
    expect(phone.get_by_text("Quota:").first).to_be_visible()
    expect(phone.get_by_role("region", name="Count sheet")).to_be_visible()
    assert phone.get_by_role("region", name="Votes by stage").locator("svg").count() == 1
    result = story.state.elections.elections[number].result
    assert result is not None
    assert len(result.elected) == election.seats


def standing_for_it(story: Story, number: int, candidates: int) -> None:
    """One nominates another on their phone, who stands; the others stand by a program."""
    first, *others = story.delegates()
    phone = story.phone(first)
    phone.goto(f"{story.address}/elections/{number}")
    phone.get_by_role("link", name="Nominate", exact=True).click()
    phone.get_by_label("Member").fill(story.people[others[0]].name)
    phone.get_by_role("button", name="Nominate them").click()
    receipt_shown(phone)
    nominee = story.phone(others[0])
    nominee.get_by_role("link", name=re.compile("Answer|You are nominated")).first.click()
    nominee.get_by_role("button", name="I stand").click()
    receipt_shown(nominee)
    for member in others[1:candidates]:
        story.act(member, "elections.nominate", election=number, member=member)


def fill_the_other_offices(story: Story) -> None:
    """What else the convention owes is elected too: closing is refused before."""
    story.refused(story.holder("chair"), "floor.close", "floor.close")
    for office in owed_elections(story.state, story.convention):
        number = call_an_election(story, office)
        seats = story.state.elections.elections[number].seats
        for member in story.delegates()[:seats]:
            story.act(member, "elections.nominate", election=number, member=member)
        story.go_to(story.state.elections.elections[number].opens)
        order = [str(n) for n in range(1, seats + 1)]
        for member in story.delegates():
            story.act(member, "elections.vote", election=number, ballot=",".join(order))
        declared(story, number)


def call_an_election(story: Story, office: str) -> int:
    """The chair calls it; the earliest times that the rulebook allows."""
    rules = story.convention.rules.elections
    minute = (story.now // MINUTE + 1) * MINUTE
    opens = minute + rules.nominations_minutes * MINUTE
    chair = chair_at_convention(story)
    chair.locator(f"a[href*='office={office}']").click()
    chair.get_by_label("It opens").fill(local(opens))
    chair.get_by_label("It closes").fill(local(opens + rules.poll_minutes * MINUTE))
    chair.get_by_role("button", name="Call it").click()
    receipt_shown(chair)
    return max(story.state.elections.elections)


def declared(story: Story, number: int) -> None:
    """The poll closes, by itself; a tie waits for a lot that three members draw."""
    story.go_to(story.state.elections.elections[number].closes)
    if story.state.elections.elections[number].lot_needed:
        draw(story, "election", number)
    assert story.state.elections.elections[number].result is not None


def elect_leaders_by_slate(story: Story) -> None:
    """The outgoing committee proposes the slate; delegates can say yes or no to all of it."""
    number = call_an_election(story, "steering-committee")
    election = story.state.elections.elections[number]
    proposer = story.holder("steering-committee")
    on_it = [m for m in story.delegates() if m != proposer][: election.seats]
    desk = story.desk(proposer)
    desk.goto(f"{story.address}/elections/{number}")
    desk.get_by_role("link", name="Propose a slate").click()
    desk.get_by_label("Title").fill("Unity and continuity")
    desk.get_by_label("Who is on it").fill("\n".join(story.people[m].name for m in on_it))
    desk.get_by_role("button", name="Propose it").click()
    receipt_shown(desk)
    agree_and_vote_on_the_slate(story, number)


def agree_and_vote_on_the_slate(story: Story, number: int) -> None:
    election = story.state.elections.elections[number]
    on_it = election.slates[0].members
    phone = story.phone(on_it[0])
    phone.get_by_role("link", name="Answer", exact=True).first.click()
    nothing_wrong(phone)
    phone.get_by_role("button", name="Yes, I agree").click()
    receipt_shown(phone)
    for member in on_it[1:]:
        story.act(member, "elections.consent", election=number, slate=1, yes=True)
    committee = story.holders("steering-committee")
    outsider = next(m for m in story.delegates() if m not in committee)
    story.refused(
        outsider,
        "elections.propose_slate",
        "bodies.steering-committee",
        election=number,
        title="Another",
        members=on_it,
    )
    story.go_to(election.opens)
    phone = story.phone(story.delegates()[0])
    phone.get_by_role("link", name="Vote", exact=True).first.click()
    phone.get_by_role("radio", name="No").check()
    phone.get_by_role("button", name="Cast my ballot").click()
    receipt_shown(phone)
    for member in story.delegates()[1:]:
        story.act(member, "elections.vote", election=number, ballot="1")
    declared(story, number)
    phone.goto(f"{story.address}/elections/{number}")
    expect(phone.locator("main ol").first.locator("li")).to_have_count(election.seats)
    expect(phone.get_by_role("region", name="Count sheet")).to_be_visible()
    assert owed_elections(story.state, story.convention) == ()
