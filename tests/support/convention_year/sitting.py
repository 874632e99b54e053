"""The convention gathers, and gives every proposal an outcome."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.floor.open_vote import next_item
from quorate.chapters.floor.remembers import Tally
from support.convention_year.calling import local
from support.story import Story, nothing_wrong, receipt_shown, refusal_shown


def chair_at_convention(story: Story) -> Page:
    desk = story.desk(story.holder("chair"))
    desk.goto(f"{story.address}/convention")
    return desk


def gather(story: Story) -> None:
    """Credentials at the desk; too few for the quorum; then enough, and it opens."""
    story.go_to(story.convention.dates.opens - 2 * HOUR)
    checking = story.holder(story.convention.rules.delegates.credentials_by)
    first, *others = story.delegates()
    phone = story.phone(first)
    phone.goto(f"{story.address}/convention")
    expect(phone.get_by_role("button", name="I am here")).to_have_count(0)
    desk = story.desk(checking)
    desk.goto(f"{story.address}/convention")
    desk.get_by_text("Check them").click()  # a long list is folded
    nothing_wrong(desk)
    desk.get_by_role("button", name=re.compile(f"Checked.*{story.people[first].name}")).click()
    receipt_shown(desk)
    seated = story.state.delegates.assemblies[story.convention.number].seated
    for member in others:
        story.act(checking, "delegates.credential", seat=seated[member], member=member)
    phone.reload()
    phone.get_by_role("button", name="I am here").click()
    receipt_shown(phone)
    story.go_to(story.convention.dates.opens)
    chair = chair_at_convention(story)
    chair.get_by_role("button", name="Open the convention").click()
    refusal_shown(chair, "floor.quorum")
    for member in others:
        story.act(member, "floor.arrive")
    chair = chair_at_convention(story)
    chair.get_by_role("button", name="Open the convention").click()
    expect(chair.get_by_role("heading", level=1)).to_have_text("The convention sits")


def decide(story: Story, referred: int) -> None:
    """Every item in its order; one is referred, one delegate votes twice, closing is refused while
    something is unanswered."""
    turn = 0
    while (number := next_item(story.convention)) is not None:
        if turn == 2:
            closing_is_refused(story)
        chair = chair_at_convention(story)
        if number == referred:
            put_a_referral(story, chair)
        else:
            chair.get_by_role("button", name="Put it to the vote").click()
            receipt_shown(chair)
        vote = max(story.state.floor.votes)
        first, *others = story.delegates()
        phone = story.phone(first)
        phone.get_by_role("link", name="Vote", exact=True).first.click()
        choose(phone, "Against" if turn == 0 else "For", "Cast my vote")
        nothing_tells_how_it_stands(story, phone, vote)
        expect(
            phone.get_by_text(f"You voted: {'against' if turn == 0 else 'for'}.")
        ).to_be_visible()
        another_sees_no_choice(story, others[0], vote)
        if turn == 0:
            phone.get_by_label("Why do you vote again?").select_option("mistake")
            choose(phone, "For", "Replace the vote")
        for place, member in enumerate(others):
            choice = ("for", "for", "for", "against", "for", "abstain")[place % 6]
            story.act(member, "floor.vote", vote=vote, choice=choice)
        nothing_tells_how_it_stands(story, phone, vote)
        story.wait(story.convention.rules.floor.vote_minutes * MINUTE)
        chair.goto(f"{story.address}/convention/vote/{vote}")
        chair.get_by_role("button", name="Close the vote").click()
        result_is_shown(story, chair, vote, replaced=turn == 0)
        turn += 1
    assert turn == 3


def closing_is_refused(story: Story) -> None:
    """One proposal is left without an answer: the convention cannot close."""
    chair = chair_at_convention(story)
    chair.goto(f"{story.address}/act/floor.close")
    chair.get_by_role("button", name="Close it").click()
    assert "without an outcome" in refusal_shown(chair, "floor.close")


def choose(phone: Page, choice: str, button: str) -> None:
    phone.get_by_role("radio", name=choice).check()
    phone.get_by_role("button", name=button).click()
    receipt_shown(phone)


def put_a_referral(story: Story, chair: Page) -> None:
    chair.get_by_role("link", name="Put a referral to the vote").click()
    chair.get_by_label("Owner").select_option("steering-committee")
    chair.get_by_label("Until when").fill(local(story.now + 200 * DAY))
    chair.get_by_role("button", name="Open the vote").click()
    receipt_shown(chair)


def another_sees_no_choice(story: Story, member: str, vote: int) -> None:
    """What one delegate has cast is shown to nobody else."""
    other = story.phone(member)
    other.goto(f"{story.address}/convention/vote/{vote}")
    expect(other.get_by_text("You voted:")).to_have_count(0)


def nothing_tells_how_it_stands(story: Story, phone: Page, vote: int) -> None:
    """Not the page, not the API, not the record as it is exported."""
    phone.goto(f"{story.address}/convention/vote/{vote}")
    assert not re.search(r"\d+ (for|against|abstained)\b", phone.locator("main").inner_text())
    assert phone.locator("input:checked").count() == 0
    shown = story.read(f"/api/votes/{vote}")
    assert shown["tally"] is None
    assert shown["roll_call"] is None
    assert not story.state.floor.votes[vote].opened_choices
    sealed = story.state.floor.votes[vote].sealed
    assert all(re.fullmatch(r"[0-9a-f]{64}", one.choice) for one in sealed.values())


def result_is_shown(story: Story, page: Page, number: int, *, replaced: bool) -> None:
    """The arithmetic, as the record has it; and the vote that was replaced."""
    vote = story.state.floor.votes[number]
    tally = vote.tally
    assert tally is not None
    assert tally.carried
    page.goto(f"{story.address}/convention/vote/{number}")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Referred" if vote.question == "referral" else "Adopted"
    )
    expect(page.locator(".arithmetic")).to_contain_text(arithmetic(tally))
    before = page.locator("td small", has_text="replaced: against, mistake")
    expect(before).to_have_count(1 if replaced else 0)


def arithmetic(tally: Tally) -> str:
    return f"{tally.in_favour} for, {tally.against} against, {tally.abstained} abstained."


def close(story: Story) -> None:
    chair = chair_at_convention(story)
    chair.get_by_role("button", name="Close the convention").click()
    receipt_shown(chair)
    expect(chair.get_by_role("heading", level=1)).to_contain_text("Closed on")
    outcomes = {item.outcome for item in story.convention.items.values()}
    assert outcomes == {"adopted", "referred"}
