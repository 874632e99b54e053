"""What happens to members beside the bulletin: they join, move, leave, are suspended."""

from __future__ import annotations

from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.offices.assemblies import voices_in
from quorate.demo.people import Person, number_from
from quorate.demo.telling import Telling
from quorate.store.handing_in import HandedIn, hand_in

JOIN_AT_ONCE = "HV"
"""A branch in which so many join shortly before the cut-off that the roll says so."""

MOVES = (("TA", "BR"), ("QS", "NG"), ("CR", "NI"))
"""From a branch to another: somebody has changed the place of work."""

LEAVE = ("EF", "WH", "FO", "SA")

FORGOTTEN = "MU"
"""The branch whose secretary does not attest the roll, and is recalled for it."""


def joins_later(person: Person) -> bool:
    """Whether somebody of the roll is not yet a member when the organisation is founded."""
    one_in = 6 if person.branch == JOIN_AT_ONCE else 60
    return not person.known and number_from("joins", person.member) % one_in == 0


def admission(person: Person, by: str) -> HandedIn:
    """The act that admits somebody, with their personal sheet."""
    sheet = {"name": person.name, "email": person.email, "claimed_since": person.since}
    fields = {"member": person.member, "branch": person.branch, "person": sheet}
    return hand_in("membership.admit", fields, by)


def join_before_the_cut_off(telling: Telling) -> None:
    """One branch admits many in a week. Nothing forbids it, and the roll shows it."""
    telling.go_to(telling.state.floor.conventions[1].dates.roll_cut_off - 6 * DAY)
    _admit(telling, [p for p in _not_yet(telling) if p.branch == JOIN_AT_ONCE])


def come_and_go(telling: Telling) -> None:
    """After the cut-off: others join, members from then on, but not on this roll; some change
    their branch, some leave, two are suspended, a branch secretary has had enough."""
    _admit(telling, _not_yet(telling))
    _move_and_leave(telling)
    _suspend(telling)
    _recall(telling)
    secretary = telling.holder("branch-secretary", "OR")
    telling.do(secretary, "offices.lay_down", office="branch-secretary", place="OR")


def _not_yet(telling: Telling) -> list[Person]:
    members = telling.state.membership.members
    return [person for person in telling.people.values() if person.member not in members]


def _admit(telling: Telling, joining: list[Person]) -> None:
    for person in joining:
        telling.clock.time += HOUR // 2
        secretary = telling.holder("branch-secretary", person.branch)
        telling.do_all([admission(person, secretary)])


def _move_and_leave(telling: Telling) -> None:
    for old, new in MOVES:
        telling.clock.time += HOUR
        telling.do(_bystander(telling, old), "membership.transfer", branch=new)
    for branch in LEAVE:
        telling.clock.time += HOUR
        telling.do(_bystander(telling, branch), "membership.resign")


def _suspend(telling: Telling) -> None:
    """More than half of the credentials committee suspends; one of the two comes back."""
    judges = [held.member for held in telling.state.offices.now["credentials-committee", ""]][:3]
    paid = _bystander(telling, "LB")
    for member, reason in (
        (paid, "No dues since January, and three letters came back."),
        (_bystander(telling, "KI"), "Took the wages of a shift that the strike had stopped."),
    ):
        for judge in judges:
            telling.clock.time += HOUR
            telling.do(judge, "membership.suspend", member=member, reason={"text": reason})
    telling.clock.time += DAY
    for judge in judges:  # the dues have come: the letters went to an old address
        telling.clock.time += HOUR
        telling.do(judge, "membership.restore", member=paid)


def _recall(telling: Telling) -> None:
    """A branch recalls its secretary: a fifth of its members demand the vote, and most carry it."""
    secretary = telling.holder("branch-secretary", FORGOTTEN)
    reason = (
        "The roll of our branch was not attested, although she was asked three times. If it is "
        "wrong we lose a seat."
    )
    about = {"office": "branch-secretary", "place": FORGOTTEN, "member": secretary}
    voices = voices_in(telling.state, "branch", FORGOTTEN, telling.clock.time)
    members = [m for m in voices if m != secretary]
    for member in members:
        if telling.state.offices.votes:
            break
        telling.clock.time += HOUR
        telling.do(member, "offices.demand_recall", **about, reason={"text": reason})
    for member in members:
        roll = number_from("recall", member) % 10
        if roll < 8:
            telling.clock.time += HOUR
            choice = "for" if roll < 5 else "against" if roll < 7 else "abstain"
            telling.do(member, "offices.vote_recall", recall=1, choice=choice)
    telling.go_to(telling.state.offices.votes[1].closes)


def _bystander(telling: Telling, branch: str) -> str:
    """A member of the branch who holds no office, is no trustee, and has written nothing."""
    busy = {one.who for found in telling.state.secret.registers.values() for one in found.trustees}
    busy |= {held.member for every in telling.state.offices.now.values() for held in every}
    busy |= {text.author for text in telling.state.bulletin.contributions.values()}
    able = [
        member
        for member in telling.of_branch(branch)
        if member not in busy and not telling.people[member].known
    ]
    return min(able, key=lambda member: number_from("bystander", member))


def until_today(telling: Telling, now: int) -> None:
    """Time passes until today, when somebody lets others write to them: so the record ends now,
    and whoever serves it is not told that the clock may be wrong."""
    telling.go_to(now - MINUTE)
    members = telling.state.membership.members
    here = (m for m in telling.of_branch("NG") if telling.stayed(m) and not members[m].reachable)
    telling.do(next(here), "membership.be_reachable", yes=True)
