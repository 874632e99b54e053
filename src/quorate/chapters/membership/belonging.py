"""Belonging: a member is put into a branch's list or taken out of it."""

from __future__ import annotations

from quorate.chapters.membership.remembers import Branch, Member, Membership


def entered(membership: Membership, member: Member) -> Membership:
    """The membership with this member, in their branch's list."""
    branch = membership.branches[member.branch]
    members = branch.members.set(member.id, None)
    branch = Branch(branch.code, branch.name, branch.region, members, branch.opened_during)
    # In one step, for a large import does it a million times.
    return membership._replace(
        members=membership.members.set(member.id, member),
        branches=membership.branches.set(branch.code, branch),
        in_good_standing=_standing_after(membership, member),
        persons=membership.persons.set(member.person, None),
    )


def taken_out(membership: Membership, member: Member) -> Membership:
    """The membership without this member in their branch's list; the member stays known."""
    branch = membership.branches[member.branch]
    if member.id not in branch.members:
        return membership
    branch = branch._replace(members=branch.members.delete(member.id))
    return membership._replace(branches=membership.branches.set(branch.code, branch))


def changed(membership: Membership, member: Member) -> Membership:
    """The membership with what is new about this member."""
    before = membership.members.get(member.id)
    voices = membership.voices
    if before is not None and before.standing != member.standing and member.id in voices:
        voices = voices.delete(member.id)
    return membership._replace(
        members=membership.members.set(member.id, member),
        voices=voices,
        in_good_standing=_standing_after(membership, member),
    )


def _standing_after(membership: Membership, member: Member) -> int:
    """How many are in good standing once what is new about this member is entered."""
    before = membership.members.get(member.id)
    was = before is not None and before.standing == "good"
    return membership.in_good_standing + (member.standing == "good") - was


def members_in_good_standing(membership: Membership, branch: str) -> tuple[str, ...]:
    """The branch's members in good standing now, sorted by pseudonym."""
    return tuple(
        sorted(
            member
            for member in membership.branches[branch].members
            if membership.members[member].standing == "good"
        )
    )
