"""The ways to be admitted: so many delegates, or so many branches, or a share of the members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from quorate.chapters.bulletin.printing import printed_at_once
from quorate.chapters.clause import Occasion
from quorate.chapters.floor.remembers import Convention
from quorate.chapters.membership.remembers import Member
from quorate.chapters.proposals.remembers import Admission, Proposal, Way
from quorate.chapters.state import State
from quorate.rulebook.fractions import needed
from quorate.rulebook.schema import Seconds


class Progress(NamedTuple):
    """How far one version of a proposal has come on one way."""

    way: Way
    reached: int
    needed: int


def seconders_of(state: State, proposal: Proposal, version: str) -> list[Member]:
    """Who counts for this version, in no order: its seconders who are in good standing."""
    members, seconders = state.membership.members, proposal.seconders.values()
    found = [members[seconder.member] for seconder in seconders if seconder.version == version]
    return [member for member in found if member.standing == "good"]


def progress(state: State, proposal: Proposal, version: str) -> Iterator[Progress]:
    """How far this version has come, on each way that the rulebook gives."""
    convention = state.floor.conventions[state.bulletin.contributions[proposal.number].convention]
    ways = convention.rules.proposals.seconds
    seconders = seconders_of(state, proposal, version)
    if ways.delegates is not None:
        assembly = state.delegates.assemblies.get(convention.number)
        seated = () if assembly is None else assembly.seated
        reached = sum([member.id in seated for member in seconders]) if seated else 0
        yield Progress("delegates", reached, ways.delegates)
    if ways.branches is not None:
        reached = _branches(state, seconders, convention)
        yield Progress("branches", reached, ways.branches)
    if ways.members is not None:
        whole = state.membership.in_good_standing
        reached = sum([counts_for_the_share(convention, member) for member in seconders])
        yield Progress("members", reached, max(1, needed(ways.members, whole, more_than=False)))


def _fewest_names(state: State, proposal: Proposal) -> int:
    """How many names the shortest way needs at least: with fewer, it has reached none of them."""
    convention = state.floor.conventions[state.bulletin.contributions[proposal.number].convention]
    ways, names = convention.rules.proposals.seconds, []
    if ways.delegates is not None:
        names.append(ways.delegates)
    if ways.branches is not None:
        names.append(ways.branches * ways.branch_members)
    if ways.members is not None:
        whole = state.membership.in_good_standing
        names.append(max(1, needed(ways.members, whole, more_than=False)))
    return min(names, default=0)


def counts_for_the_share(convention: Convention, member: Member) -> bool:
    """Whether the member's name counts for the share of the members: where the rulebook says so,
    only if they were one when the bulletin opened, so that nobody has a proposal admitted by
    having members admitted. It may still count for the delegates."""
    if convention.rules.proposals.seconds.new_members:
        return True
    return member.admitted <= convention.dates.bulletin_opens


def _branches(state: State, seconders: list[Member], convention: Convention) -> int:
    """How many branches have decided to second it: enough of their own members did.

    Whoever has left a branch does not count for it any more; whoever came to one after the bulletin
    opened does not count for it yet, so that nobody makes a branch second by moving there.
    """
    opened = convention.dates.bulletin_opens
    named = Counter([member.branch for member in seconders if member.in_branch_since <= opened])
    ways, branches = convention.rules.proposals.seconds, state.membership.branches
    return sum(
        count >= ways.branch_members
        and count >= needed_of_branch(len(branches[code].members), ways)
        for code, count in named.items()
    )


def needed_of_branch(members: int, ways: Seconds) -> int:
    """How many of a branch's ``members`` must second a version for the branch to second it; more
    than there are in a branch that is too small to second by itself."""
    return max(needed(ways.branch_share, members, more_than=False), ways.branch_members)


def admit_if_reached(state: State, number: int, version: str, on: Occasion) -> State:
    """The state in which the proposal is admitted, if this version has reached one of the ways
    before seconding closed."""
    proposal = state.proposals.proposals[number]
    ended = proposal.lapsed is not None or proposal.waits is not None
    if ended or proposal.admission is not None:
        return state
    contribution = state.bulletin.contributions[number]
    if contribution.refuses(version) or contribution.withdrawn is not None:
        return state
    if len(proposal.seconders) < _fewest_names(state, proposal):
        return state
    for step in progress(state, proposal, version):
        if step.reached >= step.needed:
            admission = Admission(version, step.way, on.time, on.sequence)
            state = with_proposal(state, proposal._replace(admission=admission))
            return printed_at_once(state, number, on)
    return state


def admit_as_things_stand(state: State, on: Occasion) -> State:
    """The same for every proposal before the called convention, after members have come, gone or
    moved: a proposal is admitted as soon as a way is reached, whatever act it is that does it."""
    if state.floor.current is None:
        return state
    return admit_all_reached(state, state.floor.current, on)


def admit_all_reached(state: State, convention: int, on: Occasion) -> State:
    """The same for every proposal, after the delegates have changed."""
    for number, proposal in sorted(state.proposals.proposals.items()):
        if proposal.admission is not None:
            continue
        if state.bulletin.contributions[number].convention == convention:
            for version in sorted({s.version for s in proposal.seconders.values()}):
                state = admit_if_reached(state, number, version, on)
    return state


def with_proposal(state: State, proposal: Proposal) -> State:
    """The state with what is new about this proposal."""
    proposals = state.proposals.proposals.set(proposal.number, proposal)
    return state._replace(proposals=state.proposals._replace(proposals=proposals))
