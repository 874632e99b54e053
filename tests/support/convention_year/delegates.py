"""Branches elect delegates; one gives way, and an alternate steps in; a guest."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from quorate.chapters.calendar import HOUR
from quorate.chapters.delegates.seating import next_alternate
from support.convention_year.calling import individuals
from support.story import Story, nothing_wrong, receipt_shown


def elect_delegates(story: Story) -> None:
    """Branches nominate and vote; in one of them two people do it on their phones."""
    story.go_to(story.convention.dates.nominations_open + HOUR)
    elections = story.state.elections.elections
    organisers = {
        held.member
        for (office, _), every in story.state.offices.now.items()
        if office == "regional-organiser"
        for held in every
    }
    voters = story.without_office_first(elections[min(elections)].voters)
    clicking = next(m for m in voters if m not in organisers)
    for number, election in sorted(elections.items()):
        able = [m for m in story.without_office_first(election.voters) if m not in organisers]
        for member in able[: election.seats + 2]:
            if member == clicking:
                nominate_oneself(story, member)
            else:
                story.act(member, "elections.nominate", election=number, member=member)
    if individuals(story):
        number = next(n for n, e in elections.items() if e.place == "B1")
        organiser = story.holder("regional-organiser", "B")
        story.refused(
            organiser,
            "elections.nominate",
            "delegates.may_not_nominate.0",
            election=number,
            member=organiser,
        )
    story.go_to(story.convention.dates.election_opens + HOUR)
    for number, election in sorted(story.state.elections.elections.items()):
        crosses = election.count.startswith("plurality")
        marks = election.seats if crosses else len(election.standing)
        ballot = ",".join(str(n) for n in range(1, marks + 1))
        first, *others = [
            m for m in story.without_office_first(election.voters) if m not in organisers
        ]
        if first == clicking:
            vote_on_the_phone(story, clicking, crosses=crosses, seats=election.seats)
        else:
            story.act(first, "elections.vote", election=number, ballot=ballot)
        for member in others:
            story.act(member, "elections.vote", election=number, ballot=ballot)
    story.go_to(story.convention.dates.election_closes + HOUR)
    elected = story.state.elections.elections[min(elections)].result
    assert elected is not None
    phone = story.phone(clicking)
    phone.goto(f"{story.address}/elections/{min(elections)}")
    for member in elected.elected:
        expect(phone.locator("main ol").first).to_contain_text(story.people[member].name)
    assert len(story.delegates()) == len(
        story.state.delegates.assemblies[story.convention.number].seats
    )


def nominate_oneself(story: Story, member: str) -> None:
    phone = story.phone(member)
    phone.get_by_role("link", name="Nominate").first.click()
    phone.get_by_role("link", name="Nominate", exact=True).click()
    phone.get_by_label("Member").fill(story.people[member].name)
    phone.get_by_role("button", name="Nominate them").click()
    receipt_shown(phone)


def vote_on_the_phone(story: Story, member: str, *, crosses: bool, seats: int) -> None:
    """By ranks, or by crosses: with too many of them the ballot is sent back, not thrown away."""
    phone = story.phone(member)
    phone.get_by_role("link", name="Vote").first.click()
    if crosses:
        boxes = phone.locator("main input[type=checkbox]")
        for place in range(seats + 1):
            boxes.nth(place).check()
        phone.get_by_role("button", name="Cast my ballot").click()
        expect(phone.get_by_text(f"Mark {seats} at most")).to_be_visible()
        phone.goto(story.address)
        phone.get_by_role("link", name="Vote").first.click()
        nothing_wrong(phone)
        for place in range(seats):
            boxes.nth(place).check()
    else:
        ranks = phone.locator("main .rank input")
        for place in range(ranks.count()):
            ranks.nth(place).fill(str(place + 1))
    phone.get_by_role("button", name="Cast my ballot").click()
    receipt_shown(phone)
    expect(phone.get_by_text("Your ballot is in: ")).to_be_visible()
    assert "elected" not in phone.locator("main").inner_text().lower()


def invite_a_guest(story: Story) -> None:
    office = story.convention.rules.delegates.guests_by
    desk = story.desk(story.holder(office))
    desk.goto(f"{story.address}/convention")
    desk.get_by_role("link", name="Invite a guest").click()
    desk.get_by_label("Name").fill("Olga Weiss")
    desk.get_by_label("Who sends them").fill("Dockers of Gdynia")
    desk.get_by_role("button", name="Invite them").click()
    receipt_shown(desk)
    expect(desk.get_by_text("Olga Weiss")).to_be_visible()


def step_into_a_seat(story: Story) -> None:
    """A delegate cannot come; the next alternate finds the empty seat and steps in."""
    assembly = story.state.delegates.assemblies[story.convention.number]
    alternate = next_alternate(story.state, assembly, "A1")
    assert alternate is not None
    seat, leaving = next(
        (s, seat.holder)
        for s, seat in sorted(assembly.seats.items(), reverse=True)
        if seat.branch == "A1" and seat.holder is not None
    )
    phone = story.phone(leaving)
    phone.goto(f"{story.address}/convention")
    phone.get_by_role("link", name="I cannot come").click()
    phone.get_by_role("button", name="Give way").click()
    receipt_shown(phone)
    phone = story.phone(alternate)
    phone.get_by_role("link", name="Step in").or_(
        phone.get_by_role("link", name=re.compile("you are the next alternate"))
    ).first.click()
    expect(phone.get_by_role("heading", name="Empty seats")).to_be_visible()
    nothing_wrong(phone)
    phone.get_by_role("button", name="Step in").click()
    receipt_shown(phone)
    expect(phone.get_by_role("heading", name=f"You sit in seat {seat}")).to_be_visible()
