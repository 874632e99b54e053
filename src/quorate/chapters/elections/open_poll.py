"""elections.open_poll: an election for a body or a post is called, with its dates.

For offices that the convention fills the chair does it, at the convention; for a branch's or a
region's, whoever attests the branch's roll or calls conventions. Once nobody holds such an office
within their term, any member of the place may: nobody stays in it by not calling the election.

Where such an office is elected by secret ballot, the register of voting keys is opened with the
poll: trustees make their keys, and members claim theirs, while nominations run.
"""

from __future__ import annotations

from dataclasses import dataclass

from immutables import Map

from quorate.chapters.calendar import DAY, MINUTE
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.elections.electorate import came_by, who_votes
from quorate.chapters.elections.remembers import NO_TERMS, Election, Terms
from quorate.chapters.elections.void import next_of
from quorate.chapters.elections.waiting import with_election
from quorate.chapters.fields import OfficeName, Place, Time
from quorate.chapters.floor.presence import no_quorum
from quorate.chapters.offices import holding
from quorate.chapters.offices.assemblies import belongs
from quorate.chapters.plain import counted, on
from quorate.chapters.rights import needs_office
from quorate.chapters.secret.of_place import opened_for
from quorate.chapters.secret.rolls import in_secret, not_in_secret, not_on_paper, roll_for
from quorate.chapters.state import State
from quorate.rulebook.schema import Body, Post


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """``opens``: nominations until then; ``closes``: votes until then. ``paper``: tellers enter
    the papers instead of each voter."""

    office: OfficeName
    opens: Time
    closes: Time
    place: Place = ""
    paper: bool = False


def allowed(state: State, act: OpenPoll, occasion: Occasion) -> Refusal | None:
    rules = holding.office_rules(state, act.office)
    path = holding.path_of(state, act.office)
    if rules is None or rules.chosen_by == "appointment" or rules.count is None:
        return Refusal(path, "This office is not filled by election.", "Look in the rulebook.")
    if act.place not in holding.places(state, act.office):
        return Refusal(path, "The office does not exist at this place.", "Check the code.")
    for election in state.elections.elections.values():
        same = (election.office, election.place) == (act.office, act.place)
        if same and _under_way(state, election, occasion.time):
            return Refusal(path, "This election is under way.", "Wait for its result.")
    refusal = _not_by(state, act, occasion, rules.chosen_by)
    refusal = refusal or _too_short(state, act, rules.chosen_by, occasion.time)
    refusal = refusal or _too_long(state, act, rules.chosen_by, occasion.time)
    refusal = refusal or _nobody_votes(state, act, rules.chosen_by, occasion.time)
    if refusal is not None:
        return refusal
    if act.paper and not state.rules.elections.on_paper:
        return Refusal("elections.on_paper", "No election is held on paper.", "Leave it out.")
    if not in_secret(state, rules, (act.office, act.place)):
        return None
    return _no_ballot(state, act, rules.chosen_by, occasion.time)


def _no_ballot(state: State, act: OpenPoll, chosen_by: str, time: int) -> Refusal | None:
    """Why an office that is elected by secret ballot cannot be elected so now, if so."""
    voters = None
    if chosen_by != "convention":
        voters = len(who_votes(state, act.place, came_by(state, time)))
    if act.paper:
        return not_on_paper(state, (act.office, act.place), voters)
    return not_in_secret(state, act.place, voters, time)


def _not_by(state: State, act: OpenPoll, occasion: Occasion, chosen_by: str) -> Refusal | None:
    """Why this person cannot open this poll now, if so."""
    if chosen_by == "convention":
        convention = current(state)
        if convention is None or convention.opened is None:
            return Refusal(
                "floor.called_by", "The convention elects, while it sits.", "Wait for it to open."
            )
        if refusal := no_quorum(state, convention):
            return refusal
        if declared(state, convention.number, act.office, act.place):
            return Refusal(
                "floor.close", "The convention has elected to it.", "Nobody elects twice."
            )
        chair = convention.rules.floor.chaired_by
        return needs_office(state, occasion.by, chair, "floor.chaired_by")
    member = state.membership.members.get(occasion.by)
    if (
        holding.to_be_filled(state, (act.office, act.place), occasion.time)
        and member is not None
        and member.standing == "good"
        and belongs(state, member.branch, act.place)
    ):
        return None
    if chosen_by == "branch":
        office = state.rules.membership.roll_attested_by
        place = holding.place_for(state, office, act.place)
        return needs_office(state, occasion.by, office, "membership.roll_attested_by", place)
    return needs_office(state, occasion.by, state.rules.floor.called_by, "floor.called_by")


def declared(state: State, convention: int, office: str, place: str) -> bool:
    """Whether the convention has filled the office; an election of nobody can be repeated."""
    return any(
        election.convention == convention and (election.office, election.place) == (office, place)
        for election in state.elections.elections.values()
        if election.result is not None and election.result.elected
    )


def _too_short(state: State, act: OpenPoll, chosen_by: str, time: int) -> Refusal | None:
    """Why the dates leave too little time to nominate or to vote, if so."""
    rules = state.rules.elections
    if chosen_by == "convention":
        nominations, poll, one, unit = (
            rules.nominations_minutes,
            rules.poll_minutes,
            "minute",
            MINUTE,
        )
    else:
        nominations, poll, one, unit = rules.nominations_days, rules.poll_days, "day", DAY
    if act.opens < time + nominations * unit:
        return Refusal(
            f"elections.nominations_{one}s",
            f"There must be {counted(nominations, one)} for nominations.",
            f"Open the poll on {on(time + nominations * unit)} or later.",
        )
    if act.closes < act.opens + poll * unit:
        return Refusal(
            f"elections.poll_{one}s",
            f"There must be {counted(poll, one)} to vote.",
            f"Close the poll on {on(act.opens + poll * unit)} or later.",
        )
    return None


def _too_long(state: State, act: OpenPoll, chosen_by: str, time: int) -> Refusal | None:
    """Why the poll would end too late, if so: an election that never ended would keep everybody
    from calling another."""
    convention = current(state)
    if chosen_by == "convention" and convention is not None:
        latest = convention.dates.opens + convention.rules.floor.lapses_after * DAY
        rule = "floor.lapses_after"
    else:
        latest = time + state.rules.elections.over_within * DAY
        rule = "elections.over_within"
    if act.closes <= latest:
        return None
    return Refusal(rule, f"The poll has to close by {on(latest)}.", "Choose an earlier date.")


def _nobody_votes(state: State, act: OpenPoll, chosen_by: str, time: int) -> Refusal | None:
    """Why an election of the place cannot be called while all of its members came lately, if so:
    it would elect nobody."""
    if chosen_by == "convention" or who_votes(state, act.place, came_by(state, time)):
        return None
    members = who_votes(state, act.place, time)
    if not members:
        return None
    first = min(state.membership.members[member].in_branch_since for member in members)
    since = first + state.rules.elections.voice_after * DAY
    return Refusal(
        "elections.voice_after",
        "Nobody has belonged to their branch for long enough to vote in it.",
        f"Call it on {on(since)} or later.",
    )


def _under_way(state: State, election: Election, time: int) -> bool:
    """Whether no other election to the office can be called while this one has no result.

    One whose convention is over holds nothing up, nor one whose papers nobody has entered in time,
    nor one that is void: it is held anew by itself.
    """
    if election.result is not None or election.void:
        return False
    if election.convention:
        return state.floor.conventions[election.convention].ended is None
    late = election.closes + state.rules.elections.over_within * DAY
    return not election.paper or time < late


def change(state: State, act: OpenPoll, occasion: Occasion) -> State:
    rules = holding.office_rules(state, act.office)
    if rules is None or rules.count is None:
        return state
    number = len(state.elections.elections) + 1
    by = None if rules.chosen_by == "convention" else came_by(state, occasion.time)
    election = Election(
        number=number,
        convention=(state.floor.current or 0) if rules.chosen_by == "convention" else 0,
        fills="body" if isinstance(rules, Body) else "post",
        office=act.office,
        place=act.place,
        seats=holding.seats_of(state, act.office),
        count=rules.count,
        electorate="seats" if rules.chosen_by == "convention" else "roll",
        opens=act.opens,
        closes=act.closes,
        voters=Map() if by is None else Map(dict.fromkeys(who_votes(state, act.place, by))),
        paper=act.paper,
        terms=_terms(rules),
        came_by=by,
    )
    if act.paper:
        return with_election(state, election)
    secret = in_secret(state, rules, (act.office, act.place))
    if secret and by is not None:
        return opened_for(state, election, occasion)
    if secret:
        found = roll_for(state)
        election = election._replace(register=0 if isinstance(found, Refusal) else found.number)
    state = with_election(state, election)
    return state._replace(calendar=state.calendar.add(next_of(election)))


def _terms(office: Body | Post) -> Terms:
    """What the rulebook states of the election besides its counting rule."""
    if isinstance(office, Post):
        return NO_TERMS
    if office.reserved is None:
        return Terms(office.marks, office.points)
    return Terms(office.marks, office.points, office.reserved.at_least, office.reserved.group)


CLAUSE = Clause(
    name="elections.open_poll",
    act=OpenPoll,
    who="The chair at the convention; for a branch or region whoever attests rolls or calls "
    "conventions, and any of its members once nobody holds the office within their term.",
    rules=(
        "bodies",
        "posts",
        "record.subject",
        "elections.nominations_minutes",
        "elections.poll_minutes",
        "elections.nominations_days",
        "elections.poll_days",
        "elections.on_paper",
        "elections.over_within",
        "elections.voice_after",
        "secret.without_trustees",
        "secret.on_demand",
        "secret.mix_minutes",
        "secret.keys_hours",
        "secret.fewest_voters",
        "floor.lapses_after",
        "floor.close",
        "floor.quorum",
        "floor.chaired_by",
        "floor.called_by",
        "membership.roll_attested_by",
    ),
    changes="The election takes nominations, then votes, until its dates. Where it is by secret "
    "ballot in a branch or region, its register of voting keys is opened.",
    allowed=allowed,
    change=change,
)
