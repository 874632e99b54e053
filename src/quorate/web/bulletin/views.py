"""The bulletin's pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.bulletin.clock import open_for
from quorate.chapters.bulletin.remembers import Contribution, Issue
from quorate.chapters.bulletin.standing import own
from quorate.chapters.clause import Occasion, Refusal
from quorate.chapters.floor.amendments import every_adopted_to
from quorate.chapters.followup.tasks import may_report
from quorate.chapters.membership.remembers import Branch
from quorate.chapters.proposals import second
from quorate.chapters.proposals.remembers import Admission, Proposal
from quorate.chapters.proposals.second import seeking_seconders
from quorate.chapters.proposals.ways import counts_for_the_share, progress, seconders_of
from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.store import keeping
from quorate.texts import change, typeset
from quorate.web import names
from quorate.web.bulletin.facets import KINDS, Asked, facets
from quorate.web.bulletin.path import item_of, path, status
from quorate.web.bulletin.refusals import may_do, refusals
from quorate.web.bulletin.rules_changed import rule_lines, rules_changed, sentences_changed
from quorate.web.bulletin.search import search
from quorate.web.lane import erased
from quorate.web.membership.counted import counted
from quorate.web.press import printed
from quorate.web.whole import whole_number

PAGE, ISSUE_PAGE = 50, 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of contributions. ``text``: the version that is meant, by its commitment;
    ``version``: its number, where an issue carries it and there are several; ``newer``: whether a
    later one stands; ``refused``: the numbers of versions that are refused, where another one
    stands."""

    contribution: Contribution
    status: str
    text: str
    newer: bool
    refused: tuple[int, ...]
    version: int | None = None


def rows(state: State, contributions: list[Contribution]) -> list[Row]:
    """The lines, each with the latest version, with names and titles read at once."""
    _remember(state, [(c, c.latest.text) for c in contributions])
    return [
        Row(c, status(state, c).word, c.latest.text, newer=False, refused=_refused_versions(c))
        for c in contributions
    ]


def printed_rows(state: State, carried: list[tuple[Contribution, str]]) -> list[Row]:
    """The lines of an issue, each with the version that it carries."""
    _remember(state, carried)
    return [
        Row(
            contribution=c,
            status=status(state, c).word,
            text=text,
            newer=c.numbered(c.latest.text) > c.numbered(text),
            refused=_refused_versions(c),
            version=c.numbered(text) if len(c.versions) > 1 else None,
        )
        for c, text in carried
    ]


def _remember(state: State, meant: list[tuple[Contribution, str]]) -> None:
    names.remember(state, [c.author for c, _ in meant])
    names.remember_titles([text for _, text in meant])


def _refused_versions(c: Contribution) -> tuple[int, ...]:
    """The numbers of its refused versions, where not all of it is refused."""
    if c.refused:
        return ()
    return tuple(n for n, version in enumerate(c.versions, 1) if c.refuses(version.text))


def overview(request: HttpRequest) -> HttpResponse:
    """Every contribution, to be searched and narrowed down."""
    state: State = request.state
    asked = Asked.of(request)
    found = search(
        state, asked.words, kind=asked.kind, standing=asked.standing, branch=asked.branch
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "bulletin",
        "rows": rows(state, list(page.object_list)),
        "page": page,
        "query": f"&{asked.query()}",
        "found": len(found) if asked != Asked() else None,
        "asked": asked,
        "kept": {"kind": asked.kind, "state": asked.standing, "branch": asked.branch},
        "facets": facets(state, asked),
        "issues": state.bulletin.issues[::-1],
        "open": not isinstance(open_for(state, request.time), Refusal),
    }
    return render(request, "bulletin/overview.html", context)


def contribution(request: HttpRequest, number: int) -> HttpResponse:
    """A contribution: its path, its text with what it changes, what you can do, where it stands."""
    state: State = request.state
    found = state.bulletin.contributions.get(number)
    if found is None:
        raise Http404(f"There is no contribution {number}.")
    shown = _version(request, found, state)
    proposal = state.proposals.proposals.get(number)
    me = request.member or ""
    convention = state.floor.conventions.get(found.convention)
    item = item_of(state, number)
    replies = [c for _, c in sorted(state.bulletin.contributions.items()) if c.about == number]
    probe = Occasion(state.size, request.time, me)
    more = proposal.more_time if proposal else 0
    context = {
        "section": "bulletin",
        "c": found,
        "shown": shown,
        "status": status(state, found),
        "path": path(state, found, request.time) if proposal else (),
        "proposal": proposal,
        "item": item,
        "amended": every_adopted_to(state, number),
        "vote": state.floor.votes.get(item.vote) if item and item.vote else None,
        "ways": list(progress(state, proposal, shown.text)) if proposal else [],
        "enough_then": _enough_then(state, proposal, shown.text) if proposal else None,
        "seconders": sorted(seconders_of(state, proposal, shown.text)) if proposal else (),
        "others_seconded": [
            s for _, s in sorted(proposal.seconders.items()) if s.version != shown.text
        ]
        if proposal
        else [],
        "late": tuple(came_late(state, proposal)) if proposal else (),
        "i_am_late": (mine := state.membership.members.get(me)) is not None
        and proposal is not None
        and convention is not None
        and not counts_for_the_share(convention, mine),
        "can_second": bool(me)
        and second.allowed(state, second.Second(number, shown.text), probe) is None,
        "itself": {"proposal": number},
        "seconding": {"proposal": number, "version": shown.text},
        "have_seconded": bool(proposal and me in proposal.seconders),
        "refusals": refusals(state, found, me, request.time),
        "may": may_do(state, number, shown, me, request.time),
        "can_revise": found.author == me
        and not found.refused
        and not isinstance(own(state, number, me, "bulletin.closes"), Refusal)
        and not isinstance(open_for(state, request.time, more=more), Refusal),
        "task": state.followup.tasks.get(number),
        "can_report": may_report(state, number, me),
        "can_answer": convention is not None
        and proposal is not None
        and proposal.admission is not None
        and proposal.answer is None
        and holds(state, me, convention.rules.proposals.answer_from),
        "answer_from": convention.rules.proposals.answer_from if convention else "",
        "replies": rows(state, replies),
        "sentences": sentences_changed(state.rules, shown.changes),
        "rules": rules_changed(state.rules, shown.changes),
        "difference": _difference(request, found),
    }
    context["can_find"] = (
        found.author == me
        and proposal is not None
        and proposal.admission is None
        and not isinstance(seeking_seconders(state, number, request.time), Refusal)
    )
    asked = context["may"]
    context["can"] = any(context[what] for what in _CAN) or asked.refuse or asked.reply
    names.remember(state, [found.author, *(s.id for s in context["seconders"])])
    return render(request, "bulletin/contribution.html", context)


_CAN = ("can_second", "have_seconded", "can_find", "can_revise", "can_report", "can_answer")
"""What makes a page say what whoever looks can do, beside refusing it and replying to it."""


def _version(request: HttpRequest, found: Contribution, state: State):
    """The version asked for, else the admitted one, else the latest."""
    wanted = whole_number(request.GET.get("version", ""), 1, len(found.versions))
    if wanted is not None:
        return found.versions[wanted - 1]
    proposal = state.proposals.proposals.get(found.number)
    if proposal is not None and proposal.admission is not None:
        for version in found.versions:
            if version.text == proposal.admission.version:
                return version
    return found.latest


def _difference(request: HttpRequest, found: Contribution) -> str:
    """The change from the version before, if it is asked for."""
    wanted = whole_number(request.GET.get("compare", ""), 2, len(found.versions))
    if wanted is None:
        return ""
    old, new = found.versions[wanted - 2], found.versions[wanted - 1]
    texts = keeping.texts([old.text, new.text], erased)
    if any(text.trouble for text in texts.values()):
        return ""
    return change.to_html(texts[old.text].markdown, texts[new.text].markdown)


def _enough_then(state: State, proposal: Proposal, version: str) -> Admission | None:
    """How this version was admitted, where the same names would not be enough today: somebody has
    left their seat, or there are more members."""
    admission = proposal.admission
    if admission is None or admission.version != version:
        return None
    now = {step.way: step.reached >= step.needed for step in progress(state, proposal, version)}
    return None if now.get(admission.way) else admission


def hand_in(request: HttpRequest) -> HttpResponse:
    """The form for a contribution; it is posted to the act."""
    state: State = request.state
    revised = _revised(request)
    proposal = state.proposals.proposals.get(revised.number) if revised else None
    closed = open_for(state, request.time, more=proposal.more_time if proposal else 0)
    context = {
        "section": "bulletin",
        "closed": closed if isinstance(closed, Refusal) else None,
        "kind": request.GET.get("kind", "proposal"),
        "about": request.GET.get("about", ""),
        "revises": revised.number if revised else "",
        "earlier": _as_handed_in(revised.latest.text) if revised else None,
        "rules": rule_lines(revised.latest.changes) if revised else "",
        "kinds": [(name, name.capitalize()) for name in KINDS],
    }
    return render(request, "bulletin/hand_in.html", context)


def _as_handed_in(text: str) -> keeping.Text | None:
    """The text, to be written on; None where the server has it no more, or another."""
    found = keeping.texts([text], erased)[text]
    return None if found.trouble else found


def _revised(request: HttpRequest) -> Contribution | None:
    """The contribution of their own of which somebody hands in a new version."""
    number = request.GET.get("revises", "")
    if not re.fullmatch(r"[0-9]{1,9}", number):
        return None
    found = request.state.bulletin.contributions.get(int(number))
    return found if found is not None and found.author == request.member else None


@dataclass(frozen=True, slots=True)
class OfBranch:
    """A branch, its members, how many of them can be written to, how many have seconded."""

    branch: Branch
    members: int
    reachable: int
    seconded: int
    asked: bool
    asking: dict[str, object]


def seconders(request: HttpRequest, number: int) -> HttpResponse:
    """Who could second: branches, and how many of their members can be written to."""
    state: State = request.state
    found = state.bulletin.contributions.get(number)
    proposal = state.proposals.proposals.get(number)
    if found is None or proposal is None:
        raise Http404(f"There is no proposal {number}.")
    convention = state.floor.conventions[found.convention]
    asked = {request_.branch for request_ in proposal.requests}
    members = counted(state.membership)
    have = Counter(state.membership.members[member].branch for member in proposal.seconders)
    branches = [
        OfBranch(
            branch,
            members.standing[code],
            members.reachable[code],
            have[code],
            code in asked,
            {"proposal": number, "branch": code},
        )
        for code, branch in sorted(state.membership.branches.items(), key=lambda b: b[1].name)
    ]
    context = {
        "section": "bulletin",
        "c": found,
        "ways": list(progress(state, proposal, found.latest.text)),
        "opened": convention.dates.bulletin_opens,
        "new_members": convention.rules.proposals.seconds.new_members,
        "branches": branches,
        "mine": found.author == request.member,
    }
    return render(request, "bulletin/seconders.html", context)


def came_late(state: State, proposal: Proposal) -> Iterator[str]:
    """Whose name under the proposal does not count for the share of the members."""
    convention = state.floor.conventions[state.bulletin.contributions[proposal.number].convention]
    for member in proposal.seconders:
        if not counts_for_the_share(convention, state.membership.members[member]):
            yield member


def issue(request: HttpRequest, convention: int, number: int) -> HttpResponse:
    """An issue: proposals apart from reports, each with its present state."""
    state: State = request.state
    found = _issue(state, convention, number)
    order = list(KINDS)
    every = carried(state, found)
    every.sort(key=lambda one: (order.index(one[0].kind), one[0].number))
    page = Paginator(every, ISSUE_PAGE).get_page(request.GET.get("page"))
    groups = _groups(state, list(page.object_list))
    pdf = f"/bulletin/issue/{convention}/{number}.pdf"
    context = {"section": "bulletin", "issue": found, "groups": groups, "page": page, "pdf": pdf}
    return render(request, "bulletin/issue.html", context)


def issue_pdf(request: HttpRequest, convention: int, number: int) -> HttpResponse:
    """The issue in print."""
    state: State = request.state
    found = _issue(state, convention, number)
    name = f"bulletin-{convention}-{number}.pdf"
    return printed(request, partial(_in_print, state, found), typeset.pdf, name)


def _in_print(state: State, found: Issue) -> typeset.Print:
    texts = keeping.texts(found.versions, erased)
    sections = tuple(
        typeset.Section(title, tuple(_piece(state, row, texts) for row in group))
        for title, group in _groups(state, carried(state, found))
    )
    organisation = state.rules.organisation
    return typeset.Print(
        organisation=organisation.name,
        title=f"{organisation.words.bulletin.capitalize()} {found.number}",
        subtitle=f"The record at entry {found.entry}",
        time=found.time,
        sections=sections,
    )


def carried(state: State, issue: Issue) -> list[tuple[Contribution, str]]:
    """The contributions with the versions that the issue carried: a later one changes nothing of
    it. One of which several versions had to be printed is there several times."""
    every = state.bulletin.contributions
    return [(every[n], text) for n, text in zip(issue.contributions, issue.versions, strict=True)]


def _piece(state: State, row: Row, texts: dict[str, keeping.Text]) -> typeset.Piece:
    c, text = row.contribution, texts[row.text]
    later = "; a later version stands on its page" if row.newer else ""
    branch = state.membership.branches[c.branch].name
    return typeset.Piece(
        title=text.title or "Without a title",
        kicker=f"{c.kind.upper()} {c.number}"
        + (f", VERSION {row.version}" if row.version is not None else ""),
        byline=f"{names.name_of(state, c.author)}, {branch} · {status(state, c).sentence}{later}",
        markdown=text.markdown,
    )


def _issue(state: State, convention: int, number: int) -> Issue:
    for found in state.bulletin.issues:
        if (found.convention, found.number) == (convention, number):
            return found
    raise Http404("There is no such issue.")


def _groups(state: State, printed: list[tuple[Contribution, str]]) -> list[tuple[str, list[Row]]]:
    every = printed_rows(state, printed)
    return [
        (title, group)
        for kind, title in KINDS.items()
        if (group := [row for row in every if row.contribution.kind == kind])
    ]
