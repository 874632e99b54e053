"""A register of voting keys in a story: its trustees keep files, and the roll comes to stand. What
pages of registers do is told in ``stories/test_a_register.py``; here most of it goes over the API,
but for the trustee of another organisation, who has a browser and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from quorate.ballots import register, roll_of_keys
from quorate.ballots.register_file import Part
from quorate.chapters.calendar import DAY
from quorate.chapters.secret.remembers import Register
from support import witness
from support.convention_year.lots import draw
from support.key_register import KeyRegister, trusted
from support.secret_year import signing_key
from support.story import DESK, Story

SIDES = ("drawn", "leadership", "outside")


_HAND_IN = """async ([act, fields]) => {
  const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken });
  return (await fetch(`${location.pathname}/act/${act}`, { method: "POST", body })).status;
}"""


@dataclass
class Trustees:
    """``outside``: the page of the trustee who has no account; ``who``: the others, by side."""

    own: KeyRegister
    files: dict[str, Path]
    outside: Page
    who: dict[str, str]

    def hand_in(self, story: Story, side: str, act: str, **fields: Any) -> None:
        """As the trustee of this side: over the API, or below the address without an account."""
        if side in self.who:
            return story.act(self.who[side], act, **fields)
        status = self.outside.evaluate(_HAND_IN, [act, fields])
        assert status == 201, (act, status)

    def part(self, story: Story, side: str, act: str, field: str, made: Part) -> None:
        """A mix or a decryption."""
        signature = register.write_signature(made.signature).decode()
        own = {"before": made.before, field: made.data.decode(), "signature": signature}
        self.hand_in(story, side, act, register=1, **own)


def register_now(story: Story) -> Register:
    return story.state.secret.registers[1]


def name_a_silent_witness(story: Story, folder: Path) -> None:
    """The organisation has a witness from now on, which does not answer."""
    keys = witness.made(folder / "witness", "dockers.example")
    story.act(
        story.holder("credentials-committee"),
        "witnesses.name",
        name="dockers",
        keys=keys,
        url="http://127.0.0.1:9/",
        organisation="The dockers' union",
    )


def with_keys(story: Story, folder: Path) -> Trustees:
    """Every side has its trustee, and they have come to their keys."""
    own = KeyRegister(trusted(2, 3), 1, story.state.founding.origin)
    draw(story, "trustee", 1)
    purpose = f"register 1 of {own.record}"
    files = {side: folder / f"{side}.json" for side in SIDES}
    for side, seed in zip(SIDES, own.trusted.seeds, strict=True):
        kept = {"kind": "quorate/trustee/1", "for": purpose, "seed": seed}
        files[side].write_text(json.dumps(kept, separators=(",", ":")) + "\n", "utf-8")
    (drawn,) = (one.who for one in register_now(story).trustees if one.way == "lot")
    able = story.without_office_first(story.state.membership.branches["A1"].members)
    leadership = next(who for who in able if who not in (drawn, *story.delegates()))
    leader, namer = story.holder("steering-committee"), story.holder("credentials-committee")
    named: dict[str, Any] = {"register": 1, "side": "leadership", "member": leadership}
    story.act(leader, "secret.name_trustee", **named)
    key = signing_key(own.trusted.seeds[2])
    organisation = {"organisation": "The neighbours' union", "key": key}
    story.act(namer, "secret.name_trustee", register=1, side="outside", **organisation)
    page = story.browser.new_context(viewport=DESK).new_page()
    desk = story.desk(namer)
    desk.goto(f"{story.address}/registers/1/name/outside")
    page.goto(desk.locator("[data-address]").inner_text())
    made = Trustees(own, files, page, {"drawn": drawn, "leadership": leadership})
    for act, field, messages in (
        ("secret.certify", "certificate", own.trusted.certs),
        ("secret.share", "polynomial", own.trusted.polynomials),
        ("secret.confirm", "voutput", own.trusted.voutputs),
    ):
        for side, message in zip(SIDES, messages, strict=True):
            made.hand_in(story, side, act, register=1, **{field: message.decode()})
    return made


def gather_at_once(story: Story) -> None:
    """All delegates are there, and the convention opens."""
    story.go_to(story.convention.dates.opens - DAY)
    checking = story.holder(story.convention.rules.delegates.credentials_by)
    seated = story.state.delegates.assemblies[story.convention.number].seated
    for member in story.delegates():
        story.act(checking, "delegates.credential", seat=seated[member], member=member)
    story.go_to(story.convention.dates.opens)
    for member in story.delegates():
        story.act(member, "floor.arrive")
    story.act(story.holder("chair"), "floor.open")


def rolled(story: Story, made: Trustees) -> None:
    """All delegates but the last claim their keys; the convention opens; the keys are mixed by the
    members and decrypted by all three, and the roll is stated."""
    for member in story.delegates()[:-1]:
        story.act(member, "secret.claim", register=1, claim=made.own.claim(member).decode())
    gather_at_once(story)
    closes = register_now(story).closes
    assert closes is not None
    story.go_to(closes)
    made.own.close()
    for owner, side in enumerate(SIDES[:2], 1):
        made.part(story, side, "secret.mix", "shuffle", made.own.mix(owner))
    for owner, side in enumerate(SIDES, 1):
        made.part(story, side, "secret.decrypt_roll", "decryption", made.own.decrypt(owner))
    roll = roll_of_keys.write_roll(made.own.make_roll())
    size = len(made.own.claimed)
    story.act(
        made.who["drawn"], "secret.roll", register=1, roll=roll.decode(), size=size, without=0
    )
