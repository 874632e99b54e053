"""Who does not judge a challenge to a roll: whoever made the roll what it is, besides parties."""

from __future__ import annotations

import pytest

from quorate.chapters.membership.judge_challenge import involved, judges_of
from support.pure import document, person, pseudonym
from support.small import Small, founded_with, rules_text
from support.year import called, convention

RULE = "membership.challenge_parties"
NEW = pseudonym(900)


def appointing(parties: str) -> Small:
    """An organisation whose steering committee appoints branch secretaries."""
    text = rules_text("open-convention", challenge_parties=f'"{parties}"')
    head, post = text.split("[posts.branch-secretary]")
    post = post.replace('chosen_by = "branch"', 'chosen_by = "appointment"', 1)
    post = 'appointed_by = "steering-committee"\n' + post.lstrip("\n")
    return founded_with(f"{head}[posts.branch-secretary]\n{post}")


def secretary_and_judge(small: Small) -> tuple[str, str]:
    """A member of the credentials committee, now secretary of their branch too; the branch."""
    judge = small.holder("credentials-committee")
    branch = small.state.membership.members[judge].branch
    post = {"office": "branch-secretary", "place": branch}
    small.pure.do(small.holder("branch-secretary", branch), "offices.lay_down", **post)
    small.pure.do(small.holder("steering-committee"), "offices.appoint", member=judge, **post)
    return judge, branch


def admitted(small: Small, by: str, branch: str) -> None:
    fields = {"member": NEW, "branch": branch, "person": person(900)}
    small.pure.do(by, "membership.admit", **fields)


def challenged(small: Small, branch: str, member: str = NEW) -> int:
    by = next(
        m
        for code, members in small.members.items()
        for m in members
        if code != branch and m not in small.holders("credentials-committee")
    )
    fields = {"branch": branch, "member": member, "about": "not-a-member"}
    small.pure.do(by, "membership.challenge_roll", reason=document("a ghost"), **fields)
    return len(small.state.membership.challenges)


def judging(number: int, decision: str = "dismissed") -> dict[str, object]:
    return {"challenge": number, "decision": decision, "reason": document("because")}


def frozen(small: Small) -> None:
    small.pure.go_to(convention(small).dates.roll_cut_off)


@pytest.mark.parametrize("parties", ["involved", "named"])
def test_a_secretary_does_not_judge_the_roll_of_their_own_branch(parties: str) -> None:
    small = called(appointing(parties))
    judge, branch = secretary_and_judge(small)
    frozen(small)
    victim = small.members[branch][-1]
    number = challenged(small, branch, victim)
    if parties == "named":
        small.pure.do(judge, "membership.judge_challenge", **judging(number))
        return
    small.refused(judge, "membership.judge_challenge", RULE, **judging(number))
    others = [m for m in small.holders("credentials-committee") if m != judge]
    for other in others[:3]:
        small.pure.do(other, "membership.judge_challenge", **judging(number, "upheld"))
    assert small.state.membership.challenges[number].decision == "upheld"  # 3 of the 4 who judge


def test_nor_does_whoever_entered_the_member_though_they_are_secretary_no_more() -> None:
    small = called(appointing("involved"))
    judge, branch = secretary_and_judge(small)
    admitted(small, judge, branch)
    post = {"office": "branch-secretary", "place": branch}
    small.pure.do(judge, "offices.lay_down", **post)
    successor = next(m for m in small.members[branch] if m != judge)
    small.pure.do(small.holder("steering-committee"), "offices.appoint", member=successor, **post)
    frozen(small)
    theirs, other = challenged(small, branch), challenged(small, branch, small.members[branch][-1])
    small.refused(judge, "membership.judge_challenge", RULE, **judging(theirs))
    small.pure.do(judge, "membership.judge_challenge", **judging(other))


def test_nor_does_whoever_attested_the_roll_in_a_secretary_s_place() -> None:
    small = called(appointing("involved"))
    post = {"office": "branch-secretary", "place": "A1"}
    small.pure.do(small.holder("branch-secretary", "A1"), "offices.lay_down", **post)
    frozen(small)
    judge, *others = small.holders("credentials-committee")  # they stand in
    digest = small.state.membership.rolls[1].branches["A1"].digest
    number = challenged(small, "A1", small.members["A1"][-1])
    small.pure.do(judge, "membership.attest_roll", branch="A1", digest=digest)
    small.refused(judge, "membership.judge_challenge", RULE, **judging(number))
    challenge = small.state.membership.challenges[number]
    assert judges_of(small.state, challenge, small.pure.time) == set(others)


def test_where_a_body_of_the_whole_attests_only_who_did_is_involved() -> None:
    text = rules_text("open-convention", challenge_parties='"involved"')
    text = text.replace('by = "branch-secretary"', 'by = "credentials-committee"')
    small = called(founded_with(text))
    frozen(small)
    number = challenged(small, "A1", small.members["A1"][-1])
    challenge = small.state.membership.challenges[number]
    assert not involved(small.state, challenge)
    judge = small.holder("credentials-committee")
    digest = small.state.membership.rolls[1].branches["A1"].digest
    small.pure.do(judge, "membership.attest_roll", branch="A1", digest=digest)
    assert involved(small.state, challenge) == {judge}


def test_where_no_judge_is_left_it_counts_as_the_rulebook_says() -> None:
    small = called(appointing("involved"))
    judge, branch = secretary_and_judge(small)
    admitted(small, judge, branch)
    for other in small.holders("credentials-committee"):
        if other != judge:
            small.pure.do(other, "offices.lay_down", office="credentials-committee")
    frozen(small)
    number = challenged(small, branch)
    small.refused(judge, "membership.judge_challenge", RULE, **judging(number))
    small.pure.go_to(convention(small).dates.roll_final)
    decided = small.state.membership.challenges[number]
    assert (decided.decision, decided.by_default) == ("dismissed", True)


def test_what_is_not_asked_for_is_not_remembered() -> None:
    for parties, entered_by in (("named", ""), ("involved", "a secretary")):
        small = appointing(parties)
        secretary = small.holder("branch-secretary", "A1")
        admitted(small, secretary, "A1")
        known = small.state.membership.members[NEW].entered_by
        assert known == (secretary if entered_by else "")
        assert small.state.membership.members[small.members["A1"][0]].entered_by == ""
