"""The demo's year up to the convention: bulletin, rolls, delegates, seconders, answers."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.chapters.calendar import DAY, HOUR
from quorate.demo.people import number_from
from quorate.demo.telling import Telling
from quorate.demo.texts import Piece, pieces
from quorate.store.handing_in import HandedIn, hand_in

DOUBTFUL = ("bullying", "cargo")
"""Two texts that the editor refuses; one refusal is overturned."""


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
    every = [piece for piece in pieces() if piece.kind in ("proposal", "amendment")]
    _write(telling, every, dates.roll_cut_off - 3 * DAY)
    first = telling.pieces["accounts"]
    author = telling.state.bulletin.contributions[first].author
    text = next(p for p in every if p.name == "accounts").markdown
    telling.do(
        author,
        "bulletin.revise",
        contribution=first,
        text={
            "title": "Accounts that every member can read",
            "text": text.replace("with a day's notice", "without notice, in office hours"),
        },
    )


def write_more(telling: Telling) -> None:
    """Then perspectives, reports from branches, replies."""
    others = [piece for piece in pieces() if piece.kind not in ("proposal", "amendment")]
    _write(telling, others, telling.state.floor.conventions[1].dates.nominations_open)


def _write(telling: Telling, every: list[Piece], until: int) -> None:
    """These texts, spread over the time that is left."""
    step = (until - telling.clock.time) // (len(every) + 2)
    for piece in every:
        telling.go_to(telling.clock.time + step)
        _hand_in(telling, piece)
        if piece.name in DOUBTFUL:
            _refused(telling, piece)


def _hand_in(telling: Telling, piece: Piece) -> None:
    author = telling.somebody(piece.branch, piece.name)
    fields: dict[str, object] = {
        "kind": piece.kind,
        "text": {"title": piece.title, "text": piece.markdown},
        "amends": piece.amends,
        "changes": [dict(change) for change in piece.changes],
    }
    if piece.about:
        fields["about"] = telling.pieces[piece.about]
    telling.do(author, "bulletin.hand_in", **fields)
    telling.pieces[piece.name] = len(telling.state.bulletin.contributions)


def _refused(telling: Telling, piece: Piece) -> None:
    """The editor refuses, the author appeals, the credentials committee judges."""
    number = telling.pieces[piece.name]
    reasons = {
        "bullying": ("personal-data", "Names with addresses of private persons."),
        "cargo": ("unlawful", "I fear that it calls for a breach of contract."),
    }
    reason, remark = reasons[piece.name]
    telling.clock.time += HOUR
    telling.do(
        telling.holder("bulletin-editor"),
        "bulletin.refuse",
        contribution=number,
        reason=reason,
        remark={"text": remark},
    )
    author = telling.state.bulletin.contributions[number].author
    telling.clock.time += 5 * HOUR
    grounds = "It asks for what the law allows, and says nothing untrue about anyone."
    telling.do(author, "bulletin.appeal", contribution=number, grounds={"text": grounds})
    decision = "dismissed" if piece.name == "bullying" else "upheld"
    said = {
        "dismissed": "Complaints can be told without addresses. Hand it in without them.",
        "upheld": "To propose a rule is no breach of contract. It is to be printed.",
    }[decision]
    judges = [h.member for h in telling.state.offices.now["credentials-committee", ""]]
    for judge in judges[:3]:
        telling.clock.time += 7 * HOUR
        telling.do(
            judge,
            "bulletin.judge_appeal",
            contribution=number,
            decision=decision,
            reason={"text": said},
        )


def attest(telling: Telling) -> None:
    """Branches attest their rolls; one forgets; one member is challenged."""
    telling.go_to(telling.state.floor.conventions[1].dates.roll_cut_off + DAY)
    roll = telling.state.membership.rolls[1]
    for code, branch in sorted(roll.branches.items()):
        if code != "MU":
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
            (m for m in election.voters if m not in organisers),
            key=lambda m: number_from("stands", m),
        )
        standing = able[: election.seats + 1 + number_from("more", number) % 3]
        telling.do_all(
            hand_in("elections.nominate", _candidacy(number, member), member) for member in standing
        )
    telling.go_to(dates.election_opens + DAY)
    telling.do_all(_ballots(telling))
    telling.go_to(dates.election_closes + HOUR)


_SAID = (
    "I say what the branch has decided, also when I was against it.",
    "Nineteen years on the quay. I ask questions until there is an answer.",
    "I want the night shift to be heard for once.",
    "I have never been a delegate and think that more of us should have been.",
    "For open books, and for meetings that end on time.",
    "",
)


def _candidacy(election: int, member: str) -> dict[str, object]:
    text = _SAID[number_from("said", member) % len(_SAID)]
    fields: dict[str, object] = {"election": election, "member": member}
    if text:
        fields["statement"] = {"text": text}
    return fields


def _ballots(telling: Telling) -> Iterator[HandedIn]:
    """Seven in ten vote; each has an order of their own, with some favourites."""
    for number, election in sorted(telling.state.elections.elections.items()):
        standing = list(range(1, len(election.standing) + 1))
        for voter in sorted(election.voters):
            if number_from("votes", number, voter) % 10 < 7 and standing:
                yield hand_in(
                    "elections.vote", {"election": number, "ballot": _order(voter, standing)}, voter
                )


def _order(voter: str, standing: list[int]) -> str:
    ranked = sorted(standing, key=lambda c: number_from("likes", voter, c) % 1000 + 90 * (c % 4))
    return ",".join(map(str, ranked[: 1 + number_from("how many", voter) % len(ranked)]))


def second(telling: Telling) -> None:
    """Delegates and members second; three proposals do not find enough."""
    few = {"pensioners", "tenants", "bullying"}
    seated = sorted(telling.state.delegates.assemblies[1].seated)
    for piece in pieces():
        if piece.kind not in ("proposal", "amendment") or piece.name == "bullying":
            continue
        number = telling.pieces[piece.name]
        telling.clock.time += 2 * HOUR
        version = telling.state.bulletin.contributions[number].latest.text
        wanted = 1 if piece.name in few else 7
        keen = sorted(seated, key=lambda m: number_from("seconds", piece.name, m))
        branch = telling.state.bulletin.contributions[number].branch
        keen = [m for m in keen if piece.name not in few or telling.people[m].branch == branch]
        for member in keen[:wanted]:
            proposal = telling.state.proposals.proposals[number]
            contribution = telling.state.bulletin.contributions[number]
            if member != contribution.author and proposal.admission is None:
                telling.do(member, "proposals.second", proposal=number, version=version)
    asking = telling.pieces["tenants"]
    author = telling.state.bulletin.contributions[asking].author
    telling.do(author, "proposals.ask", proposal=asking, branch="NG")


def answer(telling: Telling, names: tuple[str, ...]) -> None:
    """The steering committee answers some proposals in writing."""
    for piece in pieces():
        proposal = telling.state.proposals.proposals.get(telling.pieces.get(piece.name, 0))
        if piece.name in names and piece.answer and proposal and proposal.admission:
            telling.clock.time += HOUR
            telling.do(
                telling.holder("steering-committee"),
                "proposals.answer",
                proposal=proposal.number,
                text={"title": "The committee's answer", "text": piece.answer},
            )
