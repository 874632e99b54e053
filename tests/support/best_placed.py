"""For each act: who is best placed to get it through, with which fields, after doing whatever can
be done to prepare it. None where not even that can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quorate.chapters.clause import FOUNDER
from support.pure import document, person, pseudonym
from support.small import Small, rules_text

Try = tuple[str, dict[str, Any]]
TRIES: dict[str, Callable[[Small], Try | None]] = {}
DOCUMENT = {"text": document("handed in for this"), "words": 9}
REASON = {"reason": document("why")}
MEMBER = 6
"""An ordinary member of A1: this one in the branch's list."""


def trying(row: str) -> Callable[[Callable[[Small], Try]], Callable[[Small], Try]]:
    """Puts the function into the table; what it prepares may be refused, or nobody be there."""

    def put(make: Callable[[Small], Try]) -> Callable[[Small], Try]:
        def made(small: Small) -> Try | None:
            try:
                return make(small)
            except (AssertionError, LookupError, ValueError, StopIteration):
                return None

        TRIES[row] = made
        return make

    return put


def always(row: str, by: Callable[[Small], str], **fields: Any) -> None:
    """An act that needs no preparing."""
    trying(row)(lambda small: (by(small), fields))


def member(small: Small) -> str:
    return small.members["A1"][MEMBER]


def setter_up(small: Small) -> str:
    """The founder, and later the body that calls conventions."""
    if small.state.founding.complete is None:
        return FOUNDER
    return small.holder("steering-committee")


def attests(small: Small) -> str:
    return small.holder("branch-secretary", "A1")


def chair(small: Small) -> str:
    return small.holder("chair")


def steering(small: Small) -> str:
    return small.holder("steering-committee")


def number(small: Small) -> int:
    """Of the called convention. LookupError where none is."""
    return small.state.floor.conventions[small.state.floor.current or 0].number


def seated(small: Small) -> list[str]:
    """Those who sit in the seats of the called convention."""
    seats = small.state.delegates.assemblies[number(small)].seats
    return [seat.holder for _, seat in sorted(seats.items()) if seat.holder is not None]


def hand_in(small: Small, by: str, kind: str) -> int:
    small.pure.do(by, "bulletin.hand_in", kind=kind, **DOCUMENT)
    return len(small.state.bulletin.contributions)


def judges(small: Small, office: str) -> list[str]:
    return [who for who in small.holders(office) if who != member(small)]


always(
    "founding.adopt",
    lambda small: FOUNDER,
    origin="o.example",
    rules_text=rules_text("open-convention"),
)
always("founding.bring_programme", lambda small: FOUNDER, text="ab" * 32)
always("founding.complete", lambda small: FOUNDER)
always("membership.open_region", setter_up, code="D", name="Region D")
always("membership.open_branch", setter_up, code="D1", name="Branch D1", region="A")
always("membership.admit", attests, member=pseudonym(999), branch="A1", person=person(999))
always("membership.be_reachable", member, yes=True)
always("membership.transfer", member, branch="A2")
always("membership.resign", member)
always("offices.lay_down", chair, office="chair")
always("bulletin.hand_in", member, kind="perspective", **DOCUMENT)
always("bulletin.withdraw", lambda small: small.members["A1"][5], contribution=1)


@trying("membership.suspend")
def _suspend(small: Small) -> Try:
    by = judges(small, small.state.rules.membership.suspended_by)[0]
    return by, {"member": member(small), **REASON}


@trying("membership.restore")
def _restore(small: Small) -> Try:
    small.suspend(member(small))
    by = judges(small, small.state.rules.membership.suspended_by)[0]
    return by, {"member": member(small)}


@trying("membership.erase")
def _erase(small: Small) -> Try:
    small.pure.do(member(small), "membership.resign")
    return member(small), {}


@trying("membership.attest_roll")
def _attest(small: Small) -> Try:
    roll = small.state.membership.rolls[number(small)].branches["A1"]
    return attests(small), {"branch": "A1", "digest": roll.digest}


@trying("membership.challenge_roll")
def _challenge(small: Small) -> Try:
    fields = {"branch": "A1", "member": member(small), "about": "not-a-member", **REASON}
    return small.members["B1"][5], fields


@trying("membership.judge_challenge")
def _judge_challenge(small: Small) -> Try:
    by, fields = _challenge(small)
    small.pure.do(by, "membership.challenge_roll", **fields)
    judge = judges(small, small.state.rules.membership.challenges_decided_by)[0]
    return judge, {"challenge": 1, "decision": "dismissed", **REASON}


@trying("erasing.ask")
def _ask_erasing(small: Small) -> Try:
    """Of what somebody has just written, where the bulletin is open."""
    number = hand_in(small, small.members["A1"][5], "perspective")
    text = small.state.bulletin.contributions[number].latest.text
    return member(small), {"text": text, **REASON}


@trying("erasing.judge")
def _judge_erasing(small: Small) -> Try:
    by, fields = _ask_erasing(small)
    small.pure.do(by, "erasing.ask", **fields)
    judge = judges(small, small.state.rules.erasing.decided_by)[0]
    return judge, {"request": 1, "decision": "upheld", **REASON}


@trying("offices.install")
def _install(small: Small) -> Try:
    small.pure.do(chair(small), "offices.lay_down", office="chair")
    return FOUNDER, {"office": "chair", "member": member(small)}


@trying("offices.appoint")
def _appoint(small: Small) -> Try:
    small.pure.do(chair(small), "offices.lay_down", office="chair")
    return steering(small), {"office": "chair", "member": member(small)}


@trying("offices.recall")
def _recall(small: Small) -> Try:
    by = next(who for who in small.holders("steering-committee") if who != chair(small))
    return by, {"office": "chair", "member": chair(small), **REASON}


@trying("offices.demand_recall")
def _demand(small: Small) -> Try:
    fields = {"office": "branch-secretary", "place": "A1", "member": attests(small), **REASON}
    return member(small), fields


@trying("offices.vote_recall")
def _vote_recall(small: Small) -> Try:
    _, fields = _demand(small)
    others = [who for who in small.members["A1"] if who != attests(small)]
    for by in others[:4]:  # one fifth of the 16 members of A1
        small.pure.do(by, "offices.demand_recall", **fields)
    return member(small), {"recall": 1, "choice": small.pure.seal("for")}


@trying("bulletin.hand_in a proposal")
def _propose(small: Small) -> Try:
    return _proposer(small), {"kind": "proposal", **DOCUMENT}


def _proposer(small: Small) -> str:
    """A delegate, where there are any; any member before."""
    try:
        return seated(small)[0]
    except LookupError:
        return member(small)


@trying("bulletin.revise")
def _revise(small: Small) -> Try:
    made = hand_in(small, member(small), "perspective")
    return member(small), {"contribution": made, "text": document("again"), "words": 9}


@trying("bulletin.refuse")
def _refuse(small: Small) -> Try:
    made = hand_in(small, member(small), "perspective")
    read = small.state.bulletin.contributions[made].latest.text
    fields = {"contribution": made, "version": read, "reason": "threat", "remark": document("no")}
    return small.holder("bulletin-editor"), fields


@trying("bulletin.appeal")
def _appeal(small: Small) -> Try:
    by, fields = _refuse(small)
    small.pure.do(by, "bulletin.refuse", **fields)
    return member(small), {"contribution": fields["contribution"], "grounds": document("g")}


@trying("bulletin.judge_appeal")
def _judge_appeal(small: Small) -> Try:
    by, fields = _appeal(small)
    small.pure.do(by, "bulletin.appeal", **fields)
    made = fields["contribution"]
    by = judges(small, small.state.rules.bulletin.appeal_to)[0]
    return by, {"contribution": made, "decision": "upheld", **REASON}


def _unadmitted(small: Small) -> int:
    """A proposal that still seeks seconders, or one that is handed in for it."""
    for found, proposal in sorted(small.state.proposals.proposals.items()):
        if proposal.admission is None and proposal.lapsed is None:
            return found
    return hand_in(small, _proposer(small), "proposal")


@trying("proposals.second")
def _second(small: Small) -> Try:
    found = _unadmitted(small)
    contribution = small.state.bulletin.contributions[found]
    by = next(who for who in small.members["C1"] if who != contribution.author)
    return by, {"proposal": found, "version": contribution.latest.text}


@trying("proposals.withdraw_second")
def _withdraw_second(small: Small) -> Try:
    by, fields = _second(small)
    small.pure.do(by, "proposals.second", **fields)
    return by, {"proposal": fields["proposal"]}


@trying("proposals.ask")
def _ask(small: Small) -> Try:
    found = _unadmitted(small)
    author = small.state.bulletin.contributions[found].author
    return author, {"proposal": found, "branch": "B1"}


@trying("proposals.answer")
def _answer(small: Small) -> Try:
    admitted = [n for n, p in small.state.proposals.proposals.items() if p.admission is not None]
    if not admitted:
        found = _unadmitted(small)
        version = small.state.bulletin.contributions[found].latest.text
        for by in small.members["C1"][:2]:  # 3% of the 60 members
            small.pure.do(by, "proposals.second", proposal=found, version=version)
        admitted = [found]
    return steering(small), {"proposal": min(admitted), "text": document("answer")}


REGISTER = {"register": 1}
always("secret.name_trustee", steering, side="leadership", member=pseudonym(1), **REGISTER)
always("secret.decline", member, **REGISTER)
always("secret.certify", member, certificate="{}", **REGISTER)
always("secret.share", member, polynomial="{}", **REGISTER)
always("secret.confirm", member, voutput="{}", **REGISTER)
always("secret.claim", member, claim="{}", **REGISTER)
always("secret.demand", member, office="chair")
always("secret.mix", member, before="ab" * 32, shuffle="cd" * 32, signature="{}", **REGISTER)
always(
    "secret.decrypt_roll",
    member,
    before="ab" * 32,
    decryption="cd" * 32,
    signature="{}",
    **REGISTER,
)
always("secret.roll", member, roll="ab" * 32, size=1, without=0, **REGISTER)
BOX = {"election": 1}
always("secret.shuffle_box", member, before="ab" * 32, shuffle="cd" * 32, signature="{}", **BOX)
always("secret.decrypt_box", member, before="ab" * 32, decryption="cd" * 32, signature="{}", **BOX)
always("secret.result", member, sums=[0, 1], **BOX)
