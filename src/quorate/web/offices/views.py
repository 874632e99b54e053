"""Who answers to whom: each post, who fills it, who chose them, who can remove them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.clause import Refusal
from quorate.chapters.offices.holding import more_than_seats, places
from quorate.chapters.offices.vote_recall import voice_of
from quorate.chapters.state import State
from quorate.rulebook.explain import sentence
from quorate.rulebook.words import asked_in_words, majority_in_words
from quorate.web import names
from quorate.web.offices import recalls


def overview(request: HttpRequest) -> HttpResponse:
    """Every body and post, at each of its places; the votes on recalls."""
    state: State = request.state
    names.remember(state, [h.member for held in state.offices.now.values() for h in held])
    offices = []
    for kind, every in (("bodies", state.rules.bodies), ("posts", state.rules.posts)):
        for name, office in every.items():
            held = [
                (place, recalls.held(state, name, place, request.member, request.time))
                for place in places(state, name)
            ]
            offices.append(
                {
                    "name": name,
                    "office": office,
                    "paid": getattr(office, "paid", False),
                    "sentence": sentence(state.rules, f"{kind}.{name}"),
                    "held": held,
                    "surplus_until": more_than_seats(state, (name, "")),
                    "many": len(held) > 6,
                    # where a branch's own is: nobody looks through forty for the one they chose
                    "mine": [
                        (place, lines)
                        for place, lines in held
                        if any(line.can_demand or line.demanded for line in lines)
                    ]
                    if len(held) > 6
                    else [],
                }
            )
    votes = [vote for _, vote in sorted(state.offices.votes.items(), reverse=True)]
    context = {
        "section": "offices",
        "offices": offices,
        "past": state.offices.past[::-1][:50],
        "open_recalls": [vote for vote in votes if vote.tally is None],
        "past_recalls": [vote for vote in votes if vote.tally is not None],
    }
    return render(request, "offices/overview.html", context)


def recall(request: HttpRequest, number: int) -> HttpResponse:
    """A vote on a recall: the reasons and the choice while it is open, then its arithmetic.

    Until it is over the page says how many have voted, and nothing of how.
    """
    state: State = request.state
    vote = state.offices.votes.get(number)
    if vote is None:
        raise Http404(f"There is no recall vote {number}.")
    voice = voice_of(state, vote, request.member) if request.member else None
    voting = vote.tally is None and request.time < vote.closes
    reasons = recalls.reasons(vote)
    roll = recalls.roll(vote)
    names.remember(state, [vote.member, *(r.member for r in reasons), *(line.by for line in roll)])
    context = {
        "section": "offices",
        "vote": vote,
        "office": vote.office[0],
        "place": vote.office[1],
        "needs": majority_in_words(vote.majority),
        "asked": asked_in_words(vote.majority),
        "base": recalls.BASES[vote.majority.of],
        "reasons": reasons,
        "voting": voting,
        "can_vote": voting and isinstance(voice, str),
        "why_not_vote": voice.because if voting and isinstance(voice, Refusal) else "",
        "voted": isinstance(voice, str) and voice in vote.sealed,
        "choices": recalls.CHOICES,
        "fields": {"recall": number},
        "roll": roll,
    }
    return render(request, "offices/recall.html", context)
