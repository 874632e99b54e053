"""The convention of the told year, what it elects, and what becomes of it afterwards."""

from __future__ import annotations

from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.floor.close import owed_elections
from quorate.rulebook.lint_secret import secret_offices
from support.key_register import KeyRegister
from support.small import Small
from support.told_secret import elected_in_secret
from support.written import do, text, wait
from support.year import (
    arrived,
    called,
    cast,
    chair,
    convention,
    decided,
    delegates,
    drawn,
    opened_vote,
    poll,
    vote_all_alike,
)


def cast_in_two_camps(small: Small, number: int, voter: str, ballot: str) -> None:
    do(small, voter, "elections.vote", election=number, ballot=small.pure.seal(ballot))


def floor_decides(small: Small, numbers: list[int]) -> None:
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


def leaders_elected(small: Small, keys: KeyRegister | None) -> None:
    """Whom the convention chooses: by slate or by individuals; in secret where rules say so, the
    first of the others on paper where they allow it, and where all ballots tie by lot."""
    rules = convention(small).rules
    owed = owed_elections(small.state, convention(small))
    in_secret = {path.partition(".")[2] for path in secret_offices(rules)}
    in_the_open = [office for office in owed if office not in in_secret]
    if rules.secret.on_demand:  # one alone, which is too few
        do(small, delegates(small)[0], "secret.demand", office=in_the_open[-1])
    for office in owed:
        on_paper = rules.elections.on_paper and office == in_the_open[0]
        election = poll(small, office, paper=on_paper)
        slates = election.count.startswith("slate-")
        _stand(small, election.number, slates)
        small.pure.go_to(election.opens)
        if on_paper:
            small.pure.go_to(election.closes)
            _papers(small, election.number, slates)
        elif election.register and keys is not None:
            elected_in_secret(small, keys, election.number)
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
        cast_in_two_camps(small, number, member, ",".join(marks))


def _papers(small: Small, number: int, slates: bool) -> None:
    counting, ending = small.holders(convention(small).rules.delegates.credentials_by)[:2]
    ranks = [[1], [2]] if slates else [[1, 2], [2, 1]]
    papers = [{"weight": 8, "ranks": ranks[0]}, {"weight": 3, "ranks": ranks[1]}]
    do(small, counting, "elections.enter_papers", election=number, papers=papers)
    do(small, ending, "elections.end_papers", election=number, total=11)


def ended(small: Small, numbers: list[int]) -> None:
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


def recalled(small: Small) -> None:
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


def lapsed(small: Small) -> None:
    """The next convention is called, and nobody comes: it lapses by itself."""
    called(small)
    days = small.state.rules.floor.lapses_after
    small.pure.go_to(convention(small).dates.opens + days * DAY)
    assert convention(small).lapsed is not None
