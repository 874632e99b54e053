"""A convention year of the small organisation, carried as far as a test needs it."""

from __future__ import annotations

from typing import Any

from quorate.chapters.calendar import DAY, MINUTE
from quorate.chapters.delegates.remembers import Assembly
from quorate.chapters.elections.remembers import Election
from quorate.chapters.floor.agenda import lot_of
from quorate.chapters.floor.close import owed_elections
from quorate.chapters.floor.remembers import Convention, Vote
from quorate.chapters.lots.call import standing
from support.pure import document
from support.small import Small, founded


def convention(small: Small) -> Convention:
    """The last convention that was called."""
    return small.state.floor.conventions[len(small.state.floor.conventions)]


def assembly(small: Small) -> Assembly:
    return small.state.delegates.assemblies[convention(small).number]


def delegates(small: Small) -> list[str]:
    """Those who sit in seats, in the order of the seats."""
    seats = assembly(small).seats
    return [holder for _, seat in sorted(seats.items()) if (holder := seat.holder) is not None]


def chair(small: Small) -> str:
    return small.holder("chair")


def called(small: Small) -> Small:
    """The convention is called, a day later than it must be at the earliest."""
    rules = small.state.rules.floor
    opens = small.pure.time + (rules.notice + 1) * DAY
    small.pure.do(small.holder(rules.called_by), "floor.call", opens=opens, place="The hall")
    return small


def apportioned(small: Small) -> Small:
    """The rolls are final and the seats are shared out; nominations are open."""
    small.pure.go_to(convention(small).dates.nominations_open)
    return small


def branch_elections(small: Small) -> list[Election]:
    return [
        election
        for _, election in sorted(small.state.elections.elections.items())
        if election.fills == "delegates" and election.convention == convention(small).number
    ]


def nominated(small: Small, more: int = 1) -> Small:
    """In each branch as many stand as there are seats, and ``more``."""
    organisers = {
        holding.member
        for (office, _), holdings in small.state.offices.now.items()
        if office == "regional-organiser"
        for holding in holdings
    }
    for election in branch_elections(small):
        able = [m for m in small.members[election.place] if m in election.voters]
        standing = [m for m in able if m not in organisers][: election.seats + more]
        for member in standing:
            small.pure.do(member, "elections.nominate", election=election.number, member=member)
    return small


def vote_all_alike(small: Small, number: int, voters: list[str], ballot: str = "") -> None:
    """Everyone marks the candidates in the order in which they stand: no tie can arise."""
    election = small.state.elections.elections[number]
    marks = len(election.standing)
    if election.count.startswith("plurality"):
        marks = min(marks, election.seats)
    numbers = [str(n) for n in range(1, marks + 1)]
    for voter in voters:
        sealed = small.pure.seal(ballot or ",".join(numbers))
        small.pure.do(voter, "elections.vote", election=number, ballot=sealed)


def delegates_elected(small: Small) -> Small:
    """Every seat is filled by the branch's election, and each branch has an alternate."""
    nominated(apportioned(called(small)))
    small.pure.go_to(convention(small).dates.election_opens)
    for election in branch_elections(small):
        voters = [m for m in small.members[election.place] if m in election.voters]
        vote_all_alike(small, election.number, voters)
    small.pure.go_to(convention(small).dates.election_closes)
    return small


def hand_in(small: Small, author: str, kind: str = "proposal", **fields: Any) -> int:
    """A contribution's number."""
    text = document(f"text {len(small.state.bulletin.contributions)}")
    small.pure.do(author, "bulletin.hand_in", kind=kind, text=text, words=100, **fields)
    return len(small.state.bulletin.contributions)


def admit(small: Small, number: int) -> None:
    """Delegates second it until it is admitted."""
    contribution = small.state.bulletin.contributions[number]
    for member in delegates(small):
        if small.state.proposals.proposals[number].admission is not None:
            return
        if member != contribution.author:
            version = contribution.latest.text
            small.pure.do(member, "proposals.second", proposal=number, version=version)
    assert small.state.proposals.proposals[number].admission is not None


def proposed(small: Small, count: int = 1, **fields: Any) -> list[int]:
    """So many proposals by the first delegate, admitted."""
    numbers = [hand_in(small, delegates(small)[0], **fields) for _ in range(count)]
    for number in numbers:
        admit(small, number)
    return numbers


def drawn(small: Small, purpose: str = "agenda", of: int | None = None) -> None:
    """A lot is drawn by three members, if it is for an election or the agenda needs one."""
    if purpose == "agenda" and convention(small).rules.floor.agenda != "drawn":
        return
    subject = convention(small).number if of is None else of
    if standing(small.state, purpose, subject) is None:  # a tie calls its lot by itself
        small.pure.do(chair(small), "lots.call", purpose=purpose, of=subject)
    called_now = standing(small.state, purpose, subject)
    assert called_now is not None
    draw = called_now.number
    numbers = {m: small.pure.seal(f"secret {m} {draw}") for m in small.everyone[:3]}
    for member, number in numbers.items():
        small.pure.do(member, "lots.commit", draw=draw, number=number)
    small.pure.go_to(called_now.commit_until)
    for member, number in numbers.items():
        small.pure.do(member, "lots.hand_in", draw=draw, number=number)
    small.pure.go_to(called_now.reveal_until)


def credentialed(small: Small, seat: str) -> None:
    """The credentials of whoever sits in the seat are checked."""
    office = convention(small).rules.delegates.credentials_by
    holder = assembly(small).seats[seat].holder
    small.pure.do(small.holder(office), "delegates.credential", seat=seat, member=holder)


def arrived(small: Small, seats: int | None = None) -> Small:
    """At the hour of the opening so many delegates are present (all by default)."""
    small.pure.go_to(convention(small).dates.opens - DAY)
    if lot_of(small.state, convention(small).number) is None:
        drawn(small)
    small.pure.go_to(convention(small).dates.opens)
    for seat in sorted(assembly(small).seats)[:seats]:
        credentialed(small, seat)
        small.pure.do(assembly(small).seats[seat].holder or "", "floor.arrive")
    return small


def sitting(small: Small) -> Small:
    """The convention sits, with everyone present."""
    arrived(small)
    small.pure.do(chair(small), "floor.open")
    return small


def opened_vote(small: Small, proposal: int, question: str = "proposal", **fields: Any) -> int:
    """The number of the vote, open."""
    small.pure.do(chair(small), "floor.open_vote", proposal=proposal, question=question, **fields)
    return len(small.state.floor.votes)


def cast(small: Small, vote: int, member: str, choice: str, reason: str = "") -> None:
    sealed = small.pure.seal(choice)
    small.pure.do(member, "floor.vote", vote=vote, choice=sealed, reason=reason)


def decided(
    small: Small, proposal: int, choices: list[str], question: str = "proposal", **fields: Any
) -> Vote:
    """The proposal is put to the vote and the delegates vote so, in the order of their seats."""
    vote = opened_vote(small, proposal, question, **fields)
    for member, choice in zip(delegates(small), choices, strict=False):
        cast(small, vote, member, choice)
    return closed_vote(small, vote)


def closed_vote(small: Small, vote: int) -> Vote:
    """The vote, closed by the chair after its minutes and counted."""
    small.pure.go_to(small.pure.time + convention(small).rules.floor.vote_minutes * MINUTE)
    small.pure.do(chair(small), "floor.close_vote", vote=vote)
    small.pure.let_fall_due()
    return small.state.floor.votes[vote]


def with_two_proposals() -> Small:
    """A convention that sits, with two proposals on its agenda."""
    small = delegates_elected(founded(agenda='"as-numbered"'))
    proposed(small, 2)
    return sitting(small)


def dates(small: Small, nominations: int, poll: int) -> dict[str, int]:
    """From now so many ms for nominations, and so many for voting."""
    opens = small.pure.time + nominations
    return {"opens": opens, "closes": opens + poll}


def poll(small: Small, office: str, *, paper: bool = False, place: str = "") -> Election:
    """An election of the convention, taking nominations, with the shortest dates allowed."""
    rules = convention(small).rules.elections
    opens = small.pure.time + rules.nominations_minutes * MINUTE
    closes = opens + rules.poll_minutes * MINUTE
    small.pure.do(
        chair(small),
        "elections.open_poll",
        office=office,
        place=place,
        opens=opens,
        closes=closes,
        paper=paper,
    )
    return small.state.elections.elections[len(small.state.elections.elections)]


def led(small: Small) -> Small:
    """Every body and post that the convention chooses is elected."""
    for office in owed_elections(small.state, convention(small)):
        election = poll(small, office)
        if election.count.startswith("slate-"):
            members = delegates(small)[: election.seats]
            proposer = small.holder("steering-committee")
            small.pure.do(
                proposer,
                "elections.propose_slate",
                election=election.number,
                title="The slate",
                members=members,
            )
            for member in set(members) - {proposer}:
                small.pure.do(
                    member, "elections.consent", election=election.number, slate=1, yes=True
                )
        else:
            for member in delegates(small)[: election.seats]:
                small.pure.do(member, "elections.nominate", election=election.number, member=member)
        small.pure.go_to(election.opens)
        ballot = "1" if election.count.startswith("slate-") else ""
        vote_all_alike(small, election.number, delegates(small), ballot)
        small.pure.go_to(election.closes)
        small.pure.let_fall_due()
    return small
