"""Whom an entry asks to be written to, and whether it still concerns them when the letter goes.

A letter is owed to a member of whom something is asked within a time, or to whom something was
done that they can answer: nobody loses a right because they did not look at a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quorate.chapters.bulletin.appeal import AppealAct
from quorate.chapters.bulletin.judge_appeal import JudgeAppeal, judges_of
from quorate.chapters.bulletin.refuse import Refuse
from quorate.chapters.bulletin.remembers import Appeal, BulletinRefusal
from quorate.chapters.clause import Occasion, Refusal
from quorate.chapters.delegates.step_in import empty_seat_for
from quorate.chapters.devices.add import Add
from quorate.chapters.devices.end import End
from quorate.chapters.devices.forces import device_in, in_force_from
from quorate.chapters.devices.vouch import Vouch
from quorate.chapters.elections.nominate import Nominate
from quorate.chapters.erasing.ask import AskErasing
from quorate.chapters.erasing.judge import JudgeErasing, parties
from quorate.chapters.erasing.judge import judges_of as judges_of_erasing
from quorate.chapters.erasing.remembers import Request
from quorate.chapters.erasing.settle import SettleErasing
from quorate.chapters.membership import judge_challenge
from quorate.chapters.membership.challenge_roll import ChallengeRoll
from quorate.chapters.membership.remembers import Challenge
from quorate.chapters.membership.suspend import Suspend
from quorate.chapters.membership.suspensions import to_come
from quorate.chapters.offices.demand_recall import DemandRecall
from quorate.chapters.offices.recall import Recall
from quorate.chapters.proposals.ask import Ask
from quorate.chapters.proposals.second import seeking_seconders
from quorate.chapters.rights import holders
from quorate.chapters.state import State
from quorate.store import letters_owed_secret as secret


@dataclass(frozen=True, slots=True)
class Owed:
    """``to``: state, act, occasion → the members to write to. ``still``: state, act, a member and
    the time in ms → whether the letter still has something to tell them."""

    to: Callable[[State, Any, Occasion], Iterable[str]]
    still: Callable[[State, Any, str, int], bool]


# Asked to second


def _asked(state: State, act: Ask, occasion: Occasion) -> Iterable[str]:
    return state.membership.branches[act.branch].members


def _still_asked(state: State, act: Ask, member: str, now: int) -> bool:
    """Whoever chose to be reachable, while they could second it."""
    person = state.membership.members.get(member)
    if person is None or person.standing != "good" or not person.reachable:
        return False
    contribution = seeking_seconders(state, act.proposal, now)
    if isinstance(contribution, Refusal) or contribution.author == member:
        return False
    proposal = state.proposals.proposals[act.proposal]
    return proposal.admission is None and member not in proposal.seconders


# A refused text, and its appeal


def _author(state: State, act: Any, occasion: Occasion) -> Iterable[str]:
    return (state.bulletin.contributions[act.contribution].author,)


def _not_appealed(state: State, act: Refuse, member: str, now: int) -> bool:
    refusal = state.bulletin.contributions[act.contribution].refusal_of(act.version)
    return refusal is not None and refusal.appeal is None


def appealed(state: State, act: AppealAct) -> tuple[BulletinRefusal, Appeal] | None:
    """The refusal that this appeal is against, and the appeal as it stands."""
    for refusal in state.bulletin.contributions[act.contribution].refusals:
        if refusal.appeal is not None and refusal.appeal.grounds == act.grounds:
            return refusal, refusal.appeal
    return None


def judged(state: State, act: JudgeAppeal, by: str) -> Appeal | None:
    """The appeal that this judgement is about."""
    for refusal in state.bulletin.contributions[act.contribution].refusals:
        said = refusal.appeal.judgements.get(by) if refusal.appeal else None
        if said == (act.decision, act.reason):
            return refusal.appeal
    return None


def _judges_of_appeal(state: State, act: AppealAct, occasion: Occasion) -> Iterable[str]:
    found = appealed(state, act)
    if found is None:
        return ()
    contribution = state.bulletin.contributions[act.contribution]
    return judges_of(state, contribution, found[0], occasion.time)


def _appeal_waits(state: State, act: AppealAct, member: str, now: int) -> bool:
    found = appealed(state, act)
    return found is not None and found[0].contested and member not in found[1].judgements


def _author_once_decided(state: State, act: JudgeAppeal, occasion: Occasion) -> Iterable[str]:
    appeal = judged(state, act, occasion.by)
    decided = appeal is not None and appeal.decided == occasion.time
    return _author(state, act, occasion) if decided else ()


def _author_of_due(state: State, act: Any, occasion: Occasion) -> Iterable[str]:
    return (state.bulletin.contributions[act.of].author,)


# A challenge to a roll


def _challenge(state: State, act: ChallengeRoll) -> Challenge | None:
    """The challenge that the act made: the last of those about this."""
    meant = [
        one
        for one in state.membership.challenges.values()
        if (one.branch, one.member, one.about) == (act.branch, act.member, act.about)
    ]
    return max(meant, key=lambda one: one.number, default=None)


def _judges_and_challenged(state: State, act: ChallengeRoll, occasion: Occasion) -> Iterable[str]:
    challenge = _challenge(state, act)
    if challenge is None:
        return ()
    judges = judge_challenge.judges_of(state, challenge, occasion.time)
    return judges | ({act.member} - {occasion.by})


def _challenge_waits(state: State, act: ChallengeRoll, member: str, now: int) -> bool:
    challenge = _challenge(state, act)
    return (
        challenge is not None
        and challenge.decision is None
        and member not in challenge.judgements
        and member in state.membership.members
    )


# A text that is to be erased


def _judges_and_concerned(state: State, act: AskErasing, occasion: Occasion) -> Iterable[str]:
    request = request_of(state, act)
    concerned = parties(state, request) - {occasion.by}
    return judges_of_erasing(state, request, occasion.time) | concerned


def request_of(state: State, act: AskErasing) -> Request:
    """The request that the act made: the last in the same words."""
    every = state.erasing.requests.values()
    same = [one for one in every if (one.text, one.reason) == (act.text, act.reason)]
    return max(same, key=lambda one: one.number)


def _erasing_waits(state: State, act: AskErasing, member: str, now: int) -> bool:
    request = request_of(state, act)
    return request.decision is None and member not in request.judgements


def _parties_once_judged(state: State, act: JudgeErasing, occasion: Occasion) -> Iterable[str]:
    request = state.erasing.requests[act.request]
    return parties(state, request) if request.decided == occasion.time else ()


def _parties_once_settled(state: State, act: SettleErasing, occasion: Occasion) -> Iterable[str]:
    return parties(state, state.erasing.requests[act.of])


# Nominated


def _nominee(state: State, act: Nominate, occasion: Occasion) -> Iterable[str]:
    return {act.member} - {occasion.by}


def _not_answered(state: State, act: Nominate, member: str, now: int) -> bool:
    election = state.elections.elections[act.election]
    return now < election.opens and any(
        candidate.member == member and candidate.accepted is None
        for candidate in election.candidates
    )


# An empty seat


def _next_alternates(state: State, act: Any, occasion: Occasion) -> Iterable[str]:
    """Of the branch whose delegate gave way, who is next now."""
    person = state.membership.members.get(occasion.by)
    assembly = state.delegates.assemblies.get(state.floor.current or 0)
    if person is None or assembly is None or person.branch not in assembly.delegations:
        return ()
    alternates = assembly.delegations[person.branch].alternates
    return tuple(one for one in alternates if _seat_waits(state, act, one, occasion.time))


def _seat_waits(state: State, act: Any, member: str, now: int) -> bool:
    assembly = state.delegates.assemblies.get(state.floor.current or 0)
    return assembly is not None and empty_seat_for(state, assembly, member) is not None


# Suspension and recall


def _suspended(state: State, act: Suspend, occasion: Occasion) -> Iterable[str]:
    """Once it is decided, so that whoever it concerns can still answer before it takes effect."""
    return (act.member,) if _is_suspended(state, act, act.member, occasion.time) else ()


def _is_suspended(state: State, act: Suspend, member: str, now: int) -> bool:
    suspended = state.membership.members[member].standing == "suspended"
    return suspended or to_come(state, member) is not None


def _holder(state: State, act: Recall | DemandRecall, occasion: Occasion) -> Iterable[str]:
    return (act.member,)


def _recall_concerns(state: State, act: Recall | DemandRecall, member: str, now: int) -> bool:
    """While it is demanded or voted on; a recall by a body also once it is decided."""
    return isinstance(act, Recall) or member in holders(state, act.office, act.place)


# A device that shall sign for somebody, or no more


def _whose_device(state: State, act: Add, occasion: Occasion) -> Iterable[str]:
    """Always told: whoever runs the server could have added it in their name."""
    return (occasion.by,)


def _whose_device_and_voucher(state: State, act: Vouch, occasion: Occasion) -> Iterable[str]:
    """Whoever vouched too, if they did not sign: the server could have done it in their name."""
    return {act.member} | ({occasion.by} if occasion.signed is None else set())


def _whose_device_and_vouchers(state: State, act: End, occasion: Occasion) -> Iterable[str]:
    """Those who vouched for it too, if it was ended before it counted."""
    device = device_in(state, occasion.by, act.public)
    since = in_force_from(device)
    waited = since is None or since > occasion.time
    return {occasion.by} | ({one.by for one in device.vouched} if waited else set())


def _always(state: State, act: Any, member: str, now: int) -> bool:
    return True


OWED: Mapping[str, Owed] = {
    "proposals.ask": Owed(_asked, _still_asked),
    "bulletin.refuse": Owed(_author, _not_appealed),
    "bulletin.appeal": Owed(_judges_of_appeal, _appeal_waits),
    "bulletin.judge_appeal": Owed(_author_once_decided, _always),
    "bulletin.uphold_appeal": Owed(_author_of_due, _always),
    "membership.challenge_roll": Owed(_judges_and_challenged, _challenge_waits),
    "erasing.ask": Owed(_judges_and_concerned, _erasing_waits),
    "erasing.judge": Owed(_parties_once_judged, _always),
    "erasing.settle": Owed(_parties_once_settled, _always),
    "elections.nominate": Owed(_nominee, _not_answered),
    "delegates.give_way": Owed(_next_alternates, _seat_waits),
    "membership.suspend": Owed(_suspended, _is_suspended),
    "offices.recall": Owed(_holder, _recall_concerns),
    "offices.demand_recall": Owed(_holder, _recall_concerns),
    "devices.add": Owed(_whose_device, _always),
    "devices.vouch": Owed(_whose_device_and_voucher, _always),
    "devices.end": Owed(_whose_device_and_vouchers, _always),
    "secret.open": Owed(secret.naming, secret.not_named_yet),
    "elections.open_poll": Owed(secret.naming, secret.not_named_yet),
    "secret.name_trustee": Owed(secret.named, secret.no_key_yet),
    "secret.decline": Owed(secret.drawn, secret.no_key_yet),
    "secret.pass_over": Owed(secret.drawn, secret.no_key_yet),
    "lots.open_numbers": Owed(secret.drawn, secret.no_key_yet),
    "secret.confirm": Owed(secret.claiming, secret.no_claim_yet),
    "secret.close": Owed(secret.closing, secret.not_done_yet),
    "secret.void": Owed(secret.voided, secret.votes_otherwise),
    "secret.box_closed": Owed(secret.opening, secret.not_opened_yet),
}
"""Act → whom its entries owe a letter."""
