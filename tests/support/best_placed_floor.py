"""The same for delegates, elections, the floor, lots and what follows: see ``best_placed``."""

from __future__ import annotations

from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.clause import FOUNDER
from quorate.chapters.delegates.seating import next_alternate
from quorate.record import cosignature
from support.best_placed import (
    TRIES,
    Try,
    always,
    attests,
    chair,
    member,
    number,
    seated,
    steering,
    trying,
)
from support.device import device
from support.pure import document, person
from support.record_keys import pair, replacement, rotation
from support.small import Small

__all__ = ["TRIES"]

always("floor.open", chair)
always("floor.close", chair)


def _seat(small: Small) -> tuple[str, str, str]:
    """A seat whose branch has an alternate left, who sits in it, and who would step in."""
    assembly = small.state.delegates.assemblies[number(small)]
    for seat in sorted(assembly.seats):
        holder = assembly.seats[seat].holder
        following = next_alternate(small.state, assembly, assembly.seats[seat].branch)
        if holder is not None and following is not None:
            return seat, holder, following
    raise LookupError("no seat")


@trying("delegates.give_way")
def _give_way(small: Small) -> Try:
    return _seat(small)[1], {}


@trying("delegates.step_in")
def _step_in(small: Small) -> Try:
    seat, holder, following = _seat(small)
    small.pure.do(holder, "delegates.give_way")
    return following, {"seat": seat}


@trying("delegates.credential")
def _credential(small: Small) -> Try:
    by, fields = _step_in(small)
    small.pure.do(by, "delegates.step_in", **fields)
    office = small.state.rules.delegates.credentials_by
    return small.holder(office), {"seat": fields["seat"], "member": by}


GUEST = "g-" + "a" * 16


@trying("delegates.invite")
def _invite(small: Small) -> Try:
    return steering(small), {"guest": GUEST, "person": person(999)}


@trying("delegates.end_invitation")
def _end_invitation(small: Small) -> Try:
    small.pure.do(steering(small), "delegates.invite", guest=GUEST, person=person(999))
    return steering(small), {"guest": GUEST}


@trying("delegates.erase_guest")
def _erase_guest(small: Small) -> Try:
    small.pure.do(steering(small), "delegates.invite", guest=GUEST, person=person(999))
    small.pure.do(steering(small), "delegates.end_invitation", guest=GUEST)
    return steering(small), {"guest": GUEST}


def _election(small: Small, place: str = "A1") -> int:
    """The delegates' election of the branch."""
    return small.state.delegates.assemblies[number(small)].delegations[place].election or 0


@trying("elections.nominate")
def _nominate(small: Small) -> Try:
    return member(small), {"election": _election(small), "member": small.members["A1"][-1]}


@trying("elections.accept")
def _accept(small: Small) -> Try:
    by, fields = _nominate(small)
    small.pure.do(by, "elections.nominate", **fields)
    return fields["member"], {"election": fields["election"], "yes": True}


@trying("elections.vote")
def _vote_for_delegates(small: Small) -> Try:
    return member(small), {"election": _election(small), "ballot": small.pure.seal("1")}


def _poll(small: Small, office: str, place: str = "", *, paper: bool = False) -> Try:
    opens = small.pure.time + (3 * DAY if place else 10 * MINUTE)
    fields = {"office": office, "place": place, "opens": opens, "paper": paper}
    fields["closes"] = opens + (3 * DAY if place else 10 * MINUTE)
    return attests(small) if place else chair(small), fields


def _office(small: Small) -> str:
    """An office that the convention elects, other than the one whose poll is open, if there is."""
    editor = small.state.rules.posts["bulletin-editor"]
    return "bulletin-editor" if editor.chosen_by == "convention" else "steering-committee"


@trying("elections.open_poll")
def _open_poll(small: Small) -> Try:
    return _poll(small, _office(small))


@trying("elections.open_poll in a branch")
def _open_branch_poll(small: Small) -> Try:
    return _poll(small, "branch-secretary", "A1")


def _opened(small: Small, *, paper: bool = False) -> int:
    by, fields = _poll(small, _office(small), paper=paper)
    small.pure.do(by, "elections.open_poll", **fields)
    return len(small.state.elections.elections)


@trying("elections.nominate for a post")
def _nominate_officer(small: Small) -> Try:
    return seated(small)[0], {"election": _opened(small), "member": seated(small)[1]}


@trying("elections.propose_slate")
def _propose_slate(small: Small) -> Try:
    fields = {"title": "All together", "members": seated(small)[:9]}
    return steering(small), {"election": _opened(small), **fields}


@trying("elections.consent")
def _consent(small: Small) -> Try:
    by, fields = _propose_slate(small)
    small.pure.do(by, "elections.propose_slate", **fields)
    return seated(small)[0], {"election": fields["election"], "slate": 1, "yes": True}


@trying("elections.vote of delegates")
def _vote_at_convention(small: Small) -> Try:
    found = max(n for n, e in small.state.elections.elections.items() if e.convention)
    return seated(small)[0], {"election": found, "ballot": small.pure.seal("1")}


@trying("elections.enter_papers")
def _enter_papers(small: Small) -> Try:
    found = _opened(small, paper=True)
    small.pure.go_to(small.pure.time + 20 * MINUTE)
    by = small.holder(small.state.rules.delegates.credentials_by)
    return by, {"election": found, "papers": [{"weight": 3, "ranks": [1]}]}


@trying("elections.end_papers")
def _end_papers(small: Small) -> Try:
    by, fields = _enter_papers(small)
    small.pure.do(by, "elections.enter_papers", **fields)
    another = small.holders(small.state.rules.delegates.credentials_by)[1]
    return another, {"election": fields["election"], "total": 3}


@trying("floor.call")
def _call(small: Small) -> Try:
    return steering(small), {"opens": small.pure.time + 150 * DAY, "place": "The hall"}


def _credentialed(small: Small) -> str:
    """A delegate whose credentials are checked."""
    assembly = small.state.delegates.assemblies[number(small)]
    seat, holder = next((s, h) for h, s in sorted(assembly.seated.items()))
    if assembly.credentialed.get(seat) != holder:
        by = small.holder(small.state.rules.delegates.credentials_by)
        small.pure.do(by, "delegates.credential", seat=seat, member=holder)
    return holder


@trying("floor.arrive")
def _arrive(small: Small) -> Try:
    holder = _credentialed(small)
    small.pure.tried(holder, "floor.leave")
    return holder, {}


@trying("floor.leave")
def _leave(small: Small) -> Try:
    holder = _credentialed(small)
    small.pure.tried(holder, "floor.arrive")
    return holder, {}


@trying("floor.open_vote")
def _open_vote(small: Small) -> Try:
    convention = small.state.floor.conventions[number(small)]
    first = next(iter(convention.agenda or ()))
    amends = small.state.bulletin.contributions[first].amends
    return chair(small), {"proposal": first, "question": amends or "proposal"}


@trying("floor.vote")
def _vote(small: Small) -> Try:
    return seated(small)[0], {"vote": 1, "choice": small.pure.seal("for")}


@trying("floor.close_vote")
def _close_vote(small: Small) -> Try:
    small.pure.go_to(small.pure.time + 2 * MINUTE)
    return chair(small), {"vote": 1}


@trying("lots.call")
def _call_lot(small: Small) -> Try:
    return member(small), {"purpose": "agenda", "of": number(small)}


@trying("lots.commit")
def _commit(small: Small) -> Try:
    by, fields = _call_lot(small)
    small.pure.do(by, "lots.call", **fields)
    return by, {"draw": len(small.state.lots.draws), "number": small.pure.seal("mine")}


@trying("lots.hand_in")
def _hand_in_number(small: Small) -> Try:
    by, fields = _commit(small)
    small.pure.do(by, "lots.commit", **fields)
    small.pure.go_to(small.state.lots.draws[len(small.state.lots.draws)].commit_until)
    return by, fields


@trying("lots.enter_public")
def _enter_public(small: Small) -> Try:
    by = small.holder(small.state.rules.delegates.credentials_by)
    fields = {"purpose": "agenda", "of": number(small), "public": "the lottery"}
    small.pure.tried(by, "lots.call", **fields)
    small.pure.go_to(small.pure.time + 2 * HOUR)
    return by, {"draw": 1, "value": "7, 12"}


@trying("followup.take_on")
def _take_on(small: Small) -> Try:
    by = steering(small) if small.state.floor.current is None else chair(small)
    return by, {"proposal": min(small.state.followup.tasks), "due": small.pure.time + DAY}


@trying("followup.report")
def _report(small: Small) -> Try:
    tasks = small.state.followup.tasks
    return steering(small), {"proposal": min(tasks), "text": document("r"), "done": False}


_, _KEY = cosignature.generate_key("dockers.example", bytes(32), cosignature.ED25519)
_WITNESS = {"keys": [_KEY], "url": "https://dockers.example"}


always("devices.add", member, public=device(1).public)


@trying("devices.vouch")
def _vouch(small: Small) -> Try:
    small.pure.tried(member(small), "devices.add", public=device(1).public)
    return small.members["A1"][0], {"member": member(small), "public": device(1).public}


@trying("devices.end")
def _end_a_device(small: Small) -> Try:
    small.pure.tried(member(small), "devices.add", public=device(1).public)
    return member(small), {"public": device(1).public}


@trying("witnesses.name")
def _name_a_witness(small: Small) -> Try:
    return _of_others(small), {"name": "dockers", "organisation": "The dockers", **_WITNESS}


@trying("witnesses.dismiss")
def _dismiss_a_witness(small: Small) -> Try:
    by = _of_others(small)
    small.pure.tried(by, "witnesses.name", name="dockers", organisation="Dockers", **_WITNESS)
    return by, {"name": "dockers"}


_OLD, _NEXT = pair("old"), pair("next")


@trying("keys.rotate")
def _rotate_the_keys(small: Small) -> Try:
    return _keeps_the_keys(small), rotation(_OLD, _NEXT)


@trying("keys.replace")
def _replace_the_keys(small: Small) -> Try:
    return _keeps_the_keys(small), replacement(_OLD, _NEXT)


def _keeps_the_keys(small: Small) -> str:
    """Who has the keys of the record changed, and replaced."""
    if small.state.founding.complete is None:
        return FOUNDER
    return small.holder(small.state.rules.keys.rotated_by)


def _of_others(small: Small) -> str:
    """Who names the witnesses of other organisations."""
    if small.state.founding.complete is None:
        return FOUNDER
    return small.holder(small.state.rules.witnesses.outside_by)
