"""The leadership is elected by secret ballot. What trustees' and voters' devices make is handed in
over the API, as their own programs would; what can be seen of it is looked at on pages."""

from __future__ import annotations

import re
import urllib.request
from dataclasses import dataclass, field

from playwright.sync_api import APIRequestContext, expect

from quorate.ballots import credentials, pki, register_file, tar
from quorate.ballots.roll_of_keys import hash_of
from quorate.chapters.secret.remembers import Box, Register
from quorate.demo import devices
from quorate.demo.devices import Step
from support.convention_year.leaders import call_an_election, standing_for_it
from support.convention_year.lots import draw
from support.story import Story, receipt_shown

NUMBER = 1
SIDES = ("drawn", "leadership", "outside")


@dataclass
class Keys:
    """What only their owners keep: ``seeds`` of the trustees in their places, ``credentials`` of
    the voters. ``address``: of the page of the trustee who has no account; ``outside``: their
    browser, without scripts."""

    story: Story
    outside: APIRequestContext
    address: str = ""
    seeds: tuple[str, ...] = ()
    credentials: dict[str, str] = field(default_factory=dict)

    @property
    def register(self) -> Register:
        return self.story.state.secret.registers[NUMBER]

    def box(self, number: int) -> Box:
        return self.story.state.secret.boxes[number]

    def do(self, owner: int, step: Step) -> None:
        """The trustee in this place, from 1, hands it in."""
        act, fields = step
        if SIDES[owner - 1] != "outside":
            self.story.act(self.register.trustees[owner - 1].who, act, **fields)
            return
        page = self.outside.get(self.address).text()
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        form = {name: str(value) for name, value in fields.items()}
        answer = self.outside.post(
            f"{self.address}/act/{act}",
            form=form | {"csrfmiddlewaretoken": token[1]},
            headers={"Accept": "application/json"},
        )
        assert answer.ok, answer.text()

    def of_register(self, hash: str) -> bytes:
        """What has this hash in the register's file, which anybody may take."""
        read = register_file.read(self.story.taken(f"/api/registers/{NUMBER}/file"))
        made = {hash_of(part.data): part.data for part in (*read.shuffles, *read.decryptions)}
        return made[hash]

    def of_box(self, number: int) -> devices.Found:
        """What has a hash in the archive of the box, which anybody may take."""
        archive = self.story.taken(f"/api/ballots/{number}/archive")
        made = {hash_of(record.body): record.body for record in tar.read(archive)}
        return made.__getitem__


def trustees_make_keys(story: Story) -> Keys:
    """One is drawn; the leadership names one, and an outside organisation's trustee is told the
    address of their page. In three rounds they come to their keys."""
    draw(story, "trustee", NUMBER)
    keys = Keys(story, story.browser.new_context().request)
    keys.seeds = tuple(pki.new_seed() for _ in SIDES)
    drawn = keys.register.trustees[0].who
    able = story.without_office_first(story.state.membership.branches["A1"].members)
    story.act(
        story.holder("steering-committee"),
        "secret.name_trustee",
        register=NUMBER,
        side="leadership",
        member=next(who for who in able if who != drawn),
    )
    desk = story.desk(story.holder("credentials-committee"))
    desk.goto(f"{story.address}/registers/{NUMBER}/name/outside")
    keys.address = desk.locator("[data-address]").inner_text()
    desk.get_by_label("Their organisation").fill("The neighbours' union")
    desk.get_by_label("The key text that they gave you").fill(devices.signing_key(keys.seeds[2]))
    desk.get_by_role("button", name="Name them").click()
    receipt_shown(desk)
    for _ in range(3):
        for owner, seed in enumerate(keys.seeds, 1):
            keys.do(owner, devices.key_round(keys.register, owner, seed))
    assert keys.register.description
    return keys


def delegates_claim_keys(story: Story, keys: Keys) -> None:
    """All but the last, who is reminded at home and votes on paper."""
    *claiming, last = story.delegates()
    for member in claiming:
        keys.credentials[member] = own = credentials.new_credential()
        act, fields = devices.claim(keys.register, member, own)
        story.act(member, act, **fields)
    phone = story.phone(last)
    expect(phone.get_by_text("Claim your voting key").first).to_be_visible()


def trustees_make_the_roll(story: Story, keys: Keys) -> None:
    """No key can be claimed any more; two mix, all decrypt, and a delegate states what follows."""
    closes = keys.register.closes
    assert closes is not None
    story.go_to(closes)
    for owner in (1, 2):
        keys.do(owner, devices.mix(keys.register, owner, keys.seeds[owner - 1], keys.of_register))
    for owner in (3, 1, 2):
        seed = keys.seeds[owner - 1]
        keys.do(owner, devices.decrypt_roll(keys.register, owner, seed, keys.of_register))
    phone = story.phone(story.delegates()[0])
    phone.goto(f"{story.address}/registers/{NUMBER}")
    phone.get_by_role("button", name="State the roll").click()
    receipt_shown(phone)
    assert keys.register.size == len(keys.credentials)


def elect_bodies_in_secret(story: Story, keys: Keys) -> None:
    """Both bodies, each by its own box; the count can be followed."""
    for body in ("steering-committee", "credentials-committee"):
        number = call_an_election(story, body)
        election = story.state.elections.elections[number]
        standing_for_it(story, number, election.seats + 1)
        story.go_to(election.opens)
        story.refused(
            story.delegates()[0],
            "elections.vote",
            "secret.sides",
            election=number,
            ballot="1",
        )
        delegates_cast(story, keys, number)
        story.go_to(election.closes)
        one_votes_on_paper(story, number)
        trustees_open_it(story, keys, number)
        phone = story.phone(story.delegates()[0])
        phone.goto(f"{story.address}/elections/{number}")
        expect(phone.get_by_text("Quota:").first).to_be_visible()
        expect(phone.get_by_role("region", name="Count sheet")).to_be_visible()
        result = story.state.elections.elections[number].result
        assert result is not None
        assert len(result.elected) == election.seats


def delegates_cast(story: Story, keys: Keys, number: int) -> None:
    """Everybody with a key, without a session; what is sent again is promised again; one changes
    their mind."""
    standing = len(story.state.elections.elections[number].standing)
    order = list(range(1, standing + 1))
    for place, own in enumerate(keys.credentials.values()):
        shift = place % 3
        ranked = order[shift:] + order[:shift]
        data = devices.ranked_ballot(keys.register, keys.box(number), own, ranked)
        promised = cast(story, number, data)
        assert f"election {number}\n" in promised
        assert hash_of(data) in promised
        if place == 0:
            assert hash_of(data) in cast(story, number, data)
            other = devices.ranked_ballot(keys.register, keys.box(number), own, ranked[::-1])
            assert hash_of(other) in cast(story, number, other)


def cast(story: Story, number: int, data: bytes) -> str:
    """What the server answers to a ballot."""
    call = urllib.request.Request(f"{story.address}/api/ballots/{number}", data=data)
    with urllib.request.urlopen(call, timeout=60) as answer:
        return str(answer.read().decode())


def one_votes_on_paper(story: Story, number: int) -> None:
    """Whoever has no key; one teller enters the paper, another says that it is the only one."""
    counting, ending = story.holders(story.convention.rules.delegates.credentials_by)[:2]
    paper = [{"weight": 1, "ranks": [2, 1]}]
    story.act(counting, "elections.enter_papers", election=number, papers=paper)
    story.act(ending, "elections.end_papers", election=number, total=1)


def trustees_open_it(story: Story, keys: Keys, number: int) -> None:
    """Two shuffle it and decrypt it; the third does not come."""
    for owner in (1, 2):
        seed, found = keys.seeds[owner - 1], keys.register
        keys.do(
            owner, devices.shuffle_box(found, keys.box(number), owner, seed, keys.of_box(number))
        )
    for owner in (2, 1):
        seed, found = keys.seeds[owner - 1], keys.register
        keys.do(
            owner, devices.decrypt_box(found, keys.box(number), owner, seed, keys.of_box(number))
        )
    beside = keys.of_box(number)
    act, fields = devices.state_rankings(keys.register, keys.box(number), beside)
    story.act(story.delegates()[0], act, **fields)
    if story.state.elections.elections[number].lot_needed:
        draw(story, "election", number)
    assert keys.box(number).counted == len(keys.credentials)
