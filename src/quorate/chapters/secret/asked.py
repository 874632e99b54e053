"""What an election by secret ballot asks, in the form of its ballots. It follows from the state."""

from __future__ import annotations

from quorate.ballots import box, register
from quorate.ballots.elections import Election as Asked
from quorate.ballots.elections import write_election
from quorate.ballots.questions import Homomorphic, NonHomomorphic, Question
from quorate.ballots.register import GROUP
from quorate.chapters.elections.counting import on_the_paper
from quorate.chapters.elections.remembers import Election
from quorate.chapters.elections.slates import standing_slates
from quorate.chapters.offices.holding import office_rules
from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State
from quorate.count.rules import RULES


def asked(state: State, election: Election, found: Register) -> bytes:
    """The election's JSON, for the keys of this register. Names are those of the record: members'
    pseudonyms, slates by number."""
    origin = state.founding.origin
    rules = office_rules(state, election.office)
    title = rules.title if rules is not None else election.office
    made = Asked(
        description=f"Election {election.number} in the record {origin}",
        name=f"{title}, {election.place}" if election.place else title,
        group=GROUP,
        public_key=register.read_description(found.description.encode()).public_key,
        questions=(_question(election, title),),
        uuid=box.uuid_of(origin, election.number),
    )
    return write_election(made)


def nobody_stands(election: Election) -> bool:
    """Whether there is nothing to vote on."""
    return not election.standing and not standing_slates(election)


def is_ranked(count: str) -> bool:
    """Whether the rule needs each ballot's order; for the others the sums of crosses are enough."""
    return RULES[count].marks == "ranks"


def most_marks(election: Election) -> int:
    """How many crosses the rule allows on a ballot."""
    most = {
        "plurality-at-large/1": election.seats,
        "limited-vote/1": election.terms.marks or 1,
        "approval/1": len(on_the_paper(election)),
    }
    return most.get(election.count, 1)


def _question(election: Election, title: str) -> Question:
    names = on_the_paper(election)
    if is_ranked(election.count):
        return NonHomomorphic(names, title, None)
    return Homomorphic(names, True, 1, min(most_marks(election), len(names)), title)
