"""The pages of acting: a form for every act, and what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from quorate import organisation
from quorate.web import going_on
from quorate.web.acting import doing, filled, forms, signing, told
from quorate.web.acting.prepared import prepared
from quorate.web.acting.titles import TITLES
from quorate.web.lane import lane

_NOT_WRITTEN = ("csrfmiddlewaretoken", doing.KEY, "next", "filled", signing.FIELD, "filled_in")
"""What a form sends along that nobody has filled in."""


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, name: str) -> HttpResponse:
    """The form of an act; posted, the act is done, and answered."""
    if name not in TITLES:
        raise Http404(f"There is no act called {name}.")
    person = request.member or request.former
    if person is None and told.wanted(request):
        return told.said(403, "You are not signed in any more. Sign in, and do it again.")
    if person is None:
        return render(request, "acting/sign_in_first.html", {"next": request.path}, status=403)
    if request.method == "GET":
        filled_in = prepared(request.state, name, person) | request.GET.dict()
        return _form(request, name, filled_in, {}, 200)
    try:
        own = signing.of_form(request)
        given = filled.given(name, request) if own is None else filled.Given(own[0], ())
    except filled.BadForm as error:
        return _misread(request, name, error.faults)
    except signing.BadSignature as error:
        return _misread(request, name, {"signature": str(error)})
    signed = None if own is None else own[1]
    key = request.POST.get(doing.KEY, "")
    answer = doing.do(name, given.fields, person, key=key, signed=signed)
    if told.wanted(request):
        return told.answered(answer)
    if isinstance(answer, doing.Done):
        messages.success(request, str(answer.entry), extra_tags=name)
        for note in given.notes:
            messages.info(request, note)
        return HttpResponseRedirect(going_on.wanted(request) or _done(name, answer.entry))
    if isinstance(answer, doing.Misread):
        return _form(request, name, request.POST, answer.faults, 422)
    status = 409 if isinstance(answer, doing.Refused) else 503
    if isinstance(answer, doing.Refused) and "filled" in request.POST:
        return _form(request, name, request.POST, {}, status, refused=answer)
    context = {
        "act": name,
        "called": TITLES[name],
        "refused": answer if isinstance(answer, doing.Refused) else None,
        "halted": answer if isinstance(answer, doing.Halted) else None,
        "given": [(k, v) for k, v in request.POST.items() if k not in _NOT_WRITTEN],
        "back": going_on.wanted(request) or "/",
    }
    return render(request, "acting/refused.html", context, status=status)


def _misread(request: HttpRequest, name: str, faults: dict[str, str]) -> HttpResponse:
    """The answer to a form that cannot be read."""
    if told.wanted(request):
        return told.answered(doing.Misread(faults))
    return _form(request, name, request.POST, faults, 422)


def _form(
    request: HttpRequest,
    name: str,
    given: dict[str, str],
    faults: dict[str, str],
    status: int,
    *,
    refused: doing.Refused | None = None,
) -> HttpResponse:
    """The form, empty or as it was filled in; with what is wrong, or why the rules refuse it."""
    linked = request.method == "GET"
    by = request.member or request.former or ""
    fields = forms.fields_of(request.state, name, given, faults, linked=linked, by=by)
    shown = {field.name for field in fields}
    context = {
        "act": name,
        "called": TITLES[name],
        "clause": organisation.CLAUSES[name],
        "fields": fields,
        "rules": [(rule, doing.rule_in_words(rule)) for rule in organisation.CLAUSES[name].rules],
        "refused": refused,
        "already": doing.KEY in faults,
        "other_faults": {k: v for k, v in faults.items() if k not in shown and k != doing.KEY},
        "next": given.get("next", ""),
    }
    return render(request, "acting/form.html", context, status=status)


def _done(name: str, entry: int) -> str:
    """Where what was done is seen: the contribution that was handed in, else the entry."""
    if name == "bulletin.hand_in":
        for number, contribution in lane().standing.state.bulletin.contributions.items():
            if contribution.versions[0].entry == entry:
                return f"/bulletin/{number}"
    return f"/record/{entry}"
