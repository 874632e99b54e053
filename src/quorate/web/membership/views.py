"""Branches and their rolls."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.floor.remembers import Vote
from quorate.chapters.membership.belonging import members_in_good_standing
from quorate.chapters.membership.judge_challenge import JudgeChallenge
from quorate.chapters.membership.remembers import Challenge
from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.may import ANY_TEXT, may


def branches(request: HttpRequest) -> HttpResponse:
    """Every branch, by region."""
    state: State = request.state
    regions = []
    for code, region in sorted(state.membership.regions.items(), key=lambda r: r[1].name):
        inside = [b for _, b in sorted(state.membership.branches.items()) if b.region == code]
        regions.append((region, sorted(inside, key=lambda b: b.name)))
    return render(request, "membership/branches.html", {"section": "more", "regions": regions})


def branch(request: HttpRequest, code: str) -> HttpResponse:
    """A branch: its secretary, its frozen roll, its delegates and how they voted."""
    state: State = request.state
    found = state.membership.branches.get(code)
    if found is None:
        raise Http404(f"There is no branch {code}.")
    number = state.floor.current or max(state.floor.conventions, default=0)
    rolls = state.membership.rolls.get(number)
    roll = rolls.branches.get(code) if rolls else None
    assembly = state.delegates.assemblies.get(number)
    delegation = assembly.delegations.get(code) if assembly else None
    seats = [assembly.seats[seat] for seat in delegation.seats] if assembly and delegation else []
    me, now = state.membership.members.get(request.member or ""), request.time
    until = state.floor.conventions[number].dates.challenges_until if number else 0
    own = me is not None and me.branch == code
    office = state.rules.membership.roll_attested_by
    # Whoever decides about challenges has to see whom they are about.
    judging = holds(state, request.member or "", state.rules.membership.challenges_decided_by)
    sees_names = own or judging
    if sees_names and roll:
        names.remember(state, roll.members)
    context = {
        "section": "more",
        "branch": found,
        "size": len(members_in_good_standing(state.membership, code)),
        "roll": roll,
        "rolls": rolls,
        "final": rolls.final if rolls else None,
        "burst": next((b for b in rolls.bursts if b.branch == code), None) if rolls else None,
        "challenges": _challenges(state, number, code, request.member or "", now),
        "can_challenge": me is not None and roll is not None and now < until,
        "sees_names": sees_names,
        "delegation": delegation,
        "alternates": [m for m in delegation.alternates if m not in assembly.seated]
        if assembly and delegation
        else [],
        "seats": seats,
        "secretaries": state.offices.now.get((office, code), ()),
        "can_attest": roll is not None
        and roll.attested_digest != roll.digest
        and holds(state, request.member or "", office, code),
        "attesting": {"branch": code, "digest": roll.digest} if roll else {},
        "votes": _votes(state, number, seats),
    }
    return render(request, "membership/branch.html", context)


@dataclass(frozen=True, slots=True)
class ChallengeShown:
    """A challenge with its reason and what each judge has said. ``reason``: commitments."""

    challenge: Challenge
    judged: tuple[tuple[str, str, str], ...]
    may_judge: bool


def _challenges(
    state: State, convention: int, code: str, me: str, now: int
) -> list[ChallengeShown]:
    """The challenges to this branch's roll."""
    return [
        ChallengeShown(
            one,
            tuple((who, said, why) for who, (said, why) in sorted(one.judgements.items())),
            may(state, me, now, JudgeChallenge(number, "upheld", ANY_TEXT)),
        )
        for number, one in sorted(state.membership.challenges.items())
        if (one.convention, one.branch) == (convention, code)
    ]


def _votes(state: State, convention: int, seats: list) -> list:
    """How each of the branch's seats voted, on every closed vote of the convention."""
    votes = []
    for _, vote in sorted(state.floor.votes.items()):
        if vote.convention == convention and vote.tally is not None:
            votes.append((vote, [(s.id, _said(vote, s.id)) for s in seats]))
    return votes


def _said(vote: Vote, seat: str) -> str:
    """How the seat voted, in a word."""
    if seat in vote.lost:
        return "lost"
    return vote.opened_choices.get(seat, "spoilt" if seat in vote.spoilt else "—")
