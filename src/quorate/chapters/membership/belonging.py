"""Belonging: a member is put into a branch's list or taken out of it."""

from __future__ import annotations

from dataclasses import replace

from quorate.chapters.membership.remembers import Member, Membership


def entered(membership: Membership, member: Member) -> Membership:
    """The membership with this member, in their branch's list."""
    branch = membership.branches[member.branch]
    branch = replace(branch, members=branch.members.set(member.id, None))
    return replace(
        changed(membership, member), branches=membership.branches.set(branch.code, branch)
    )


def taken_out(membership: Membership, member: Member) -> Membership:
    """The membership without this member in their branch's list; the member stays known."""
    branch = membership.branches[member.branch]
    if member.id not in branch.members:
        return membership
    branch = replace(branch, members=branch.members.delete(member.id))
    return replace(membership, branches=membership.branches.set(branch.code, branch))


def changed(membership: Membership, member: Member) -> Membership:
    """The membership with what is new about this member."""
    before = membership.members.get(member.id)
    was = before is not None and before.standing == "good"
    return replace(
        membership,
        members=membership.members.set(member.id, member),
        in_good_standing=membership.in_good_standing + (member.standing == "good") - was,
    )


def members_in_good_standing(membership: Membership, branch: str) -> tuple[str, ...]:
    """The branch's members in good standing now, sorted by pseudonym."""
    return tuple(
        sorted(
            member
            for member in membership.branches[branch].members
            if membership.members[member].standing == "good"
        )
    )
