"""The demo's convention elects: the bodies by secret ballot, the posts in the open."""

from __future__ import annotations

from collections import Counter

from quorate.chapters.calendar import HOUR, MINUTE
from quorate.chapters.elections.remembers import Election
from quorate.chapters.floor.close import owed_elections
from quorate.demo import trustees, voting_keys
from quorate.demo.lots import drawn
from quorate.demo.material import material
from quorate.demo.people import number_from
from quorate.demo.telling import Telling
from quorate.store.handing_in import hand_in

COMMITTEE = "steering-committee"


def elect(telling: Telling) -> None:
    """Each body and post by its own ballot."""
    for office in owed_elections(telling.state, telling.state.floor.conventions[1]):
        opens = telling.clock.time + HOUR
        number = call(telling, office, opens, opens + HOUR)
        telling.go_to(opens)
        if _election(telling, number).register:
            _in_secret(telling, number)
        else:
            _in_the_open(telling, number)
        if _election(telling, number).lot_needed:
            drawn(telling, [telling.somebody(branch, "tie") for branch in ("NG", "FE", "CR")])


def half_voted(telling: Telling, begins: int, now: int, ends: int) -> None:
    """The vote on the committee is under way ``now``, between these times (ms): half of those who
    can vote have. Only the keys of the others are still known afterwards."""
    number = call(telling, COMMITTEE, begins, ends)
    telling.go_to(begins)
    voters = voting_keys.voters(telling, with_key=True)
    voted = voters[::2]
    cast(telling, number, voted, now - 2 * MINUTE)
    left = set(voters) - set(voted)
    telling.credentials = {m: own for m, own in telling.credentials.items() if m in left}


def all_voted(telling: Telling, begins: int, ends: int) -> None:
    """The vote on the committee is over, between these times (ms): everybody with a key has voted.
    The papers are not entered, and the box is not opened."""
    number = call(telling, COMMITTEE, begins, ends)
    telling.go_to(begins)
    cast(telling, number, voting_keys.voters(telling, with_key=True), ends)
    telling.go_to(ends)
    telling.credentials = {}


def call(telling: Telling, office: str, opens: int, closes: int) -> int:
    """The chair calls the election, and people stand; its number. ``opens``, ``closes``: ms."""
    chair = telling.holder("chair")
    telling.do(chair, "elections.open_poll", office=office, opens=opens, closes=closes)
    number = max(telling.state.elections.elections)
    if office == COMMITTEE:
        _named_candidates(telling, number)
        return number
    present = sorted(telling.state.floor.conventions[1].presence.values())
    by_lot = sorted(present, key=lambda member: number_from(office, member))
    for member in by_lot[: _election(telling, number).seats + 4]:
        telling.do(member, "elections.nominate", election=number, member=member)
    return number


def _election(telling: Telling, number: int) -> Election:
    return telling.state.elections.elections[number]


def _named_candidates(telling: Telling, election: int) -> None:
    """The candidates for the committee: a delegate nominates each, and each accepts."""
    by_name = {person.name: member for member, person in telling.people.items()}
    nominating = sorted(telling.state.floor.conventions[1].presence.values())
    for number, candidate in enumerate(material().candidates):
        member = by_name[candidate.name]
        nominator = nominating[number % len(nominating)]
        fields = {"election": election, "member": member}
        telling.do(nominator, "elections.nominate", **fields)
        statement = {"text": candidate.statement}
        telling.do(member, "elections.accept", election=election, yes=True, statement=statement)


def _in_the_open(telling: Telling, number: int) -> None:
    telling.do_all(
        hand_in(
            "elections.vote",
            {"election": number, "ballot": ",".join(map(str, _ranked(telling, member, number)))},
            member,
        )
        for _, member in sorted(telling.state.floor.conventions[1].presence.items())
    )
    telling.go_to(_election(telling, number).closes)


def _in_secret(telling: Telling, number: int) -> None:
    """Delegates cast ballots until voting is over; papers are entered; the trustees open the
    box."""
    election = _election(telling, number)
    cast(telling, number, voting_keys.voters(telling, with_key=True), election.closes)
    telling.go_to(election.closes)
    _papers(telling, number)
    trustees.open_box(telling, number)


def cast(telling: Telling, number: int, voters: list[str], until: int) -> None:
    """These delegates vote, one after the other until then (ms), and the box grows meanwhile. Some
    change their minds, and vote again."""
    step = (until - telling.clock.time - MINUTE) // max(1, len(voters))
    for member in voters:
        telling.go_to(telling.clock.time + step)
        ranked = _ranked(telling, member, number)
        voting_keys.cast(telling, number, member, ranked)
        if number_from("another mind", member, number) % 20 == 0:
            voting_keys.cast(telling, number, member, ranked[::-1])


def _papers(telling: Telling, number: int) -> None:
    """Tellers count the papers of those without a key, and another says that they are all."""
    teller, another = telling.state.offices.now["credentials-committee", ""][:2]
    papers = [
        tuple(_ranked(telling, m, number)) for m in voting_keys.voters(telling, with_key=False)
    ]
    telling.clock.time += 5 * MINUTE
    rows = [{"weight": many, "ranks": ranks} for ranks, many in sorted(Counter(papers).items())]
    if rows:
        telling.do(teller.member, "elections.enter_papers", election=number, papers=rows)
    telling.do(another.member, "elections.end_papers", election=number, total=len(papers))


def _ranked(telling: Telling, member: str, election: int) -> list[int]:
    """Whom the member ranks, the first first."""
    standing = len(_election(telling, election).standing)
    ranked = sorted(
        range(1, standing + 1),
        key=lambda c: number_from("prefers", member, election, c) % 1000 + 60 * (c % 5),
    )
    return ranked[: 1 + number_from("deep", member) % standing]
