"""The convention's pages: its dates, its agenda, the floor, votes, minutes."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.bulletin.remembers import Contribution
from quorate.chapters.delegates.remembers import Assembly
from quorate.chapters.delegates.step_in import empty_seat_for
from quorate.chapters.floor import agenda
from quorate.chapters.floor.close import owed_elections
from quorate.chapters.floor.open_vote import next_item, question_on
from quorate.chapters.floor.open_votes import majority_for
from quorate.chapters.floor.presence import quorum
from quorate.chapters.floor.remembers import Convention, Item, Vote
from quorate.chapters.rights import holds, seat_of
from quorate.chapters.state import State
from quorate.rulebook.words import majority_in_words
from quorate.texts import typeset
from quorate.web import names
from quorate.web.convention.minutes import minutes


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the agenda."""

    place: int
    contribution: Contribution
    item: Item | None


def latest(state: State) -> Convention | None:
    """The convention that is called or sitting, else the last one."""
    if not state.floor.conventions:
        return None
    return state.floor.conventions[state.floor.current or max(state.floor.conventions)]


def _none(request: HttpRequest) -> dict[str, object]:
    """No convention is called: whoever may call one is told how."""
    state: State = request.state
    me = request.member or ""
    calling = bool(me) and holds(state, me, state.rules.floor.called_by)
    return {"section": "convention", "calling": calling, "rules": state.rules.floor}


def overview(request: HttpRequest) -> HttpResponse:
    """The convention: what happens when, the agenda, who is there, what is on the floor."""
    state: State = request.state
    convention = latest(state)
    if convention is None:
        return render(request, "convention/none.html", _none(request))
    order = convention.agenda or agenda.order(state, convention)
    names.remember_titles(state.bulletin.contributions[n].latest.text for n in order)
    lines = [
        Line(place, state.bulletin.contributions[number], convention.items.get(number))
        for place, number in enumerate(order, 1)
    ]
    present, needed = quorum(state, convention)
    assembly = state.delegates.assemblies.get(convention.number)
    me = request.member or ""
    seat = seat_of(state, convention.number, me)
    following = next_item(convention) if convention.opened and not convention.closed else None
    open_vote = _open_vote(state, convention)
    context = {
        "section": "convention",
        "convention": convention,
        "dates": _dates(convention),
        "lines": lines,
        "present": present,
        "needed": needed,
        "assembly": assembly,
        "seats": len(assembly.seats) if assembly else 0,
        "my_seat": seat,
        "credentialed": bool(assembly and seat and assembly.credentialed.get(seat) == me),
        "i_am_present": seat in convention.presence if seat else False,
        "open_vote": open_vote,
        "chairing": holds(state, me, convention.rules.floor.chaired_by),
        "calling": state.floor.current is None
        and bool(me)
        and holds(state, me, state.rules.floor.called_by),
        "desk": _unchecked(assembly)
        if assembly and holds(state, me, convention.rules.delegates.credentials_by)
        else (),
        "inviting": holds(state, me, convention.rules.delegates.guests_by),
        "empty_seat": empty_seat_for(state, assembly, me) if assembly and me else None,
        "following": following,
        "question": question_on(state.bulletin.contributions[following]) if following else "",
        "owed": owed_elections(state, convention) if convention.opened else (),
        "elections": [
            e
            for _, e in sorted(state.elections.elections.items())
            if e.convention == convention.number and e.fills != "delegates"
        ],
        "draws": [d for _, d in sorted(state.lots.draws.items())],
        "guests": [
            names.guest_name(g.person)
            for g in (assembly.guests.values() if assembly else ())
            if g.ended is None
        ],
        "now": request.time,
    }
    return render(request, "convention/overview.html", context)


def _unchecked(assembly: Assembly) -> list[tuple[str, str]]:
    """Seats whose delegate's credentials are still to be checked, and who sits in them."""
    return [
        (seat_id, seat.holder)
        for seat_id, seat in sorted(assembly.seats.items())
        if seat.holder is not None and assembly.credentialed.get(seat_id) != seat.holder
    ]


def _open_vote(state: State, convention: Convention) -> Vote | None:
    if convention.votes:
        vote = state.floor.votes[convention.votes[-1]]
        if vote.tally is None:
            return vote
    return None


def _dates(convention: Convention) -> list[tuple[str, int]]:
    d = convention.dates
    dates = [
        ("The bulletin opens", d.bulletin_opens),
        ("Rolls are frozen", d.roll_cut_off),
        ("Rolls can be challenged until", d.challenges_until),
        ("Rolls are final, seats are shared out", d.roll_final),
        ("Nominations of delegates open", d.nominations_open),
        ("Branches vote for delegates from", d.election_opens),
        ("Branches vote for delegates until", d.election_closes),
        ("The bulletin closes", d.bulletin_closes),
        ("Seconding closes", d.seconding_closes),
        ("Written answers are due", d.answers_due),
        ("The convention opens", d.opens),
    ]
    dates += [(f"Issue {number} comes out", time) for number, time in enumerate(d.issues, 1)]
    return sorted(dates, key=lambda date: date[1])


def vote(request: HttpRequest, number: int) -> HttpResponse:
    """A vote: big buttons while it is open; the arithmetic and the roll call once it is closed."""
    state: State = request.state
    found = state.floor.votes.get(number)
    if found is None:
        raise Http404(f"There is no vote {number}.")
    convention = state.floor.conventions[found.convention]
    assembly = state.delegates.assemblies[found.convention]
    me = request.member or ""
    seat = seat_of(state, found.convention, me)
    sealed = found.sealed.get(seat or "")
    roll = [
        (seat_id, found.sealed[seat_id].by, choice, found.sealed[seat_id].before)
        for seat_id, choice in sorted(found.opened_choices.items())
    ]
    names.remember(state, [by for _, by, _, _ in roll])
    mine = state.membership.members[me].branch if me in state.membership.members else ""
    context = {
        "section": "convention",
        "vote": found,
        "c": state.bulletin.contributions[found.proposal],
        "majority": majority_in_words(majority_for(state, found)),
        "place": (convention.agenda or ()).index(found.proposal) + 1,
        "items": len(convention.agenda or ()),
        "seat": seat,
        "can_vote": seat is not None and convention.presence.get(seat) == me,
        "sealed": sealed,
        "voted": len(found.sealed),
        "present": len(convention.presence),
        "roll": roll if found.tally else [],
        "my_branch": [line for line in roll if assembly.seats[line[0]].branch == mine],
        "item": convention.items.get(found.proposal),
        "chairing": holds(state, me, convention.rules.floor.chaired_by),
    }
    return render(request, "convention/vote.html", context)


def minutes_page(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes, made from the record."""
    state: State = request.state
    if number not in state.floor.conventions:
        raise Http404(f"There is no convention {number}.")
    context = {
        "section": "convention",
        "convention": state.floor.conventions[number],
        "sections": minutes(state, number),
    }
    return render(request, "convention/minutes.html", context)


def minutes_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes in print."""
    state: State = request.state
    if number not in state.floor.conventions:
        raise Http404(f"There is no convention {number}.")
    convention = state.floor.conventions[number]
    organisation = state.rules.organisation
    data = typeset.pdf(
        typeset.Print(
            organisation=organisation.name,
            title=f"Minutes of the {organisation.words.convention}",
            subtitle=f"Made from the record at entry {state.size - 1}",
            time=convention.closed or request.time,
            sections=minutes(state, number),
        )
    )
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="minutes-{number}.pdf"'
    return response
