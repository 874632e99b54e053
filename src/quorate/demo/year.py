"""The demo's year up to the convention: bulletin, rolls, delegates, seconders, answers."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.chapters.calendar import DAY, HOUR
from quorate.demo.lives import FORGOTTEN
from quorate.demo.lots import drawn
from quorate.demo.material import material
from quorate.demo.material_parts import Contribution
from quorate.demo.people import number_from
from quorate.demo.telling import Telling
from quorate.store.handing_in import HandedIn, hand_in

FEW_SECONDERS = ("pensioners-section", "tenants-federation", "night-buses")
"""Proposals that do not find enough."""


def call(telling: Telling, opens: int) -> None:
    """The steering committee calls the convention, in time."""
    telling.go_to(opens - 150 * DAY)
    telling.do(
        telling.holder("steering-committee"), "floor.call", opens=opens, place="Seamen's Hall"
    )


def write(telling: Telling) -> None:
    """Members write in the bulletin, over weeks: first the proposals."""
    dates = telling.state.floor.conventions[1].dates
    telling.go_to(dates.bulletin_opens + 2 * DAY)
    every = [text for text in material().contributions if text.decidable]
    _write(telling, every, dates.roll_cut_off - 3 * DAY)
    first = telling.pieces["accounts-quarterly"]
    author = telling.state.bulletin.contributions[first].author
    text = material().contribution("accounts-quarterly")
    added = "\nWhat is asked for by a member is answered within a week, in writing.\n"
    telling.do(
        author,
        "bulletin.revise",
        contribution=first,
        text={"title": text.title, "text": text.text + added},
    )


def write_more(telling: Telling) -> None:
    """Then perspectives, reports from branches, replies."""
    others = [text for text in material().contributions if not text.decidable]
    _write(telling, others, telling.state.floor.conventions[1].dates.nominations_open)


def _write(telling: Telling, every: list[Contribution], until: int) -> None:
    """These texts, spread over the time that is left."""
    step = (until - telling.clock.time) // (len(every) + 2)
    for piece in every:
        telling.go_to(telling.clock.time + step)
        _hand_in(telling, piece)
        if piece.refused is not None:
            _refused(telling, piece)


def _hand_in(telling: Telling, piece: Contribution) -> None:
    author = telling.somebody(piece.branch, piece.slug)
    fields: dict[str, object] = {
        "kind": piece.kind,
        "text": {"title": piece.title, "text": piece.text},
        "amends": piece.amends,
        "changes": [{"path": c.path, "value": c.value} for c in piece.changes],
    }
    if piece.about:
        fields["about"] = telling.pieces[piece.about]
    telling.do(author, "bulletin.hand_in", **fields)
    telling.pieces[piece.slug] = len(telling.state.bulletin.contributions)


def _refused(telling: Telling, piece: Contribution) -> None:
    """The editor refuses, the author appeals, the credentials committee judges."""
    number = telling.pieces[piece.slug]
    refused = piece.refused
    if refused is None:
        return
    telling.clock.time += HOUR
    telling.do(
        telling.holder("bulletin-editor"),
        "bulletin.refuse",
        contribution=number,
        version=telling.state.bulletin.contributions[number].latest.text,
        reason=refused.reason,
        remark={"text": refused.remark},
    )
    author = telling.state.bulletin.contributions[number].author
    telling.clock.time += 5 * HOUR
    grounds = {"text": refused.grounds}
    telling.do(author, "bulletin.appeal", contribution=number, grounds=grounds)
    judges = [h.member for h in telling.state.offices.now["credentials-committee", ""]]
    for judge in judges[:3]:
        telling.clock.time += 7 * HOUR
        telling.do(
            judge,
            "bulletin.judge_appeal",
            contribution=number,
            decision=refused.decision,
            reason={"text": refused.judgement},
        )


def attest(telling: Telling) -> None:
    """Branches attest their rolls; one forgets; one member is challenged."""
    telling.go_to(telling.state.floor.conventions[1].dates.roll_cut_off + DAY)
    roll = telling.state.membership.rolls[1]
    for code, branch in sorted(roll.branches.items()):
        if code != FORGOTTEN:
            telling.clock.time += HOUR
            secretary = telling.holder("branch-secretary", code)
            telling.do(secretary, "membership.attest_roll", branch=code, digest=branch.digest)
    challenged = roll.branches["PS"].members[-1]
    telling.do(
        telling.somebody("ML", "challenge"),
        "membership.challenge_roll",
        branch="PS",
        member=challenged,
        about="not-a-member",
        reason={"text": "I was told that he left the station in May."},
    )
    for judge in [h.member for h in telling.state.offices.now["credentials-committee", ""]][:3]:
        telling.clock.time += 3 * HOUR
        if judge != challenged:
            telling.do(
                judge,
                "membership.judge_challenge",
                challenge=1,
                decision="dismissed",
                reason={"text": "He showed us this month's wage slip."},
            )


def elect_delegates(telling: Telling) -> None:
    """Every branch nominates, votes, and has its delegates."""
    dates = telling.state.floor.conventions[1].dates
    telling.go_to(dates.nominations_open + 2 * DAY)
    organisers = {
        h.member
        for (office, _), held in telling.state.offices.now.items()
        if office == "regional-organiser"
        for h in held
    }
    for number, election in sorted(telling.state.elections.elections.items()):
        able = sorted(
            (
                m
                for m in election.voters
                if m not in organisers and telling.stayed(m, election.place)
            ),
            key=lambda m: number_from("stands", m),
        )
        standing = able[: election.seats + 1 + number_from("more", number) % 3]
        telling.do_all(
            hand_in("elections.nominate", _candidacy(number, member), member) for member in standing
        )
    telling.go_to(dates.election_opens + DAY)
    telling.do_all(_ballots(telling))
    telling.go_to(dates.election_closes + HOUR)


def settle_ties(telling: Telling) -> None:
    """The polls of some branches tie: their members draw one lot for all, which was called by
    itself."""
    branches = [e.place for e in telling.state.elections.elections.values() if e.lot_needed]
    if branches:
        drawn(telling, [telling.somebody(branch, "tie") for branch in sorted(branches)[:5]])


def _candidacy(election: int, member: str) -> dict[str, object]:
    every = material().delegate_statements
    roll = number_from("said", member) % (len(every) * 3)
    text = every[roll].text if roll < len(every) and not every[roll].branch else ""
    fields: dict[str, object] = {"election": election, "member": member}
    if text:
        fields["statement"] = {"text": text}
    return fields


def _ballots(telling: Telling) -> Iterator[HandedIn]:
    """From four to nine in ten vote, branch by branch; each has an order of their own, with some
    favourites."""
    for number, election in sorted(telling.state.elections.elections.items()):
        standing = list(range(1, len(election.standing) + 1))
        turnout = 4 + number_from("turnout", election.place) % 6
        for voter in sorted(v for v in election.voters if telling.stayed(v, election.place)):
            if number_from("votes", number, voter) % 10 < turnout and standing:
                yield hand_in(
                    "elections.vote", {"election": number, "ballot": _order(voter, standing)}, voter
                )


def _order(voter: str, standing: list[int]) -> str:
    ranked = sorted(standing, key=lambda c: number_from("likes", voter, c) % 1000 + 90 * (c % 4))
    return ",".join(map(str, ranked[: 1 + number_from("how many", voter) % len(ranked)]))


def invite(telling: Telling) -> None:
    """The steering committee invites guests, who may speak and not vote."""
    inviting = telling.holder("steering-committee")
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    for number, invited in enumerate(material().guests):
        guest = "g-" + (alphabet[number:] + alphabet)[:16]
        person = {"name": invited.name, "organisation": invited.organisation}
        telling.do(inviting, "delegates.invite", guest=guest, person=person)


def second(telling: Telling) -> None:
    """Delegates and members second; some proposals do not find enough."""
    seated = sorted(telling.state.delegates.assemblies[1].seated)
    for piece in material().contributions:
        number = telling.pieces[piece.slug]
        contribution = telling.state.bulletin.contributions[number]
        if not piece.decidable or contribution.refused:
            continue
        telling.clock.time += HOUR // 2
        keen = sorted(seated, key=lambda m: number_from("seconds", piece.slug, m))
        few = piece.slug in FEW_SECONDERS
        if few:
            keen = [m for m in keen if telling.people[m].branch == contribution.branch]
        for member in keen[: 1 if few else 7]:
            admitted = telling.state.proposals.proposals[number].admission is not None
            if member != contribution.author and not admitted:
                version = contribution.latest.text
                telling.do(member, "proposals.second", proposal=number, version=version)
    _think_better_of_it(telling)
    asking = telling.pieces["tenants-federation"]
    author = telling.state.bulletin.contributions[asking].author
    telling.do(author, "proposals.ask", proposal=asking, branch="NG")


def _think_better_of_it(telling: Telling) -> None:
    """A seconder takes their name back, and an author the proposal."""
    seconders = telling.state.proposals.proposals[telling.pieces["pensioners-section"]].seconders
    telling.do(
        min(seconders), "proposals.withdraw_second", proposal=telling.pieces["pensioners-section"]
    )
    withdrawn = telling.pieces["night-buses"]
    author = telling.state.bulletin.contributions[withdrawn].author
    telling.do(author, "bulletin.withdraw", contribution=withdrawn)


def answer(telling: Telling, share: int) -> None:
    """The steering committee answers in writing, ``share`` in three of its answers."""
    for piece in material().contributions:
        proposal = telling.state.proposals.proposals.get(telling.pieces[piece.slug])
        if proposal is None or proposal.admission is None or proposal.answer is not None:
            continue
        if piece.answer and number_from("answered", piece.slug) % 3 < share:
            telling.clock.time += HOUR
            telling.do(
                telling.holder("steering-committee"),
                "proposals.answer",
                proposal=proposal.number,
                text={"title": "The committee's answer", "text": piece.answer},
            )
