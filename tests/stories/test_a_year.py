"""A whole convention year, under each preset: founded by commands, carried by clicks and the API.

At every step some people click (members and delegates on a phone, officers at a desk) and the many
others act over the API. Where the presets differ, the chapter says so.
"""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from quorate import commitments
from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.delegates.seating import next_alternate
from quorate.chapters.floor.close import owed_elections
from quorate.chapters.floor.open_vote import next_item
from quorate.chapters.floor.remembers import Tally
from quorate.rulebook.reading import read_rulebook
from support.command import quorate, verified
from support.membership import members, officers
from support.small import BRANCHES, rules_text
from support.story import Named, Story, nothing_wrong, receipt_shown, refusal_shown, table, told
from texts.archives import docx, p

pytestmark = pytest.mark.xdist_group("story")

LONDON = ZoneInfo("Europe/London")
DELETED = "and the treasurer is a fool"
WORD = docx(
    p("Minutes of the steering committee come out within a week.")
    + p(f"<w:del><w:r><w:delText>{DELETED}</w:delText></w:r></w:del>", "They name who said what.")
)


def test_a_year_of_an_open_convention(browser: Browser, tmp_path: Path) -> None:
    rules = rules_text("open-convention", members='"20%"', appeal_decided_within="6")
    with founded(tmp_path, rules, browser) as story:
        call_the_convention(story)
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
        gather(story)
        decide(story, referred)
        elect_leaders_one_by_one(story)
        fill_the_other_offices(story)
        close(story)
        the_new_rule_is_cited(story)
        read_the_minutes(story)
        report(story, 1)
        leave_with_it(story, tmp_path)


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


def individuals(story: Story) -> bool:
    """Whether it is the open convention: members propose, and the leadership is elected one by one.

    By the rulebook, as everything else.
    """
    return story.state.rules.bodies["steering-committee"].method == "individuals"


# From the command line


@contextmanager
def founded(tmp_path: Path, rules: str, browser: Browser) -> Iterator[Story]:
    """The organisation is made, filled and given its first officers by commands; then it rules
    itself, and is served."""
    folder = tmp_path / "organisation"
    rulebook = tmp_path / "rules.toml"
    rulebook.write_text(rules, "utf-8")
    said = quorate("new", folder, "--rules", rulebook, "--origin", "story.example").stdout
    assert "story.example" in said
    regions = [
        {"code": r, "name": f"Region {r}"} for r in sorted({r for r, _ in BRANCHES.values()})
    ]
    branches = [
        {"code": code, "name": f"Branch {code}", "region": region}
        for code, (region, _) in BRANCHES.items()
    ]
    brought(tmp_path, folder, "regions", regions)
    brought(tmp_path, folder, "branches", branches)
    previewed(tmp_path, folder)
    made = brought(tmp_path, folder, "members", members())
    brought(tmp_path, folder, "officers", officers(read_rulebook(rules)))
    quorate("act", folder, "founding.complete")
    people = {
        row["member"]: Named(row["member"], row["name"], row["email"], row["branch"])
        for row in made
    }
    assert len(people) == 60
    with told(folder, people, browser) as story:
        yield story


def previewed(tmp_path: Path, folder: Path) -> None:
    """A file with two bad lines: each is named with its reason, and nothing is imported. Mended,
    the preview says what would be."""
    rows = members()
    rows[2] = rows[2] | {"branch": "Z9"}
    rows[7] = rows[7] | {"email": "nowhere"}
    file = tmp_path / "bad.csv"
    file.write_text(table(rows), "utf-8")
    done = quorate("import", folder, "members", file, check=False)
    assert done.returncode == 1
    assert "line 4: there is no branch Z9" in done.stderr
    assert "line 9: nowhere is no e-mail address" in done.stderr
    file.write_text(table(members()), "utf-8")
    preview = quorate("import", folder, "members", file, "--preview").stdout
    assert "60 can be imported" in preview


def brought(
    tmp_path: Path, folder: Path, kind: str, rows: list[dict[str, str]]
) -> list[dict[str, str]]:
    """Imported; what each line became."""
    file = tmp_path / f"{kind}.csv"
    file.write_text(table(rows), "utf-8")
    made = json.loads(quorate("import", folder, kind, file, "--json").stdout)["made"]
    assert len(made) == len(rows)
    return made


# Calling


def local(ms: int) -> str:
    """As a form takes a time."""
    return datetime.fromtimestamp(ms / 1000, LONDON).strftime("%Y-%m-%dT%H:%M")


def call_the_convention(story: Story) -> None:
    """Too late for the notice it is refused; in time it is called."""
    desk = story.desk(story.holder("steering-committee"))
    opens = (story.now // DAY + 148) * DAY + 10 * HOUR
    for at, allowed in ((opens - 60 * DAY, False), (opens, True)):
        desk.goto(f"{story.address}/convention")
        desk.get_by_role("link", name="Call the convention").click()
        desk.get_by_label("It opens").fill(local(at))
        desk.get_by_label("Where it meets").fill("Seamen's Hall")
        desk.get_by_role("button", name="Call it").click()
        if allowed:
            receipt_shown(desk)
        else:
            assert "145 days" in refusal_shown(desk, "floor.notice")
    expect(desk.get_by_text("Seamen's Hall")).to_be_visible()


# The bulletin


def hand_in_a_document(story: Story) -> str:
    """A member uploads a document on the phone, keeps the receipt and hands in a new version.

    Under the closed slate a member is told that only delegates propose; a perspective they may
    write.
    """
    author = sorted(story.state.membership.branches["C1"].members)[-1]
    story.go_to(story.convention.dates.bulletin_opens + DAY)
    phone = story.phone(author)
    phone.get_by_role("link", name="Bulletin").click()
    if not individuals(story):
        write(phone, "Proposal", "Minutes within a week")
        refusal_shown(phone, "proposals.may_propose")
        phone.goto(f"{story.address}/bulletin")
    kind = "Proposal" if individuals(story) else "Perspective"
    write(phone, kind, "Minutes within a week")
    receipt_shown(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Keep the receipt").click()
    receipt = story.folder.parent / "receipt.txt"
    download.value.save_as(receipt)
    said = quorate("receipt", "verify", receipt, "--key", story.folder / "record.vkey").stdout
    assert "bulletin.hand_in stands in the record" in said
    number = max(story.state.bulletin.contributions)
    phone.goto(f"{story.address}/bulletin/{number}")
    expect(phone.locator("article.text").first).to_contain_text("They name who said what.")
    assert DELETED not in phone.content()

    phone.get_by_role("link", name="Hand in a new version").click()
    phone.get_by_label("Title").fill("Minutes within a week")
    phone.get_by_label("Text", exact=True).fill("Minutes come out within *five days*.")
    phone.get_by_role("button", name="Hand it in").click()
    receipt_shown(phone)
    expect(phone.locator("article.text").first).to_contain_text("within five days")
    expect(phone.get_by_role("link", name="Version 1")).to_be_visible()
    return author


def write(phone: Page, kind: str, title: str) -> None:
    phone.get_by_role("link", name="Write").click()
    phone.get_by_label(kind, exact=True).check()
    phone.get_by_label("Title").fill(title)
    phone.get_by_label("Or a file").set_input_files(
        {
            "name": "minutes.docx",
            "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "buffer": WORD,
        }
    )
    phone.get_by_role("button", name="Hand it in").click()


def refuse(story: Story, number: int, reason: str) -> None:
    """The editor refuses; there is no way to do it without a reason of the rulebook."""
    desk = story.desk(story.holder("bulletin-editor"))
    desk.goto(f"{story.address}/bulletin/{number}")
    desk.get_by_role("link", name="Refuse it").click()
    offered = desk.get_by_label("Reason").locator("option").all_inner_texts()
    assert [text for text in offered if text != "choose one"] == list(
        story.convention.rules.bulletin.refusal_reasons.values()
    )
    desk.get_by_label("Reason").select_option(reason)
    desk.get_by_label("What else there is to say").fill("Not now.")
    desk.get_by_role("button", name="Refuse it").click()
    receipt_shown(desk)


def appeal(story: Story, author: str, number: int) -> None:
    """The author reads who refused and why, and appeals."""
    phone = story.phone(author)
    phone.goto(f"{story.address}/bulletin/{number}")
    editor = story.people[story.holder("bulletin-editor")].name
    expect(phone.get_by_text(f"by {editor}").first).to_be_visible()
    phone.get_by_role("link", name="Appeal").click()
    phone.get_by_label("Why the refusal is wrong").fill("It is about our own minutes.")
    phone.get_by_role("button", name="Appeal").click()
    receipt_shown(phone)


def judge(story: Story, number: int, decision: str) -> None:
    """One judge is led to it from their home page; others say the same over the API."""
    first, *others = story.holders(story.convention.rules.bulletin.appeal_to)
    desk = story.desk(first)
    desk.get_by_role("link", name=re.compile("Read it|An appeal waits")).first.click()
    desk.get_by_role("link", name="Judge this appeal").click()
    desk.get_by_label("Decision").select_option(decision)
    desk.get_by_label("Reason").fill("We have read both.")
    desk.get_by_role("button", name="Judge it so").click()
    receipt_shown(desk)
    for other in others:
        found = story.state.bulletin.contributions[number].refusal
        assert found is not None
        assert found.appeal is not None
        if found.appeal.decision is not None:
            break
        story.act(
            other,
            "bulletin.judge_appeal",
            contribution=number,
            decision=decision,
            reason={"text": "Likewise."},
        )


def refuse_and_overturn(story: Story, author: str) -> None:
    refuse(story, 1, "not-a-contribution")
    appeal(story, author, 1)
    judge(story, 1, "upheld")
    phone = story.phone(author)
    phone.goto(f"{story.address}/bulletin/1")
    expect(phone.get_by_text("the refusal was overturned")).to_be_visible()


def refuse_and_stand_by_it(story: Story, author: str) -> None:
    """Those who appointed the editor judge the appeal. It stays listed, with all of it."""
    refuse(story, 1, "disruptive")
    appeal(story, author, 1)
    judge(story, 1, "dismissed")
    phone = story.phone(author)
    phone.goto(f"{story.address}/bulletin")
    row = phone.locator("ul.rows li", has_text="Minutes within a week")
    expect(row).to_contain_text("version 2 was refused")
    row.get_by_role("link").first.click()
    expect(phone.get_by_text("It disrupts the unity of the organisation.")).to_be_visible()
    expect(phone.get_by_text("The refusal stands").first).to_be_visible()


def attest_the_rolls(story: Story) -> None:
    story.go_to(story.convention.dates.roll_cut_off + HOUR)
    roll = story.state.membership.rolls[story.convention.number]
    office = story.convention.rules.membership.roll_attested_by
    for branch in BRANCHES:
        secretary = story.holder(office, branch)
        if branch != "A1":
            digest = roll.branches[branch].digest
            story.act(secretary, "membership.attest_roll", branch=branch, digest=digest)
            continue
        desk = story.desk(secretary)
        desk.get_by_role("link", name="Look at it").click()
        desk.get_by_role("button", name="Attest this roll").click()
        receipt_shown(desk)
        expect(desk.get_by_text(f"Attested by {story.people[secretary].name}")).to_be_visible()


def read_the_issue(story: Story, reader: str) -> None:
    """The issue is out on its date, and in print; the version that was refused for good is not in
    it, the one before it is."""
    story.act(
        sorted(story.state.membership.branches["B2"].members)[-1],
        "bulletin.hand_in",
        kind="report",
        text={"title": "A year in B2", "text": "We met eleven times."},
    )
    dates = story.convention.dates
    story.go_to(next(issue for issue in dates.issues if issue > story.now))
    number = story.state.bulletin.issues[-1].number
    phone = story.phone(reader)
    phone.get_by_role("link", name=f"Issue {number} of the bulletin is out").click()
    expect(phone.get_by_role("link", name="A year in B2")).to_be_visible()
    pdf = phone.get_by_role("link", name="To print").get_attribute("href")
    assert pdf is not None
    text = in_print(story, phone, pdf)
    assert "A year in B2" in text
    first = in_print(story, phone, "/bulletin/issue/1/1.pdf")
    assert "Minutes within a week" in first
    assert ("five days" in first) == individuals(story)


def in_print(story: Story, page: Page, address: str) -> str:
    """The text of a PDF that a page links to."""
    answer = page.request.get(f"{story.address}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    sheets = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


# Delegates


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
    clicking = min(m for m in elections[min(elections)].voters if m not in organisers)
    for number, election in sorted(elections.items()):
        able = [m for m in sorted(election.voters) if m not in organisers]
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
        first, *others = [m for m in sorted(election.voters) if m not in organisers]
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
    expect(phone.get_by_text("Your ballot is in.")).to_be_visible()
    assert "elected" not in phone.locator("main").inner_text().lower()


# Proposals


def hand_in_proposals(story: Story, author: str) -> tuple[int, int, int]:
    """A change of the rulebook, one that will be referred, one that nobody wants.

    Under the closed slate the author is a delegate, and first hands in what the member could not.
    """
    phone = story.phone(author)
    if not individuals(story):
        phone.goto(f"{story.address}/bulletin")
        write(phone, "Proposal", "Minutes within a week")
        receipt_shown(phone)
    phone.goto(f"{story.address}/bulletin/new")
    phone.get_by_label("Amendment", exact=True).check()
    phone.get_by_label("An amendment to").select_option("rulebook")
    phone.get_by_label("Title").fill("More notice")
    phone.get_by_label("Text", exact=True).fill("Half a year is not too much.")
    phone.get_by_text("the rules that change").click()
    phone.get_by_label("Changes").fill("floor.notice = 160")
    phone.get_by_role("button", name="Hand it in").click()
    receipt_shown(phone)
    change = max(story.state.bulletin.contributions)
    for title in ("A four-day week", "A golden bell"):
        text = {"title": title, "text": f"We want it: {title.lower()}."}
        story.act(author, "bulletin.hand_in", kind="proposal", text=text)
    phone.goto(f"{story.address}/bulletin/{change}")
    expect(phone.locator("ins", has_text="160").first).to_be_visible()
    return change, change + 1, change + 2


def second_until_admitted(story: Story, numbers: list[int]) -> None:
    """A delegate seconds on the phone, others over the API, until it is admitted by itself."""
    for number in numbers:
        author = story.state.bulletin.contributions[number].author
        able = [member for member in story.delegates() if member != author]
        phone = story.phone(able[0])
        phone.goto(f"{story.address}/bulletin?q=")
        phone.goto(f"{story.address}/bulletin/{number}")
        phone.get_by_role("button", name="Second this").click()
        expect(phone.get_by_text("You have seconded it.")).to_be_visible()
        version = story.state.bulletin.contributions[number].latest.text
        for member in able[1:]:
            if story.state.proposals.proposals[number].admission is None:
                story.act(member, "proposals.second", proposal=number, version=version)
        phone.reload()
        expect(phone.get_by_label("The path of this proposal")).to_contain_text("Admitted (done)")
        expect(phone.get_by_role("button", name="Take my name back")).to_have_count(0)


def lapse(story: Story, number: int) -> None:
    """Nobody wants it, and when seconding closes that is shown."""
    story.go_to(story.convention.dates.seconding_closes + MINUTE)
    phone = story.phone(story.delegates()[0])
    phone.goto(f"{story.address}/bulletin/{number}")
    expect(phone.get_by_text("lapsed").first).to_be_visible()
    version = story.state.bulletin.contributions[number].latest.text
    story.refused(
        story.delegates()[1],
        "proposals.second",
        "proposals.seconding_closes",
        proposal=number,
        version=version,
    )


def answer_in_writing(story: Story) -> None:
    """What the leadership owes is on its home page; everyone sees whether it came."""
    office = story.convention.rules.proposals.answer_from
    member = story.delegates()[0]
    phone = story.phone(member)
    expect(phone.get_by_text("What others owe you")).to_be_visible()
    desk = story.desk(story.holder(office))
    desk.get_by_role("link", name=re.compile("Answer the first|await a written answer")).click()
    desk.get_by_role("link", name="Answer in writing").click()
    desk.get_by_label("The answer").fill("We agree with all of it.")
    desk.get_by_role("button", name="Hand in the answer").click()
    receipt_shown(desk)
    expect(desk.get_by_role("heading", name="The written answer")).to_be_visible()
    # Another is never given, and that stands there too.
    story.go_to(story.convention.dates.answers_due + HOUR)
    late = [n for n, q in story.state.proposals.proposals.items() if q.admission and not q.answer]
    phone = story.phone(member)
    phone.goto(f"{story.address}/bulletin/{late[0]}")
    expect(phone.locator("ol.path li.late")).to_have_count(1)


# Before the convention


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


def draw_the_agenda(story: Story) -> None:
    seed = draw(story, "agenda", story.convention.number)
    phone = story.phone(story.delegates()[0])
    phone.goto(f"{story.address}/convention")
    expect(phone.get_by_text(seed)).to_be_visible()


def draw(story: Story, purpose: str, of: int) -> str:
    """Three members draw a lot, and no one of them can choose it; the seed."""
    if purpose == "agenda":  # a tie in an election calls its lot by itself
        story.act(story.holder("chair"), "lots.call", purpose=purpose, of=of)
    number = max(story.state.lots.draws)
    drawing = sorted(story.state.membership.branches["B1"].members)[:3]
    chosen = {
        member: {"choice": secrets.token_hex(8), "salt": secrets.token_hex(32)}
        for member in drawing
    }
    for member, own in chosen.items():
        committed = commitments.commit(
            own["choice"].encode(), bytes.fromhex(own["salt"]), commitments.CHOICE
        )
        story.act(member, "lots.commit", draw=number, number=committed)
    story.go_to(story.state.lots.draws[number].commit_until)
    for member, own in chosen.items():
        story.act(member, "lots.hand_in", draw=number, number=own)
    story.go_to(story.state.lots.draws[number].reveal_until)
    seed = story.state.lots.draws[number].seed
    assert seed
    return seed


# The convention


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


def elect_leaders_one_by_one(story: Story) -> None:
    """The steering committee by single transferable vote, on phones; the count can be followed."""
    number = call_an_election(story, "steering-committee")
    election = story.state.elections.elections[number]
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
    for member in others[1 : election.seats + 2]:
        story.act(member, "elections.nominate", election=number, member=member)
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


def close(story: Story) -> None:
    chair = chair_at_convention(story)
    chair.get_by_role("button", name="Close the convention").click()
    receipt_shown(chair)
    expect(chair.get_by_role("heading", level=1)).to_contain_text("Closed on")
    outcomes = {item.outcome for item in story.convention.items.values()}
    assert outcomes == {"adopted", "referred"}


# Afterwards


def called_too_late(story: Story, days: int) -> str:
    """The leadership calls the next convention with so much notice; the rule that refuses it."""
    desk = story.desk(story.holder("steering-committee"))
    desk.goto(f"{story.address}/convention")
    desk.get_by_role("link", name="Call the convention").click()
    desk.get_by_label("It opens").fill(local(story.now + days * DAY))
    desk.get_by_label("Where it meets").fill("Seamen's Hall")
    desk.get_by_role("button", name="Call it").click()
    return refusal_shown(desk, "floor.notice")


def the_new_rule_is_cited(story: Story) -> None:
    """What was adopted came into force at the close, and refuses from then on."""
    reader = story.phone(story.delegates()[0])
    reader.goto(f"{story.address}/rulebook")
    expect(reader.get_by_text("Version 2, in force")).to_be_visible()
    changed = reader.locator("li[id='floor.notice']")
    expect(changed.locator("del")).to_contain_text("145 days")
    expect(changed.locator("ins")).to_contain_text("160 days")
    assert "160 days" in called_too_late(story, 150)


def the_new_rule_waits_for_the_next_call(story: Story) -> None:
    """Under the closed slate it is not in force before the next convention is called."""
    reader = story.phone(story.delegates()[0])
    reader.goto(f"{story.address}/rulebook")
    expect(reader.get_by_role("heading", name="Adopted, not in force yet")).to_be_visible()
    assert "145 days" in called_too_late(story, 140)


def the_next_call_brings_it_into_force(story: Story) -> None:
    """Its notice is already the new one, which the refusal says; called in time, it is the rule."""
    assert "160 days are adopted" in called_too_late(story, 150)
    reader = story.phone(story.delegates()[0])
    story.act(
        story.holder("steering-committee"),
        "floor.call",
        opens=story.now + 161 * DAY,
        place="Seamen's Hall",
    )
    reader.goto(f"{story.address}/rulebook")
    expect(reader.get_by_text("Version 2, in force")).to_be_visible()
    expect(reader.locator("li[id='floor.notice'] ins")).to_contain_text("160 days")


def read_the_minutes(story: Story) -> None:
    phone = story.phone(story.delegates()[0])
    phone.goto(f"{story.address}/convention")
    phone.get_by_role("link", name="minutes", exact=True).click()
    for title in ("Minutes within a week", "More notice", "A four-day week"):
        expect(phone.locator("main").get_by_text(title).first).to_be_visible()
    pdf = phone.locator("a[href$='.pdf']").get_attribute("href")
    assert pdf is not None
    text = in_print(story, phone, pdf)
    for vote in story.state.floor.votes.values():
        assert vote.tally is not None
        assert f"{vote.tally.in_favour} for, {vote.tally.against} against" in text


def report(story: Story, number: int) -> None:
    """Whoever owns the decision is led to it, and reports; everyone can read it."""
    task = story.state.followup.tasks[number]
    story.wait(3 * DAY)
    desk = story.desk(story.holder(task.owner))
    desk.get_by_role(
        "link", name=re.compile("Carry out: Minutes within a week|Open it")
    ).first.click()
    desk.goto(f"{story.address}/bulletin/{number}")
    desk.get_by_role("link", name="Report on carrying it out").click()
    desk.get_by_label("The report").fill("The first minutes are out.")
    desk.get_by_label("It is carried out").check()
    desk.get_by_role("button", name="Hand in the report").click()
    receipt_shown(desk)
    phone = story.phone(story.delegates()[0])
    phone.goto(f"{story.address}/bulletin/{number}")
    expect(phone.locator("#carried-out")).to_contain_text("The first minutes are out.")


def leave_with_it(story: Story, tmp_path: Path) -> None:
    """The export is checked where neither Django nor a database can be imported."""
    out = tmp_path / "export"
    quorate("export", story.folder, out)
    key = story.folder / "record.vkey"
    report_ = verified(out, "--key", key, "--receipt", tmp_path / "receipt.txt")
    assert report_["sound"], report_["findings"]
    assert report_["entries"] == story.state.size
    assert report_["receipts"] == 1
    program = (
        "import sys\n"
        "for name in ('django', 'sqlite3', 'psycopg', 'allauth', 'ninja', 'granian'):\n"
        "    sys.modules[name] = None\n"
        "from quorate.cli.main import app\n"
        f"app(['verify', {str(out)!r}, '--key', {str(key)!r}])\n"
    )
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=bare, cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing wrong was found" in done.stdout
