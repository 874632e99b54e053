"""What a person can pick in the form of an act, by what stands: nobody has to know a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quorate.chapters.bulletin.contested import appeal_until
from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.dates import current
from quorate.chapters.delegates.erase_guest import invited, over
from quorate.chapters.delegates.seating import next_alternate, sits
from quorate.chapters.offices.holding import office_rules
from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.store import keeping
from quorate.web import names
from quorate.web.convention.lots import about
from quorate.web.templatetags.saying import office, place, when
from quorate.web.whole import whole_number

MOST = 300
"""A longer list is no help; then the number is asked for, and links bring it along."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``value``: what the act holds; ``label``: what a person reads."""

    value: str
    label: str


def offered(state: State, act: str, field: str, by: str = "") -> tuple[Choice, ...]:
    """The choices for this field of the act; none where a person writes it themselves.

    ``by``: who asks, where they can choose among what is theirs only.
    """
    find = _OF_ACT.get((act, field)) or _OF_FIELD.get(field)
    choices = tuple(find(state)) if find else ()
    if (act, field) == ("bulletin.appeal", "version"):
        choices = tuple(_refused_of(state, by))
    if (act, field) == ("delegates.step_in", "seat"):
        choices = tuple(_seats_to_take(state, by))
    return choices if len(choices) <= MOST else ()


def label_of(state: State, act: str, field: str, value: str) -> str:
    """What a value that a link brought along means, in words; "" where that cannot be said."""
    if field == "member":
        return names.name_of(state, value)
    if (act, field) == ("erasing.ask", "text"):
        return names.title_of(value) if keeping.documents([value]) else ""
    number = whole_number(value)
    if field in ("proposal", "contribution", "about") and number is not None:
        known = number in state.bulletin.contributions
        return f"{number}, {names.contribution_title(state, number)}" if known else ""
    return next((c.label for c in offered(state, act, field) if c.value == value), "")


def _contributions(state: State) -> Iterable[Choice]:
    convention = state.floor.current
    numbers = sorted(
        n for n, c in state.bulletin.contributions.items() if c.convention == convention
    )
    if len(numbers) > MOST:
        return
    names.remember_titles(state.bulletin.contributions[n].latest.text for n in numbers)
    for number in numbers:
        yield Choice(str(number), f"{number}, {names.contribution_title(state, number)}")


def _refused_of(state: State, by: str) -> Iterable[Choice]:
    """The refusals against which this member may still appeal."""
    for contribution in state.bulletin.contributions.values():
        for refusal in contribution.refusals if by in ("", contribution.author) else ():
            until = appeal_until(state, contribution, refusal)
            if refusal.appeal is None and state.time < until:
                yield _version(state, contribution, refusal.version)


def _under_appeal(state: State) -> Iterable[Choice]:
    for contribution in state.bulletin.contributions.values():
        for refusal in contribution.contested:
            yield _version(state, contribution, refusal.version)


def _version(state: State, contribution: Contribution, version: str) -> Choice:
    number, title = contribution.number, names.title_of(version)
    return Choice(version, f"{number}, {title}, version {contribution.numbered(version)}")


def _proposals(state: State) -> Iterable[Choice]:
    proposals = state.proposals.proposals
    return (choice for choice in _contributions(state) if int(choice.value) in proposals)


def _tasks(state: State) -> Iterable[Choice]:
    for number in sorted(state.followup.tasks):
        yield Choice(str(number), f"{number}, {names.contribution_title(state, number)}")


def _branches(state: State) -> Iterable[Choice]:
    for code, branch in sorted(state.membership.branches.items(), key=lambda b: b[1].name):
        yield Choice(code, branch.name)


def _regions(state: State) -> Iterable[Choice]:
    for code, region in sorted(state.membership.regions.items(), key=lambda r: r[1].name):
        yield Choice(code, region.name)


def _places(state: State) -> Iterable[Choice]:
    yield Choice("", "the whole organisation")
    yield from _regions(state)
    yield from _branches(state)


def _open_offices(state: State) -> Iterable[Choice]:
    """What the convention elects to openly by the rulebook."""
    for choice in _offices(state):
        rules = office_rules(state, choice.value)
        if rules is not None and rules.chosen_by == "convention" and not rules.secret:
            yield choice


def _offices(state: State) -> Iterable[Choice]:
    for name in (*state.rules.bodies, *state.rules.posts):
        yield Choice(name, office(name))


def _owners(state: State) -> Iterable[Choice]:
    yield Choice("", "whom the rulebook names")
    yield from _offices(state)


def _votes(state: State) -> Iterable[Choice]:
    for number, vote in sorted(state.floor.votes.items()):
        if vote.closed is None:
            yield Choice(str(number), names.contribution_title(state, vote.proposal))


def _elections(state: State) -> Iterable[Choice]:
    for number, election in sorted(state.elections.elections.items()):
        if election.result is None and not election.void:
            what = "Delegates" if election.fills == "delegates" else office(election.office)
            where = f", {place(election.place)}" if election.place else ""
            yield Choice(str(number), f"{what}{where}")


def _recalls(state: State) -> Iterable[Choice]:
    for number, vote in sorted(state.offices.votes.items()):
        if vote.tally is None:
            name, where = vote.office
            held = f"{office(name)}, {place(where)}" if where else office(name)
            yield Choice(str(number), f"{names.name_of(state, vote.member)}, {held}")


def _draws(state: State) -> Iterable[Choice]:
    for number, draw in sorted(state.lots.draws.items()):
        if draw.drawn is None and draw.cancelled is None:
            yield Choice(str(number), f"{number}, {about(state, draw.purpose, draw.of)}")


def _challenges(state: State) -> Iterable[Choice]:
    for number, challenge in sorted(state.membership.challenges.items()):
        if challenge.decision is None:
            who = names.name_of(state, challenge.member)
            yield Choice(str(number), f"{who}, {place(challenge.branch)}")


def _seats(state: State) -> Iterable[Choice]:
    convention = current(state)
    assembly = state.delegates.assemblies.get(convention.number) if convention else None
    if assembly is None:
        return
    for seat_id, seat in sorted(assembly.seats.items()):
        who = names.name_of(state, seat.holder) if seat.holder else "empty"
        yield Choice(seat_id, f"{seat_id}, {who}")


def _seats_to_take(state: State, by: str) -> Iterable[Choice]:
    """The empty seats for which it is this member's turn; every alternate's, for whoever checks
    credentials."""
    convention = current(state)
    assembly = state.delegates.assemblies.get(convention.number) if convention else None
    if convention is None or assembly is None:
        return
    desk = holds(state, by, convention.rules.delegates.credentials_by)
    for seat_id, seat in sorted(assembly.seats.items()):
        if not sits(state, seat):
            alternate = next_alternate(state, assembly, seat.branch)
            if alternate is not None and (desk or alternate == by):
                yield Choice(seat_id, f"{seat_id}, for {names.name_of(state, alternate)}")


def _guests(state: State) -> Iterable[Choice]:
    convention = current(state)
    assembly = state.delegates.assemblies.get(convention.number) if convention else None
    for guest in assembly.guests.values() if assembly else ():
        if guest.ended is not None:
            continue
        yield Choice(guest.id, names.guest_name(guest))


def _guests_to_erase(state: State) -> Iterable[Choice]:
    for number, guest in invited(state):
        if not guest.erased and over(state, number, guest):
            yield Choice(guest.id, names.guest_name(guest))


def _reasons(state: State) -> Iterable[Choice]:
    convention = current(state)
    rules = convention.rules if convention else state.rules
    for name, text in rules.bulletin.refusal_reasons.items():
        yield Choice(name, text)


def _drawn_for(state: State) -> Iterable[Choice]:
    if state.floor.current is not None:
        yield Choice(str(state.floor.current), "this convention: its agenda, or its delegates")
    for number, register in sorted(state.secret.registers.items()):
        if not register.void and not register.draw:
            yield Choice(str(number), f"a trustee of register {number}")
    for number, election in sorted(state.elections.elections.items()):
        if election.lot_needed and election.fills != "delegates":
            yield Choice(str(number), f"election {number}, {when(election.closes)}")


def _requests(state: State) -> Iterable[Choice]:
    for number, request in sorted(state.erasing.requests.items()):
        if request.decision is None:
            yield Choice(str(number), f"{number}: {names.title_of(request.text)}")


def _registers(state: State) -> Iterable[Choice]:
    for number, register in sorted(state.secret.registers.items()):
        if not register.void and not register.roll:
            place = names.place_of(state, register.place)
            of = place if register.place else f"convention {register.convention}"
            yield Choice(str(number), f"{number}, for {of}")


def _sides(state: State) -> Iterable[Choice]:
    sides = {
        trustee.side: trustee.side.replace("-", " ")
        for register in state.secret.registers.values()
        if not register.void
        for trustee in register.trustees
        if trustee.way != "lot"
    }
    return (Choice(side, label) for side, label in sorted(sides.items()))


def _witnesses(state: State) -> Iterable[Choice]:
    return (Choice(name, name) for name in sorted(state.witnesses.now))


_OF_FIELD: dict[str, Callable[[State], Iterable[Choice]]] = {
    "contribution": _contributions,
    "proposal": _proposals,
    "branch": _branches,
    "region": _regions,
    "place": _places,
    "office": _offices,
    "owner": _owners,
    "vote": _votes,
    "election": _elections,
    "recall": _recalls,
    "draw": _draws,
    "challenge": _challenges,
    "request": _requests,
    "seat": _seats,
    "register": _registers,
    "side": _sides,
}
_OF_ACT: dict[tuple[str, str], Callable[[State], Iterable[Choice]]] = {
    ("secret.demand", "office"): _open_offices,
    ("floor.call", "place"): lambda state: (),  # a hall, in words
    ("delegates.end_invitation", "guest"): _guests,
    ("delegates.erase_guest", "guest"): _guests_to_erase,
    ("bulletin.refuse", "reason"): _reasons,
    ("bulletin.judge_appeal", "version"): _under_appeal,
    ("lots.call", "of"): _drawn_for,
    ("followup.take_on", "proposal"): _tasks,
    ("followup.report", "proposal"): _tasks,
    ("witnesses.dismiss", "name"): _witnesses,
}
