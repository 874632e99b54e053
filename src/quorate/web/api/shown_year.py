"""What the API shows of the year beside texts and votes: seats, lots, tasks, refusals, rolls."""

from __future__ import annotations

from typing import Any

from quorate.chapters.bulletin.remembers import BulletinRefusal, Contribution
from quorate.chapters.delegates.remembers import Assembly, Seat
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.state import State


def seats(state: State, convention: int) -> dict[str, Any] | None:
    """Who sits in each seat of a convention, who comes next, and who its guests are."""
    found = state.floor.conventions.get(convention)
    assembly = state.delegates.assemblies.get(convention)
    if found is None or assembly is None:
        return None
    return {
        "convention": convention,
        "seats": [_seat(found, assembly, seat) for _, seat in sorted(assembly.seats.items())],
        "alternates": {
            code: list(delegation.alternates)
            for code, delegation in sorted(assembly.delegations.items())
        },
        "guests": [
            {
                "id": guest.id,
                "invited_by": guest.invited_by,
                "time": guest.time,
                "ended": guest.ended,
                "erased": guest.erased,
            }
            for _, guest in sorted(assembly.guests.items())
        ],
    }


def _seat(convention: Convention, assembly: Assembly, seat: Seat) -> dict[str, Any]:
    return {
        "seat": seat.id,
        "branch": seat.branch,
        "member": seat.holder,
        "checked": seat.holder is not None and assembly.credentialed.get(seat.id) == seat.holder,
        "present": seat.holder is not None and convention.presence.get(seat.id) == seat.holder,
        "sittings": [
            {"member": one.member, "since": one.since, "how": one.how, "entry": one.entry}
            for one in seat.sittings
        ],
    }


def tasks(state: State) -> list[dict[str, Any]]:
    """What was adopted or referred, who owes it until when, and what was reported."""
    return [
        {
            "proposal": number,
            "owner": task.owner,
            "due": task.due,
            "returns": task.returns,
            "rejected": task.rejected,
            "reports": [{"by": one.by, "time": one.time, "done": one.done} for one in task.reports],
        }
        for number, task in sorted(state.followup.tasks.items())
    ]


def draws(state: State) -> list[dict[str, Any]]:
    """Every lot, cancelled ones too; the numbers once they are opened, from which anyone can make
    the seed again."""
    return [
        {
            "number": number,
            "purpose": draw.purpose,
            "of": draw.of,
            "called_by": draw.called_by,
            "commit_until": draw.commit_until,
            "reveal_until": draw.reveal_until,
            "public": draw.public,
            "commitments": dict(sorted(draw.commitments.items())),
            "numbers": dict(sorted(draw.numbers.items())),
            "withheld": list(draw.withheld),
            "seed": draw.seed,
            "cancelled": draw.cancelled,
        }
        for number, draw in sorted(state.lots.draws.items())
    ]


def refusals(contribution: Contribution) -> list[dict[str, Any]]:
    """The refusals of a contribution's versions, with appeals and judgements."""
    return [_refusal(one) for one in contribution.refusals]


def _refusal(refusal: BulletinRefusal) -> dict[str, Any]:
    appeal = refusal.appeal
    return {
        "version": refusal.version,
        "by": refusal.by,
        "reason": refusal.reason,
        "entry": refusal.entry,
        "stands": refusal.stands,
        "appeal": None
        if appeal is None
        else {
            "made": appeal.made,
            "due": appeal.due,
            "decision": appeal.decision,
            "by_default": appeal.by_default,
            "judgements": {who: said for who, (said, _) in sorted(appeal.judgements.items())},
        },
    }


def branch(state: State, code: str) -> dict[str, Any] | None:
    """A branch, its latest frozen roll, and the challenges to it."""
    found = state.membership.branches.get(code)
    if found is None:
        return None
    convention = max(state.membership.rolls, default=0)
    return {
        "code": code,
        "name": found.name,
        "region": found.region,
        "members": len(found.members),
        "roll": _roll(state, convention, code),
        "challenges": [
            {
                "number": number,
                "member": one.member,
                "about": one.about,
                "by": one.by,
                "made": one.made,
                "decision": one.decision,
                "by_default": one.by_default,
                "judgements": {who: said for who, (said, _) in sorted(one.judgements.items())},
            }
            for number, one in sorted(state.membership.challenges.items())
            if (one.convention, one.branch) == (convention, code)
        ],
    }


def _roll(state: State, convention: int, code: str) -> dict[str, Any] | None:
    rolls = state.membership.rolls.get(convention)
    mine = rolls.branches.get(code) if rolls else None
    if rolls is None or mine is None:
        return None
    burst = next((one.admitted for one in rolls.bursts if one.branch == code), 0)
    return {
        "convention": convention,
        "cut_off": rolls.cut_off,
        "final": rolls.final,
        "members": len(mine.members),
        "digest": mine.digest,
        "attested": mine.attested_digest == mine.digest,
        "attested_by": mine.attested_by,
        "joined_shortly_before": burst,
    }
