"""What the script of a trustee's page is told, again and again: what is next, and all that it takes
to do it. Every part of it is public among trustees; nothing here touches a key."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from quorate.ballots.register import GROUP
from quorate.chapters.secret.remembers import Box, Register
from quorate.chapters.state import State
from quorate.web import names
from quorate.web.secret import box_lines, box_steps, steps
from quorate.web.secret.stating import result_to_state
from quorate.web.secret.views import lines, stating

_NOTHING = "Nothing waits for you now. Keep your file until the last of these votes is opened."


class Own(NamedTuple):
    """A trustee's page: of the register and of all boxes by it, or of one ``box``. ``place``: the
    trustee's, from 1."""

    register: Register
    place: int
    box: Box | None = None


class After(NamedTuple):
    """What is next on the page, and of which box, if it is of one."""

    next: steps.Next
    box: Box | None


def after(state: State, own: Own, now: int) -> After:
    """What the trustee does next: of their box; or of the register, then of the box that is most
    pressing."""
    if own.box is not None:
        return After(box_steps.next_of(state, own.box, own.place, now), own.box)
    found = steps.next_of(state, own.register, own.place)
    if found.step in ("over", "void"):
        pressing = box_steps.most_pressing(state, own.register, own.place, now)
        if pressing is not None:
            return After(pressing[1], pressing[0])
        if found.step == "over" and box_lines.of_register(state, own.register, now):
            return After(found._replace(said=_NOTHING), None)
    return After(found, None)


def shown(state: State, own: Own, now: int) -> dict[str, Any]:
    """How far it has come, for secret/how_far.html."""
    names.remember(state, [one.who for one in own.register.trustees])
    boxes = (
        box_lines.of_register(state, own.register, now)
        if own.box is None
        else [box_lines.shown(state, own.box, now)]
    )
    keys = () if boxes else lines(state, own.register, "")
    return {"lines": keys, "boxes": boxes, "own_place": own.place}


def answered(request: HttpRequest, own: Own) -> JsonResponse:
    """The answer to the script. ``ends``: there is nothing more to come on this page."""
    state: State = request.state
    now = request.time
    found = after(state, own, now)
    trustee = own.register.trustees[own.place - 1]
    over = found.next.step == "void" or (found.next.step == "over" and own.box is not None)
    answer = {
        "step": found.next.step,
        "said": found.next.said,
        "turn": found.next.turn,
        "ends": over,
        "group": GROUP.name,
        "size": len(own.register.trustees),
        "needed": own.register.rules.needed,
        "index": own.place,
        "key": trustee.key,
        "certificate": trustee.certificate,
        "voutput": trustee.voutput,
        "shown": render_to_string("secret/how_far.html", shown(state, own, now), request),
    }
    if found.box is not None:
        answer |= _of_box(state, found.box)
    else:
        answer |= _of_register(own.register)
    if not request.member or found.next.step not in ("roll", "result"):
        answer["stating"] = {}
    return JsonResponse(answer)


def _of_register(register: Register) -> dict[str, Any]:
    return {
        "fewest": register.rules.fewest_voters,
        "certificates": [one.certificate for one in register.trustees],
        "polynomials": [one.polynomial for one in register.trustees],
        "phi": register.phi,
        "before": register.last,
        "mix": register.mixes[-1].entry if register.mixes else None,
        "stating": stating(register),
    }


def _of_box(state: State, box: Box) -> dict[str, Any]:
    """``closing``, ``shuffle``: the entries by which it was closed, and last shuffled."""
    try:
        result = result_to_state(state, box)
    except LookupError:
        result = {}
    return {
        "election": box.election,
        "archive": f"/api/ballots/{box.election}/archive",
        "fewest": box.rules.fewest_ballots,
        "phi": box.phi,
        "before": box.last,
        "closing": box.heads[-1].entry if box.closed is not None else None,
        "shuffle": box.shuffles[-1].entry if box.shuffles else None,
        "stating": result,
    }
