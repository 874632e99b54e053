"""A whole convention year of the small organisation, told so that nearly every act is in it: for
the records that are kept to be replayed by later versions."""

from __future__ import annotations

from typing import Any

from quorate.chapters.calendar import DAY, HOUR
from quorate.chapters.delegates.seating import next_alternate
from quorate.record import cosignature
from support.device import device
from support.pure import person, pseudonym
from support.small import Small, founded, leadership
from support.told_secret import keys_claimed, keys_made, roll_made
from support.told_sitting import (
    cast_in_two_camps,
    ended,
    floor_decides,
    lapsed,
    leaders_elected,
    recalled,
)
from support.written import Written, do, text, wait
from support.year import (
    admit,
    apportioned,
    assembly,
    branch_elections,
    called,
    convention,
    delegates,
    drawn,
    nominated,
)

_, _KEY = cosignature.generate_key("witness.example", bytes(32), cosignature.ED25519)


def whole_year(preset: str) -> tuple[Small, Written]:
    """The year under this preset, to its end; the organisation, and its record with texts."""
    as_it_is = {"suspension_after": "14", "poll_minutes": "20", "on_demand": "50"}
    as_it_is |= leadership(secret=True)
    small = founded(preset, **(as_it_is if preset == "open-convention" else {}))
    pure = small.pure
    written = Written(pure.time, pure.state, pure.entries, pure.sealed, pure.files)
    small.pure = written
    called(small)
    keys = keys_made(small)
    _people_come_and_go(small)
    _offices(small)
    _devices(small)
    _witnesses(small)
    _bulletin(small)
    _erasing(small)
    _rolls(small)
    _delegates(small)
    numbers = _proposals(small)
    _before_the_opening(small)
    keys_claimed(small, keys)
    floor_decides(small, numbers)
    roll_made(small, keys)
    leaders_elected(small, keys)
    ended(small, numbers)
    recalled(small)
    lapsed(small)
    return small, written


def _people_come_and_go(small: Small) -> None:
    wait(small, HOUR)
    rules = small.state.rules.membership
    by = small.holder(rules.admission, "A1") if rules.admission != "automatic" else ""
    new = pseudonym(1001)
    do(
        small,
        by or small.members["A1"][0],
        "membership.admit",
        member=new,
        branch="A1",
        person=person(1001),
    )
    do(small, small.members["A1"][-1], "membership.transfer", branch="A2")
    do(small, small.members["A2"][-1], "membership.resign")
    do(small, small.members["A2"][-1], "membership.erase")
    do(small, small.members["B1"][-1], "membership.be_reachable", yes=True)
    for back in (small.members["C1"][-1], small.members["C1"][-2]):
        small.suspend(back)
        wait(small, rules.suspension_after * DAY)
        assert small.state.membership.members[back].standing == "suspended"
        small.restore(back)


def _offices(small: Small) -> None:
    """An office is laid down; where a body may recall and appoint, it does both."""
    leaving = small.holder("branch-secretary", "C2")
    do(small, leaving, "offices.lay_down", office="branch-secretary", place="C2")
    post = small.state.rules.posts["bulletin-editor"]
    if post.recalled_by not in small.state.rules.bodies:
        return
    recalled = small.holder("bulletin-editor")
    for member in small.holders(post.recalled_by or ""):
        if ("bulletin-editor", "") in small.state.offices.now:
            fields = {"office": "bulletin-editor", "member": recalled, "reason": text(small)}
            do(small, member, "offices.recall", **fields)
    if post.appointed_by is not None:
        new = small.members["A2"][3]
        by = small.holder(post.appointed_by)
        do(small, by, "offices.appoint", office="bulletin-editor", member=new)


def _devices(small: Small) -> None:
    """Two colleagues have devices; a third's first is vouched for; all sign, and are ended."""
    one, two, third = small.members["B1"][-3:]
    for number, who in enumerate((one, two)):
        do(small, who, "devices.add", public=device(number).public)
    wait(small, small.state.rules.signing.wait_hours * HOUR)
    do(small, third, "devices.add", public=device(2).public)
    for number, who in enumerate((one, two)):
        _signed(small, number, who, "devices.vouch", member=third, public=device(2).public)
    for number, who in enumerate((one, two, third)):  # the rest of the year is told unsigned
        _signed(small, number, who, "devices.end", public=device(number).public)


def _signed(small: Small, number: int, by: str, act: str, **fields: str) -> None:
    wait(small, 1)
    refusal = small.pure.tried_signed(device(number), by, act, **fields)
    assert refusal is None, refusal


def _witnesses(small: Small) -> None:
    """Another organisation's is named, and another one's in its place."""
    by = small.holder(small.state.rules.witnesses.outside_by)
    for name in ("dockers", "tenants"):
        fields = {"name": name, "keys": [_KEY], "url": f"https://{name}.example"}
        do(small, by, "witnesses.name", organisation=name, **fields)
        if name == "dockers":
            do(small, by, "witnesses.dismiss", name=name)


def _bulletin(small: Small) -> None:
    """One refusal is overturned, one stands, one appeal is not decided in time: a proposal's, where
    every member may propose; it finds no seconders in the time that it has got back."""
    small.pure.go_to(convention(small).dates.bulletin_opens + DAY)
    editor = small.holder("bulletin-editor")
    authors = [m for m in small.members["B2"] if m != editor][-3:]
    anyone = convention(small).rules.proposals.may_propose == "members"
    for number, author in enumerate(authors, 1):
        kind = "proposal" if number == 3 and anyone else "perspective"
        do(small, author, "bulletin.hand_in", kind=kind, text=text(small), words=1)
    for number, author in enumerate(authors, 1):
        do(
            small,
            editor,
            "bulletin.refuse",
            contribution=number,
            version=small.state.bulletin.contributions[number].latest.text,
            reason="not-a-contribution",
            remark=text(small),
        )
        do(small, author, "bulletin.appeal", contribution=number, grounds=text(small))
    judges = small.holders(small.state.rules.bulletin.appeal_to)
    for number, decision in ((1, "upheld"), (2, "dismissed")):
        for judge in judges:
            appeal = small.state.bulletin.contributions[number].refusal.appeal
            if appeal.decision is None:
                do(
                    small,
                    judge,
                    "bulletin.judge_appeal",
                    contribution=number,
                    decision=decision,
                    reason=text(small),
                )
    wait(small, small.state.rules.bulletin.appeal_decided_within * DAY)
    assert small.state.bulletin.contributions[3].refusal.appeal.decision == "upheld"
    do(small, authors[0], "bulletin.hand_in", kind="report", text=text(small), words=1)
    do(small, authors[0], "bulletin.revise", contribution=4, text=text(small), words=1)
    do(small, authors[1], "bulletin.hand_in", kind="reply", about=4, text=text(small), words=1)
    do(small, authors[1], "bulletin.withdraw", contribution=5)


def _erasing(small: Small) -> None:
    """One text is erased, one stays; nobody decides in time about a third."""
    versions = small.state.bulletin.contributions
    texts = (versions[5].latest.text, versions[4].versions[0].text, versions[2].latest.text)
    for asked in texts:
        do(small, small.members["C1"][0], "erasing.ask", text=asked, reason=text(small))
    requests = small.state.erasing.requests
    judges = small.holders(small.state.rules.erasing.decided_by)
    for number, decision in ((1, "upheld"), (2, "dismissed")):
        for judge in judges:
            if small.state.erasing.requests[number].decision is None:
                fields = {"request": number, "decision": decision, "reason": text(small)}
                do(small, judge, "erasing.judge", **fields)
    assert len(requests) == 3


def _rolls(small: Small) -> None:
    """Some branches attest their rolls; one is challenged twice, and judged."""
    small.pure.go_to(convention(small).dates.roll_cut_off + HOUR)
    roll = small.state.membership.rolls[convention(small).number]
    office = convention(small).rules.membership.roll_attested_by
    for branch in ("A1", "B1", "C1"):
        do(
            small,
            small.holder(office, branch),
            "membership.attest_roll",
            branch=branch,
            digest=roll.branches[branch].digest,
        )
    challenger = small.members["C2"][-1]
    for suspect in small.members["B1"][-3:-1]:
        do(
            small,
            challenger,
            "membership.challenge_roll",
            branch="B1",
            member=suspect,
            about="not-a-member",
            reason=text(small),
        )
    for judge in small.holders(convention(small).rules.membership.challenges_decided_by):
        if small.state.membership.challenges[1].decision is None:
            do(
                small,
                judge,
                "membership.judge_challenge",
                challenge=1,
                decision="upheld",
                reason=text(small),
            )


def _delegates(small: Small) -> None:
    """Each branch elects; where members mark as many as there are seats, the first branch ties and
    a lot decides. In each, somebody votes twice, the second time unreadably."""
    nominated(apportioned(small))
    small.pure.go_to(convention(small).dates.election_opens)
    for turn, election in enumerate(branch_elections(small)):
        voters = [m for m in small.members[election.place] if m in election.voters]
        order = [str(n + 1) for n in range(len(election.standing))]
        tied = turn == 0 and election.count.startswith("plurality")
        for place, voter in enumerate(voters[: len(voters) // 2 * 2]):
            marks = order[1:] if tied and place % 2 else order
            if election.count.startswith("plurality"):
                marks = marks[: election.seats]
            cast_in_two_camps(small, election.number, voter, ",".join(marks))
        if not tied:
            cast_in_two_camps(small, election.number, voters[-1], "")
            cast_in_two_camps(small, election.number, voters[-1], "9999")
    small.pure.go_to(convention(small).dates.election_closes)
    _lots_for_ties(small)


def _lots_for_ties(small: Small) -> None:
    """One lot for all: a tie of one branch or of several."""
    if any(election.lot_needed for election in small.state.elections.elections.values()):
        drawn(small, "delegates", convention(small).number)


def _proposals(small: Small) -> list[int]:
    """Six reach the floor, one of them an amendment and one a change of the rules; one lapses, one
    is withdrawn, one is changed and seconded anew."""
    author, *others = delegates(small)
    numbers = []
    for fields in (
        {},
        {},
        {},
        {"kind": "amendment", "amends": "proposal", "about": 6},
        {"kind": "amendment", "amends": "programme"},
        {
            "kind": "amendment",
            "amends": "rulebook",
            "changes": [{"path": "floor.vote_minutes", "value": 5}],
        },
    ):
        given: dict[str, Any] = {"kind": "proposal"} | fields
        do(small, author, "bulletin.hand_in", text=text(small), words=1, **given)
        numbers.append(len(small.state.bulletin.contributions))
    assert numbers[0] == 6
    for _ in range(2):  # one for which nobody asks, one that is taken back
        do(small, author, "bulletin.hand_in", kind="proposal", text=text(small), words=1)
    do(small, author, "bulletin.withdraw", contribution=len(small.state.bulletin.contributions))
    do(small, author, "proposals.ask", proposal=6, branch="C2")
    first = small.state.bulletin.contributions[6].latest.text
    do(small, others[0], "proposals.second", proposal=6, version=first)
    do(small, others[0], "proposals.withdraw_second", proposal=6)
    do(small, author, "bulletin.revise", contribution=6, text=text(small), words=1)
    for number in numbers:
        admit(small, number)
    office = convention(small).rules.proposals.answer_from
    for number in numbers[:3]:
        do(small, small.holder(office), "proposals.answer", proposal=number, text=text(small))
    small.pure.go_to(convention(small).dates.seconding_closes + DAY)
    return numbers


def _before_the_opening(small: Small) -> None:
    """The agenda's lot, a guest, a delegate who gives way to an alternate, who steps in."""
    drawn(small)
    inviting = small.holder(convention(small).rules.delegates.guests_by)
    for letter in "ab":
        guest = "g-" + letter * 16
        do(small, inviting, "delegates.invite", guest=guest, person=person(2000 + ord(letter)))
    do(small, inviting, "delegates.end_invitation", guest="g-" + "b" * 16)
    do(small, inviting, "delegates.erase_guest", guest="g-" + "b" * 16)
    wait(small, HOUR)
    for branch in sorted(assembly(small).delegations):
        alternate = next_alternate(small.state, assembly(small), branch)
        if alternate is not None:
            seats = [
                s
                for s, seat in sorted(assembly(small).seats.items())
                if seat.branch == branch and seat.holder is not None
            ]
            do(small, assembly(small).seats[seats[0]].holder or "", "delegates.give_way")
            do(small, alternate, "delegates.step_in", seat=seats[0])
            return
