"""offices.demand_recall: those who elected somebody demand that their recall be put to the vote.

It is for the assembly that the rulebook names: the delegates while the convention sits, or the
members of the region or branch. When enough of them have demanded it the vote opens by itself; no
officer has to agree to it, and none can hold it up.
"""

from __future__ import annotations

from dataclasses import dataclass

from immutables import Map

from quorate.chapters.calendar import DAY, MINUTE, Deadline
from quorate.chapters.clause import Clause, Occasion, Refusal
from quorate.chapters.dates import current
from quorate.chapters.fields import Document, OfficeName, Place, Pseudonym
from quorate.chapters.floor.presence import no_quorum, seats_needed
from quorate.chapters.offices import holding
from quorate.chapters.offices.assemblies import ASSEMBLIES, voice_in, voices_in
from quorate.chapters.offices.remembers import RecallVote
from quorate.chapters.plain import on
from quorate.chapters.rights import holders
from quorate.chapters.state import State
from quorate.rulebook.fractions import needed


@dataclass(frozen=True, slots=True)
class DemandRecall:
    """``office``, ``place``: which. ``member``: its holder. ``reason``: why, in writing."""

    office: OfficeName
    member: Pseudonym
    reason: Document
    place: Place = ""


def allowed(state: State, act: DemandRecall, occasion: Occasion) -> Refusal | None:
    path = holding.path_of(state, act.office)
    rules = holding.office_rules(state, act.office)
    if rules is None or rules.recalled_by not in ASSEMBLIES:
        return Refusal(
            path,
            "No assembly may recall from this office.",
            "Look in the rulebook for who may: a body recalls with offices.recall.",
        )
    if act.member not in holders(state, act.office, act.place):
        return Refusal(path, "This member does not hold the office.", "Look who holds it now.")
    if occasion.by == act.member:
        return Refusal(path, "It is your own office.", "You can lay it down.")
    voice = voice_in(state, rules.recalled_by, act.place, occasion.by, path, occasion.time)
    if isinstance(voice, Refusal):
        return voice
    if rules.recalled_by == "convention" and (refusal := _too_few_present(state)):
        return refusal
    if voice in _demanded(state, act):
        return Refusal(path, "It is demanded in this name already.", "Wait for the others.")
    return _voted_on(state, act, occasion.time)


def _too_few_present(state: State) -> Refusal | None:
    """Why the convention cannot vote on a recall now, if the rulebook asks for a quorum.

    Otherwise those who do not want it voted on demand it when nobody is there to vote.
    """
    convention = current(state)
    if convention is None or state.rules.recall.quorum == "none":
        return None
    return no_quorum(state, convention, "recall.quorum")


def _voted_on(state: State, act: DemandRecall, time: int) -> Refusal | None:
    """Why it cannot be put to the vote again now, if so."""
    days = state.rules.recall.again_after
    for number, vote in sorted(state.offices.votes.items()):
        if (vote.office, vote.member) != ((act.office, act.place), act.member):
            continue
        if vote.tally is None:
            return Refusal(
                "recall.demanded_by", f"Recall vote {number} is open.", "Vote for it there."
            )
        if vote.tally.too_few and vote.convention == state.floor.current:
            return Refusal(
                "recall.quorum",
                f"{len(vote.sealed)} seats voted on their recall here; {vote.quorum} had to.",
                "It can be demanded again at the next convention.",
            )
        if not vote.tally.decides:
            continue  # it decided nothing, and was held again where that could be
        again = vote.closes + days * DAY
        if vote.since == _since(state, act) and time < again:
            return Refusal(
                "recall.again_after",
                "Their recall was voted on, and not carried.",
                f"It can be demanded again from {on(again)}.",
            )
    return None


def _since(state: State, act: DemandRecall) -> int:
    """The entry from which the member holds the office."""
    holdings = state.offices.now.get((act.office, act.place), ())
    return next((h.entry for h in holdings if h.member == act.member), 0)


def _demanded(state: State, act: DemandRecall) -> Map[str, str]:
    return state.offices.demands.get(((act.office, act.place), act.member), Map())


def change(state: State, act: DemandRecall, occasion: Occasion) -> State:
    office = (act.office, act.place)
    rules = holding.office_rules(state, act.office)
    assembly = "" if rules is None or rules.recalled_by is None else rules.recalled_by
    by, time = occasion.by, occasion.time
    voice = voice_in(state, assembly, act.place, by, "record.subject", time)
    if isinstance(voice, Refusal):
        return state
    demanded = _demanded(state, act).set(voice, act.reason)
    demands = state.offices.demands.set((office, act.member), demanded)
    state = state._replace(offices=state.offices._replace(demands=demands))
    voices = voices_in(state, assembly, act.place, time)
    if sum(voice in demanded for voice in voices) < enough(state, voices):
        return state
    return _opened(state, act, occasion, assembly, voices)


def enough(state: State, voices: tuple[str, ...]) -> int:
    """How many of these voices have to demand a vote."""
    return max(1, needed(state.rules.recall.demanded_by, len(voices), more_than=False))


def _opened(
    state: State, act: DemandRecall, occasion: Occasion, assembly: str, voices: tuple[str, ...]
) -> State:
    """The state in which the vote is open."""
    rules = state.rules
    of_seats = assembly == "convention"
    convention = current(state) if of_seats and rules.recall.quorum == "floor" else None
    lasts = rules.elections.poll_minutes * MINUTE if of_seats else rules.elections.poll_days * DAY
    number = len(state.offices.votes) + 1
    vote = RecallVote(
        number=number,
        office=(act.office, act.place),
        member=act.member,
        since=_since(state, act),
        assembly=assembly,
        convention=(state.floor.current or 0) if of_seats else 0,
        opened=occasion.time,
        closes=occasion.time + lasts,
        majority=rules.recall.majority,
        voters=Map(dict.fromkeys(voices)),
        reasons=_demanded(state, act),
        quorum=0 if convention is None else seats_needed(state, convention),
    )
    offices = state.offices._replace(
        votes=state.offices.votes.set(number, vote),
        demands=state.offices.demands.delete((vote.office, act.member)),
    )
    calendar = state.calendar.add(Deadline(vote.closes, "offices.count_recall", number))
    return state._replace(offices=offices, calendar=calendar)


CLAUSE = Clause(
    name="offices.demand_recall",
    act=DemandRecall,
    who="A delegate who is present, or a member of the region or branch who has belonged to their "
    "branch for long enough, each for themselves.",
    rules=(
        "bodies",
        "posts",
        "recall.demanded_by",
        "recall.again_after",
        "recall.voice_after",
        "recall.quorum",
        "record.subject",
        "membership.admission",
    ),
    changes="Adds a voice; when enough demand it, the vote on the recall opens by itself.",
    allowed=allowed,
    change=change,
)
