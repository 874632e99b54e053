"""A convention in a real database, stopped at the moment that an attack needs. Run by tests, each
step in a process of its own: python staged.py FOLDER STEP [MORE …]. Says one JSON object.

    vote [DATABASE] a new organisation is made; its convention sits, and 12 seats have voted on
                    proposal 1: 7 for, 5 against; seat A1-1, against, had voted for it first. The
                    vote is open.
    close           the chair closes the vote
    receipts N …    the receipts of these entries: for whoever did them, and for others
    export OUT      an export with sheets, in the middle of which another process hands in a text
                    for a member, and somebody else leaves and has their sheet erased
    erase           a member leaves and has their sheet erased
    shown URL …     what the pages and the API show at these addresses
    author N        who handed in this contribution
    address MEMBER  the e-mail address on this member's sheet
    called ADDRESS  whom that address finds
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from quorate.chapters.calendar import MINUTE
from quorate.cli.opening import open_organisation, set_up
from support.small import Small, founded_with, rules_text
from support.stored import Stored, Told
from support.year import (
    cast,
    chair,
    convention,
    delegates,
    delegates_elected,
    opened_vote,
    proposed,
    sitting,
)


def staged(folder: Path) -> Stored:
    """The record in this folder, its clock where its last entry is."""
    lane = open_organisation(folder)
    lane.clock = Told(0)
    state = lane.now().state
    return Stored(time=state.time or 1_700_000_000_000, state=state, lane=lane)


def made(folder: Path, database: str = "") -> None:
    """An empty record in a new folder."""
    from quorate.store.place import make_place

    make_place(folder, "small.example", database=database)
    set_up(folder)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def people(stored: Stored) -> dict[str, list[str]]:
    """Member → name, address, branch."""
    from quorate.store.people import sheets_of

    members = stored.state.membership.members
    sheets = sheets_of(stored.lane.place, stored.state, list(members))
    return {
        member: [sheets[member].name, sheets[member].email, members[member].branch]
        for member in members
    }


def vote(stored: Stored, database: str = "") -> dict[str, Any]:
    small = founded_with(rules_text("open-convention", agenda='"as-numbered"'), stored)
    sitting_with = delegates_elected(small)
    proposed(sitting_with, 2)
    sitting(small)
    number = opened_vote(small, 1)
    members = delegates(small)
    cast(small, number, members[0], "for")
    first = stored.entry
    entries = {}
    for place, member in enumerate(members):
        choice = "against" if place < 5 else "for"
        cast(small, number, member, choice, "mistake" if place == 0 else "")
        entries[member] = stored.entry
    return {"entries": entries, "replaced": first, "members": members}


def close(stored: Stored) -> dict[str, Any]:
    small = Small(stored)
    stored.time += convention(small).rules.floor.vote_minutes * MINUTE
    stored.do(chair(small), "floor.close_vote", vote=1)
    return {"entry": stored.entry, "size": stored.state.size}


def receipts(stored: Stored, *entries: str) -> dict[str, Any]:
    from quorate.store.leaves import Leaves
    from quorate.store.receipts import receipt_for

    place, state, leaves = stored.lane.place, stored.state, Leaves()
    return {
        entry: {
            "own": receipt_for(place, state, leaves, int(entry), own=True),
            "others": receipt_for(place, state, leaves, int(entry), own=False),
        }
        for entry in entries
    }


def export(stored: Stored, out: str) -> dict[str, Any]:
    from quorate.store import exporting

    small = Small(stored)
    entries, size = exporting._entries, stored.state.size

    def with_a_hand_in_between(until: int, *taken_down: Any) -> Any:
        yield from entries(until, *taken_down)
        by_another_process(stored.lane.place.folder)

    exporting._entries = with_a_hand_in_between
    exported = exporting.export(stored.lane.place, Path(out), with_people=True)
    stored.let_fall_due()
    assert small.state.size > size, "nothing was handed in"
    return {"before": size, "exported": exported, "after": stored.state.size}


def by_another_process(folder: Path) -> None:
    command = [sys.executable, __file__, str(folder), "meanwhile"]
    subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL)


def meanwhile(stored: Stored) -> dict[str, Any]:
    """Somebody hands in a text, and somebody who has left is erased."""
    secretary = Small(stored).holder("branch-secretary", "A1")
    members = stored.state.membership.branches["A1"].members
    about = {"office": "branch-secretary", "place": "A1", "member": secretary, "reason": "why"}
    stored.do(min(set(members) - {secretary}), "offices.demand_recall", **about)
    return erase(stored)


def erase(stored: Stored) -> dict[str, Any]:
    seated = {seat.holder for seat in stored.state.delegates.assemblies[1].seats.values()}
    leaving = next(
        m.id
        for m in stored.state.membership.members.values()
        if m.id not in seated and m.standing == "good"
    )
    stored.do(leaving, "membership.resign")
    stored.do(leaving, "membership.erase")
    return {"entry": stored.entry, "member": leaving}


def shown(stored: Stored, *addresses: str) -> dict[str, Any]:
    from django.test import Client

    from quorate.store.models import Account
    from quorate.web import lane as web_lane
    from quorate.web.api.tokens import make_token

    web_lane.lane().clock = Told(stored.time)
    member = delegates(Small(stored))[0]
    token = make_token(member, "tests")
    browser = Client(headers={"Host": "localhost", "Authorization": f"Bearer {token}"})
    account, _ = Account.objects.get_or_create(email="shown@example.org", member=member)
    browser.force_login(account)
    answers = {address: browser.get(address) for address in addresses}
    assert {answer.status_code for answer in answers.values()} == {200}, answers
    return {address: answer.content.decode() for address, answer in answers.items()}


def author(stored: Stored, number: str) -> dict[str, Any]:
    return {"member": stored.state.bulletin.contributions[int(number)].author}


def address(stored: Stored, member: str) -> dict[str, Any]:
    from quorate.store.people import sheets_of

    return {"address": sheets_of(stored.lane.place, stored.state, [member])[member].email}


def called(stored: Stored, address: str) -> dict[str, Any]:
    from quorate.store.people import member_by_mail

    return {"member": member_by_mail(stored.lane.place, stored.state, address)}


STEPS = {
    "author": author,
    "address": address,
    "called": called,
    "vote": vote,
    "close": close,
    "receipts": receipts,
    "export": export,
    "erase": erase,
    "shown": shown,
    "meanwhile": meanwhile,
}

if __name__ == "__main__":
    folder, step, *more = sys.argv[1:]
    if step == "vote":
        made(Path(folder), *more)
    print(json.dumps(STEPS[step](staged(Path(folder)), *more)))
