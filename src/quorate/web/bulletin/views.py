"""The bulletin's pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.chapters.bulletin.clock import open_for
from quorate.chapters.bulletin.remembers import Contribution, Issue
from quorate.chapters.bulletin.standing import own
from quorate.chapters.clause import Occasion, Refusal
from quorate.chapters.followup.tasks import may_report
from quorate.chapters.proposals import second
from quorate.chapters.proposals.ways import progress, seconders_of
from quorate.chapters.rights import holds
from quorate.chapters.state import State
from quorate.rulebook.amending import rule_at
from quorate.rulebook.reading import tables_of
from quorate.store import keeping
from quorate.texts import change, typeset
from quorate.web import names
from quorate.web.bulletin.path import item_of, path, status
from quorate.web.bulletin.search import search
from quorate.web.membership.counted import counted

KINDS = {
    "proposal": "Proposals",
    "amendment": "Amendments",
    "perspective": "Perspectives",
    "report": "Branch reports",
    "reply": "Replies",
}
PAGE, ISSUE_PAGE = 50, 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of contributions."""

    contribution: Contribution
    status: str


def rows(state: State, contributions: list[Contribution]) -> list[Row]:
    """The lines, with names and titles read at once."""
    names.remember(state, [c.author for c in contributions])
    names.remember_titles(c.latest.text for c in contributions)
    return [Row(c, status(state, c).word) for c in contributions]


def overview(request: HttpRequest) -> HttpResponse:
    """Every contribution, to be searched and narrowed down."""
    state: State = request.state
    words, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    standing, branch = request.GET.get("state", ""), request.GET.get("branch", "")
    found = search(state, words, kind=kind, standing=standing, branch=branch)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    counts = Counter[str](c.kind for c in state.bulletin.contributions.values())
    context = {
        "section": "bulletin",
        "rows": rows(state, list(page.object_list)),
        "page": page,
        "query": "&" + urlencode({"kind": kind, "state": standing, "branch": branch, "q": words}),
        "found": len(found),
        "words_asked": words,
        "kind": kind,
        "standing": standing,
        "kinds": [(name, title, counts[name]) for name, title in KINDS.items()],
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
    context = {
        "section": "bulletin",
        "c": found,
        "shown": shown,
        "status": status(state, found),
        "path": path(state, found, request.time) if proposal else (),
        "proposal": proposal,
        "item": item,
        "vote": state.floor.votes.get(item.vote) if item and item.vote else None,
        "ways": list(progress(state, proposal, shown.text)) if proposal else [],
        "seconders": seconders_of(state, proposal, shown.text) if proposal else (),
        "others_seconded": [
            s for _, s in sorted(proposal.seconders.items()) if s.version != shown.text
        ]
        if proposal
        else [],
        "can_second": bool(me)
        and second.allowed(state, second.Second(number, shown.text), probe) is None,
        "have_seconded": bool(proposal and me in proposal.seconders),
        "mine": found.author == me,
        "can_revise": found.author == me
        and not isinstance(own(state, number, me, "bulletin.closes"), Refusal)
        and not isinstance(open_for(state, request.time), Refusal),
        "task": state.followup.tasks.get(number),
        "can_report": may_report(state, number, me),
        "can_refuse": convention is not None
        and number in state.bulletin.unprinted
        and found.refusal is None
        and holds(state, me, convention.rules.bulletin.refused_by),
        "can_judge": convention is not None
        and found.refusal is not None
        and found.refusal.appeal is not None
        and found.refusal.appeal.decision is None
        and holds(state, me, convention.rules.bulletin.appeal_to),
        "can_answer": convention is not None
        and proposal is not None
        and proposal.admission is not None
        and proposal.answer is None
        and holds(state, me, convention.rules.proposals.answer_from),
        "answer_from": convention.rules.proposals.answer_from if convention else "",
        "reason": convention.rules.bulletin.refusal_reasons.get(found.refusal.reason, "")
        if convention and found.refusal
        else "",
        "reasons": convention.rules.bulletin.refusal_reasons if convention else {},
        "replies": rows(state, replies),
        "changes": _changes(state, shown),
        "difference": _difference(request, found),
    }
    names.remember(state, [found.author, *(s.member for s in context["seconders"])])
    return render(request, "bulletin/contribution.html", context)


def _version(request: HttpRequest, found: Contribution, state: State):
    """The version asked for, else the admitted one, else the latest."""
    wanted = request.GET.get("version", "")
    if wanted.isdigit() and 1 <= int(wanted) <= len(found.versions):
        return found.versions[int(wanted) - 1]
    proposal = state.proposals.proposals.get(found.number)
    if proposal is not None and proposal.admission is not None:
        for version in found.versions:
            if version.text == proposal.admission.version:
                return version
    return found.latest


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A change of the rulebook: what the rule says now, and what it would say."""

    path: str
    now: str
    then: str


def _changes(state: State, version) -> list[RuleChange]:
    tables = tables_of(state.rules)
    changes = [
        RuleChange(c.path, _said(rule_at(tables, c.path)), _said(c.value)) for c in version.changes
    ]
    return [change for change in changes if change.now != change.then]


def _said(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _difference(request: HttpRequest, found: Contribution) -> str:
    """The change from the version before, if it is asked for."""
    wanted = request.GET.get("compare", "")
    if not wanted.isdigit() or not 2 <= int(wanted) <= len(found.versions):
        return ""
    old, new = found.versions[int(wanted) - 2], found.versions[int(wanted) - 1]
    texts = keeping.texts([old.text, new.text])
    if len(texts) < 2:
        return ""
    return change.to_html(texts[old.text].markdown, texts[new.text].markdown)


def hand_in(request: HttpRequest) -> HttpResponse:
    """The form for a contribution; it is posted to the act."""
    state: State = request.state
    closed = open_for(state, request.time)
    context = {
        "section": "bulletin",
        "closed": closed if isinstance(closed, Refusal) else None,
        "kind": request.GET.get("kind", "proposal"),
        "about": request.GET.get("about", ""),
        "revises": request.GET.get("revises", ""),
        "kinds": [(name, title.removesuffix("s")) for name, title in KINDS.items()],
    }
    return render(request, "bulletin/hand_in.html", context)


def seconders(request: HttpRequest, number: int) -> HttpResponse:
    """Who could second: branches, and how many of their members can be written to."""
    state: State = request.state
    found = state.bulletin.contributions.get(number)
    proposal = state.proposals.proposals.get(number)
    if found is None or proposal is None:
        raise Http404(f"There is no proposal {number}.")
    asked = {request_.branch for request_ in proposal.requests}
    members = counted(state.membership)
    have = Counter(s.branch for s in proposal.seconders.values())
    branches = [
        (branch, members.standing[code], members.reachable[code], have[code], code in asked)
        for code, branch in sorted(state.membership.branches.items(), key=lambda b: b[1].name)
    ]
    context = {
        "section": "bulletin",
        "c": found,
        "ways": list(progress(state, proposal, found.latest.text)),
        "branches": branches,
        "mine": found.author == request.member,
    }
    return render(request, "bulletin/seconders.html", context)


def issue(request: HttpRequest, convention: int, number: int) -> HttpResponse:
    """An issue: proposals apart from reports, each with its present state."""
    state: State = request.state
    found = _issue(state, convention, number)
    order = list(KINDS)
    every = [state.bulletin.contributions[n] for n in found.contributions]
    every.sort(key=lambda c: (order.index(c.kind), c.number))
    page = Paginator(every, ISSUE_PAGE).get_page(request.GET.get("page"))
    groups = _groups(state, list(page.object_list))
    context = {"section": "bulletin", "issue": found, "groups": groups, "page": page}
    return render(request, "bulletin/issue.html", context)


def issue_pdf(request: HttpRequest, convention: int, number: int) -> HttpResponse:
    """The issue in print."""
    state: State = request.state
    found = _issue(state, convention, number)
    every = [state.bulletin.contributions[n] for n in found.contributions]
    texts = keeping.texts(c.latest.text for c in every)
    sections = tuple(
        typeset.Section(title, tuple(_piece(state, row.contribution, texts) for row in group))
        for title, group in _groups(state, every)
    )
    organisation = state.rules.organisation
    data = typeset.pdf(
        typeset.Print(
            organisation=organisation.name,
            title=f"{organisation.words.bulletin.capitalize()} {found.number}",
            subtitle=f"The record at entry {found.entry}",
            time=found.time,
            sections=sections,
        )
    )
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bulletin-{convention}-{number}.pdf"'
    return response


def _piece(state: State, c: Contribution, texts: dict[str, keeping.Text]) -> typeset.Piece:
    text = texts.get(c.latest.text)
    branch = state.membership.branches[c.branch].name
    return typeset.Piece(
        title=(text.title if text else keeping.ERASED) or "Without a title",
        kicker=f"{c.kind.upper()} {c.number}",
        byline=f"{names.name_of(state, c.author)}, {branch} · {status(state, c).sentence}",
        markdown=text.markdown if text else "This text has been erased.",
    )


def _issue(state: State, convention: int, number: int) -> Issue:
    for found in state.bulletin.issues:
        if (found.convention, found.number) == (convention, number):
            return found
    raise Http404("There is no such issue.")


def _groups(state: State, contributions: list[Contribution]) -> list[tuple[str, list[Row]]]:
    every = rows(state, contributions)
    return [
        (title, group)
        for kind, title in KINDS.items()
        if (group := [row for row in every if row.contribution.kind == kind])
    ]
