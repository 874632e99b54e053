"""What the API shows of the state. Nothing of an open vote or poll but who has voted is known."""

from __future__ import annotations

from typing import Any

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.elections.remembers import Election
from quorate.chapters.floor import agenda
from quorate.chapters.floor.amendments import every_adopted_to
from quorate.chapters.proposals.ways import progress
from quorate.chapters.state import State
from quorate.store import keeping
from quorate.web.api import shown_year
from quorate.web.bulletin.path import status
from quorate.web.convention.roll import replaced
from quorate.web.lane import erased


def branches(state: State) -> list[dict[str, Any]]:
    """Every branch, by its code."""
    return [
        {"code": code, "name": b.name, "region": b.region, "members": len(b.members)}
        for code, b in sorted(state.membership.branches.items())
    ]


def offices(state: State) -> list[dict[str, Any]]:
    """Everyone who holds an office now, by office and place."""
    return [
        {
            "office": office,
            "place": place,
            "member": holding.member,
            "since": holding.since,
            "until": holding.until,
            "how": holding.how,
            "chosen_by": holding.chosen_by,
            "entry": holding.entry,
        }
        for (office, place), holdings in sorted(state.offices.now.items())
        for holding in holdings
    ]


def conventions(state: State) -> list[dict[str, Any]]:
    """Every convention, by number."""
    return [
        {"number": number, "opens": c.dates.opens, "opened": c.opened, "closed": c.closed}
        for number, c in sorted(state.floor.conventions.items())
    ]


def votes(state: State) -> list[dict[str, Any]]:
    """Every vote of the floor, by number."""
    return [
        {
            "number": number,
            "proposal": v.proposal,
            "question": v.question,
            "opened": v.opened,
            "closed": v.closed,
        }
        for number, v in sorted(state.floor.votes.items())
    ]


def elections(state: State) -> list[dict[str, Any]]:
    """Every election, by number."""
    return [
        {
            "number": number,
            "office": e.office,
            "place": e.place,
            "seats": e.seats,
            "opens": e.opens,
            "closes": e.closes,
            "counted": e.result is not None,
        }
        for number, e in sorted(state.elections.elections.items())
    ]


def contributions(state: State) -> list[dict[str, Any]]:
    """Every contribution, in the order of numbers, without the texts."""
    every = [c for _, c in sorted(state.bulletin.contributions.items())]
    texts = keeping.texts((c.latest.text for c in every), erased)
    return [_listed(state, c, texts) for c in every]


def _listed(state: State, c: Contribution, texts: dict[str, keeping.Text]) -> dict[str, Any]:
    text = texts[c.latest.text]
    return {
        "number": c.number,
        "kind": c.kind,
        "title": text.title,
        "author": c.author,
        "branch": c.branch,
        "status": status(state, c).word,
        "amends": c.amends,
        "about": c.about,
        "versions": len(c.versions),
    }


def contribution(state: State, number: int) -> dict[str, Any] | None:
    """One contribution with its versions' texts, seconders and answer."""
    c = state.bulletin.contributions.get(number)
    if c is None:
        return None
    texts = keeping.texts((version.text for version in c.versions), erased)
    shown = _listed(state, c, texts) | {"refusals": shown_year.refusals(c)}
    shown["versions"] = [
        {
            "text": version.text,
            "entry": version.entry,
            "time": version.time,
            "words": version.words,
            "title": texts[version.text].title,
            "markdown": texts[version.text].markdown,
            "trouble": texts[version.text].trouble,
            "changes": [{"path": ch.path, "value": ch.value} for ch in version.changes],
        }
        for version in c.versions
    ]
    proposal = state.proposals.proposals.get(number)
    if proposal is not None:
        shown["seconders"] = [
            {"member": s.member, "branch": s.branch, "version": s.version, "entry": s.entry}
            for _, s in sorted(proposal.seconders.items())
        ]
        version = proposal.admission.version if proposal.admission else c.latest.text
        shown["ways"] = [
            {"way": p.way, "reached": p.reached, "needed": p.needed}
            for p in progress(state, proposal, version)
        ]
        shown["admitted"] = None if proposal.admission is None else proposal.admission.entry
        shown["amended_by"] = list(every_adopted_to(state, number))
        shown["answer"] = None if proposal.answer is None else proposal.answer.entry
    return shown


def convention(state: State, number: int) -> dict[str, Any] | None:
    """One convention."""
    found = state.floor.conventions.get(number)
    if found is None:
        return None
    dates = found.dates
    return {
        "number": number,
        "called": found.called,
        "opened": found.opened,
        "closed": found.closed,
        "lapsed": found.lapsed,
        "dates": {name: getattr(dates, name) for name in dates.__dataclass_fields__},
        "agenda": list(agenda.order(state, found) if found.agenda is None else found.agenda),
        "present": len(found.presence),
        "outcomes": {
            str(item.proposal): {
                "outcome": item.outcome,
                "entry": item.entry,
                "vote": item.vote,
                "owner": item.owner,
                "due": item.due,
            }
            for _, item in sorted(found.items.items())
        },
    }


def vote(state: State, number: int) -> dict[str, Any] | None:
    """One vote of the floor."""
    found = state.floor.votes.get(number)
    if found is None:
        return None
    tally = found.tally
    return {
        "number": number,
        "proposal": found.proposal,
        "question": found.question,
        "opened": found.opened,
        "closed": found.closed,
        "seats_voted": len(found.sealed),
        "tally": None
        if tally is None
        else {
            "in_favour": tally.in_favour,
            "against": tally.against,
            "abstained": tally.abstained,
            "present": tally.present,
            "seats": tally.seats,
            "base": tally.base,
            "needed": tally.needed,
            "share": f"{tally.share.numerator}/{tally.share.denominator}",
            "carried": tally.carried,
            "undecided": tally.undecided,
            "too_few": tally.too_few,
            "lost": list(tally.lost),
            "spoilt": list(tally.spoilt),
        },
        "roll_call": dict(sorted(found.opened_choices.items())) if tally else None,
        "replaced": {
            seat: [{"choice": r.choice, "reason": r.reason} for r in replaced(found, seat)]
            for seat, sealed in sorted(found.sealed.items())
            if sealed.before
        }
        if tally
        else None,
    }


def _terms(found: Election) -> dict[str, Any] | None:
    """What the rulebook states of an election besides its rule, as far as it states anything."""
    stated = {"marks": found.terms.marks, "points": found.terms.points}
    if found.terms.reserved is not None:
        stated |= {"reserved": found.terms.reserved}
    told = {name: value for name, value in stated.items() if value is not None}
    if not told:
        return None
    return told | ({"group": found.terms.group} if found.terms.group else {})


def election(state: State, number: int) -> dict[str, Any] | None:
    """One election."""
    found = state.elections.elections.get(number)
    if found is None:
        return None
    counted = found.result is not None
    return {
        "number": number,
        "office": found.office,
        "place": found.place,
        "seats": found.seats,
        "count": found.count,
        "terms": _terms(found),
        "opens": found.opens,
        "closes": found.closes,
        "candidates": [candidate.member for candidate in found.standing],
        "voted": len(found.sealed),
        "void": found.void,
        "lost": sorted(found.lost),
        "anew": found.anew,
        "ballots": {voter: list(b.ranks) for voter, b in sorted(found.opened.items())}
        if counted
        else None,
        "elected": list(found.result.elected) if found.result else None,
        "sheet": found.result.sheet if found.result else None,
    }
