"""What was decided is in force, reported on, and taken along."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from quorate.chapters.calendar import DAY
from support.command import quorate, verified
from support.convention_year.bulletin import in_print
from support.convention_year.calling import local
from support.story import Story, receipt_shown, refusal_shown


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
