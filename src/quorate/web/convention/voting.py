"""The page of a vote of the floor: big buttons while it is open, then its arithmetic."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.floor.amendments import every_adopted_to, undecided_amendments
from quorate.chapters.floor.open_votes import majority_for
from quorate.chapters.floor.remembers import SealedVote, Vote
from quorate.chapters.rights import holds, seat_of
from quorate.chapters.state import State
from quorate.rulebook.words import majority_in_words
from quorate.web import names
from quorate.web.convention.own_choice import for_one, own_vote
from quorate.web.convention.roll import roll_call
from quorate.web.record import witnesses


def vote(request: HttpRequest, number: int) -> HttpResponse:
    """A vote: big buttons while it is open; the arithmetic and the roll call once it is closed."""
    state: State = request.state
    found = state.floor.votes.get(number)
    if found is None:
        raise Http404(f"There is no vote {number}.")
    convention = state.floor.conventions[found.convention]
    assembly = state.delegates.assemblies[found.convention]
    me = request.member or ""
    seat = seat_of(state, found.convention, me)
    sealed = found.sealed.get(seat or "")
    own_choice = own_vote(sealed, me) if found.tally is None else ""
    roll = roll_call(found, assembly)
    names.remember(state, [line.by for line in roll if line.by])
    mine = state.membership.members[me].branch if me in state.membership.members else ""
    context = {
        "section": "convention",
        "vote": found,
        "c": state.bulletin.contributions[found.proposal],
        "amended": every_adopted_to(state, found.proposal, found.opened),
        "going_with_it": _going_with_it(state, found),
        "majority": majority_in_words(majority_for(state, found)),
        "place": (convention.agenda or ()).index(found.proposal) + 1,
        "items": len(convention.agenda or ()),
        "seat": seat,
        "can_vote": seat is not None and convention.presence.get(seat) == me,
        "sealed": sealed,
        "own_choice": own_choice,
        "itself": {"vote": number},
        "choices": (("for", "For"), ("against", "Against"), ("abstain", "Abstain")),
        "casting": "Replace the vote" if sealed else "Cast my vote",
        "reasons": _reasons(sealed, me),
        "decided": _decided(found),
        "declared": witnesses.declared(request, found.counted, found.closed or 0),
        "voted": len(found.sealed),
        "present": len(convention.presence),
        "roll": roll,
        "silent": sum(not line.voted for line in roll),
        "my_branch": [line for line in roll if assembly.seats[line.seat].branch == mine],
        "item": convention.items.get(found.proposal),
        "chairing": holds(state, me, convention.rules.floor.chaired_by),
    }
    return for_one(render(request, "convention/vote.html", context), own_choice)


def _reasons(sealed: SealedVote | None, me: str) -> tuple[tuple[str, str], ...]:
    """Why a seat's vote can be replaced; nothing where it has none yet."""
    if sealed is None:
        return ()
    own = (("changed-my-mind", "I changed my mind"), ("mistake", "It was a mistake"))
    stepped_in = ("stepped-in", "I stepped in for whoever voted")
    return own if sealed.by == me else (*own, stepped_in)


def _going_with_it(state: State, vote: Vote) -> tuple[int, ...]:
    """The amendments that are referred with the proposal, if this open vote refers it."""
    convention = state.floor.conventions[vote.convention]
    if vote.question != "referral" or vote.tally is not None:
        return ()
    return undecided_amendments(state, convention, vote.proposal)


def _decided(vote: Vote) -> str:
    """What a counted vote came to, as a heading."""
    if vote.tally is None:
        return ""
    if not vote.tally.decides:
        return "Not decided: to be put to the vote again"
    if vote.question == "referral":
        return "Referred" if vote.tally.carried else "Not referred"
    return "Adopted" if vote.tally.carried else "Rejected"
