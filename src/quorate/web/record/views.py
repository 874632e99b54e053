"""The record: where it stands, any entry of it, receipts, how to check it."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from quorate import organisation
from quorate.record import entry as entries
from quorate.rulebook.weighty import IN_WORDS
from quorate.store import checkpoints
from quorate.store import entries as recorded
from quorate.store.models import RecordEntry
from quorate.store.receipts import NoEntry, receipt_for
from quorate.store.record_keys import in_force
from quorate.web.lane import lane, leaves
from quorate.web.record.erasing import may_go
from quorate.web.whole import whole_number

PAGE = 50


def overview(request: HttpRequest) -> HttpResponse:
    """The latest entries, the checkpoint, and how to check everything."""
    size = request.state.size
    wanted = whole_number(request.GET.get("before", ""))
    before = size if wanted is None else wanted
    shown = PAGE if request.reads else 0
    rows = RecordEntry.objects.filter(sequence__lt=before).order_by("-sequence")[:shown]
    last = checkpoints.latest()
    keys = in_force(lane().place, request.state)
    changes = request.state.keys.changes
    context = {
        "section": "more",
        "entries": [entries.read(bytes(row.data)) for row in rows],
        "earlier": before - PAGE if shown and before > PAGE else None,
        "checkpoint": last.note if last else "",
        "key": keys[0],
        "second": keys[1] if len(keys) > 1 else "",
        "change": changes[-1] if changes else None,
        "size": size,
        "deadlines": request.state.calendar.deadlines[:20],
    }
    return render(request, "record/overview.html", context)


def entry(request: HttpRequest, sequence: int) -> HttpResponse:
    """One entry, as it stands in the record."""
    data = _recorded(sequence)
    read = entries.read(data)
    context = {
        "section": "more",
        "entry": read,
        "weighty": read.name in (*IN_WORDS, "devices.vouch"),
        "lines": json.dumps(json.loads(data), ensure_ascii=False, indent=2),
        "bytes": data.decode(),
        "texts": may_go(request, organisation.documents_of(read.act)),
    }
    return render(request, "record/entry.html", context)


def receipt(request: HttpRequest, sequence: int) -> HttpResponse:
    """The receipt of an entry, as a file; whoever did the act gets what opens it, too."""
    own = entries.read(_recorded(sequence)).occasion.by == request.member
    try:
        text = receipt_for(lane().place, request.state, leaves(), sequence, own=own)
    except NoEntry as error:
        raise Http404(str(error)) from None
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipt-{sequence}.txt"'
    return response


def _recorded(sequence: int) -> bytes:
    """The entry's bytes. Raises Http404."""
    data = recorded.one(sequence) if sequence < 2**53 else None
    if data is None:
        raise Http404(f"There is no entry {sequence}.")
    return data
