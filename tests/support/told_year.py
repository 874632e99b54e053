"""A whole convention year of the small organisation, told so that nearly every act is in it: for
the records that are kept to be replayed by later versions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from quorate import commitments, organisation
from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.clause import Refusal
from quorate.chapters.delegates.seating import next_alternate
from quorate.chapters.floor.close import owed_elections
from quorate.record import canonical
from quorate.record.receipt import Opening
from support.pure import Pure, document, person, pseudonym
from support.small import Small, founded
from support.year import (
    admit,
    apportioned,
    arrived,
    assembly,
    branch_elections,
    called,
    cast,
    chair,
    convention,
    decided,
    delegates,
    drawn,
    nominated,
    opened_vote,
    poll,
    vote_all_alike,
)


@dataclass
class Written(Pure):
    """A record whose texts are kept too, as an export has them."""

    texts: list[Opening] = field(default_factory=list)

    def _record(self, by: str, act: Any) -> Refusal | None:
        """Records the act with a text of its own in the place of each commitment to one."""
        name = organisation.clause_of(act).name
        kept = []
        for part, mark in organisation.committed_fields(name).items():
            if mark.what != "document" or not getattr(act, part):
                continue
            text = f"{name}, in entry {self.state.size} of the record, by {by}."
            payload = canonical.encode({"text": text, "title": name})
            salt = hashlib.sha256(f"{part} {self.state.size}".encode()).digest()
            commitment = commitments.commit(payload, salt, commitments.DOCUMENT)
            kept.append(Opening(commitment, commitments.DOCUMENT, salt, payload))
            act = replace(act, **{part: commitment})
            if "words" in type(act).__dataclass_fields__:
                act = replace(act, words=len(text.split()))
        refusal = super()._record(by, act)
        if refusal is None:
            self.texts += kept
        return refusal


def whole_year(preset: str) -> tuple[Small, Written]:
    """The year under this preset, to its end; the organisation, and its record with texts."""
    later = {"suspension_after": "14"} if preset == "open-convention" else {}
    small = founded(preset, **later)
    pure = small.pure
    written = Written(pure.time, pure.state, pure.entries, pure.sealed)
    small.pure = written
    called(small)
    _people_come_and_go(small)
    _offices(small)
    _bulletin(small)
    _rolls(small)
    _delegates(small)
    numbers = _proposals(small)
    _before_the_opening(small)
    _floor(small, numbers)
    _leaders(small)
    _end(small, numbers)
    _recalled(small)
    _lapsed(small)
    return small, written


def do(small: Small, by: str, act: str, **fields: Any) -> None:
    small.pure.do(by, act, **fields)


def text(small: Small) -> str:
    """A text to be handed in; ``Written`` gives it its words."""
    return document(f"text {small.state.size}")


def wait(small: Small, time: int) -> None:
    small.pure.go_to(small.pure.time + time)


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
            _cast(small, election.number, voter, ",".join(marks))
        if not tied:
            _cast(small, election.number, voters[-1], "")
            _cast(small, election.number, voters[-1], "9999")
    small.pure.go_to(convention(small).dates.election_closes)
    _lots_for_ties(small)


def _cast(small: Small, number: int, voter: str, ballot: str) -> None:
    do(small, voter, "elections.vote", election=number, ballot=small.pure.seal(ballot))


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
    wait(small, HOUR)
    for branch in assembly(small).delegations:
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


def _floor(small: Small, numbers: list[int]) -> None:
    """Every proposal is decided: for, against, just so, by a referral, after a mistake."""
    arrived(small)
    do(small, chair(small), "floor.open")
    from quorate.chapters.floor.open_vote import next_item, question_on

    moods = {
        numbers[0]: ["for"] * 7 + ["against"] * 3 + ["abstain"] * 2,
        numbers[1]: ["against"] * 12,
        numbers[4]: ["for"] * 8 + ["against"] * 4,
    }
    while (number := next_item(convention(small))) is not None:
        contribution = small.state.bulletin.contributions[number]
        if number == numbers[2]:
            due = small.pure.time + 200 * DAY
            decided(small, number, ["for"] * 12, "referral", owner="steering-committee", due=due)
        elif number == numbers[1]:
            _decided_after_a_mistake(small, number)
        else:
            question = question_on(contribution)
            decided(small, number, moods.get(number, ["for"] * 12), question)


def _decided_after_a_mistake(small: Small, number: int) -> None:
    vote = opened_vote(small, number)
    for member in delegates(small):
        cast(small, vote, member, "against")
    cast(small, vote, delegates(small)[0], "for", "mistake")
    wait(small, convention(small).rules.floor.vote_minutes * MINUTE)
    do(small, chair(small), "floor.close_vote", vote=vote)
    small.pure.let_fall_due()


def _leaders(small: Small) -> None:
    """Whom the convention chooses: by slate or by individuals; the first of them on paper where the
    rules allow it, and where all ballots tie by lot."""
    for turn, office in enumerate(owed_elections(small.state, convention(small))):
        on_paper = turn == 0 and convention(small).rules.elections.on_paper
        election = poll(small, office, paper=on_paper)
        slates = election.count.startswith("slate-")
        _stand(small, election.number, slates)
        small.pure.go_to(election.opens)
        if on_paper:
            small.pure.go_to(election.closes)
            _papers(small, election.number, slates)
        elif slates:
            vote_all_alike(small, election.number, delegates(small), "1")
        else:
            _vote_in_two_camps(small, election.number)
        small.pure.go_to(election.closes)
        small.pure.let_fall_due()
        if small.state.elections.elections[election.number].lot_needed:
            drawn(small, "election", election.number)


def _stand(small: Small, number: int, slates: bool) -> None:
    election = small.state.elections.elections[number]
    if not slates:
        first, *more = delegates(small)[: election.seats + 1]
        do(small, first, "elections.nominate", election=number, member=first, statement=text(small))
        for member in more:
            do(small, first, "elections.nominate", election=number, member=member)
            do(small, member, "elections.accept", election=number, yes=True)
        return
    members = delegates(small)[: election.seats]
    proposer = small.holder("steering-committee")
    do(
        small,
        proposer,
        "elections.propose_slate",
        election=number,
        title="The slate",
        members=members,
    )
    for member in members:
        if member != proposer:
            do(small, member, "elections.consent", election=number, slate=1, yes=True)


def _vote_in_two_camps(small: Small, number: int) -> None:
    """Half in the order of the paper, half in the other: ties for the lot."""
    election = small.state.elections.elections[number]
    order = [str(n + 1) for n in range(len(election.standing))]
    if election.count.startswith("plurality"):
        order = order[: election.seats + 1]
    for turn, member in enumerate(delegates(small)):
        marks = order if turn % 2 else order[::-1]
        if election.count.startswith("plurality"):
            marks = marks[: election.seats]
        _cast(small, number, member, ",".join(marks))


def _papers(small: Small, number: int, slates: bool) -> None:
    counting, ending = small.holders(convention(small).rules.delegates.credentials_by)[:2]
    ranks = [[1], [2]] if slates else [[1, 2], [2, 1]]
    papers = [{"weight": 8, "ranks": ranks[0]}, {"weight": 3, "ranks": ranks[1]}]
    do(small, counting, "elections.enter_papers", election=number, papers=papers)
    do(small, ending, "elections.end_papers", election=number, total=11)


def _end(small: Small, numbers: list[int]) -> None:
    """Decisions are handed over, somebody leaves, the chair closes; one is carried out."""
    due = small.pure.time + 60 * DAY
    owner = "bulletin-editor"
    do(small, chair(small), "followup.take_on", proposal=numbers[0], owner=owner, due=due)
    do(small, delegates(small)[-1], "floor.leave")
    wait(small, HOUR)
    do(small, chair(small), "floor.close")
    small.pure.let_fall_due()
    wait(small, 3 * DAY)
    do(
        small,
        small.holder(owner),
        "followup.report",
        proposal=numbers[0],
        done=True,
        text=text(small),
    )


def _recalled(small: Small) -> None:
    """The members of a branch recall their secretary: enough demand it, most vote for it."""
    leaving = small.holder("branch-secretary", "A1")
    members = [
        m
        for m in sorted(small.state.membership.branches["A1"].members)
        if m != leaving and small.state.membership.members[m].standing == "good"
    ]
    about = {"office": "branch-secretary", "place": "A1", "member": leaving}
    for member in members:
        if not small.state.offices.votes:
            do(small, member, "offices.demand_recall", **about, reason=text(small))
    for turn, member in enumerate(members):
        choice = ("for", "for", "against", "abstain")[turn % 4]
        do(small, member, "offices.vote_recall", recall=1, choice=small.pure.seal(choice))
    again = small.pure.seal("for")
    do(small, members[2], "offices.vote_recall", recall=1, choice=again)
    small.pure.go_to(small.state.offices.votes[1].closes)
    assert ("branch-secretary", "A1") not in small.state.offices.now


def _lapsed(small: Small) -> None:
    """The next convention is called, and nobody comes: it lapses by itself."""
    called(small)
    days = small.state.rules.floor.lapses_after
    small.pure.go_to(convention(small).dates.opens + days * DAY)
    assert convention(small).lapsed is not None
