"""The record in the open format C2SP tlog-tiles, for witnesses, mirrors and anyone's own program.

The checkpoint and the tiles of hashes are for anyone: they show nothing of what stands in the
record. Bundles of entries are for whoever reads the pages.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from quorate import base64_text
from quorate.record import tiles
from quorate.store import checkpoints, entries
from quorate.web.api.tokens import TokenOrSession
from quorate.web.lane import leaves
from quorate.web.reading import RULE

_YEAR = 365 * 24 * 60 * 60


def checkpoint(request: HttpRequest) -> HttpResponse:
    """The signed note over the whole record, with what witnesses have signed of it so far."""
    last = checkpoints.latest()
    if last is None:
        raise Http404("There is nothing in the record yet.")
    note = checkpoints.with_cosignatures(last)
    response = HttpResponse(note, content_type="text/plain; charset=utf-8")
    patch_cache_control(response, no_cache=True)
    return response


def continuation(request: HttpRequest, old: int, size: int) -> HttpResponse:
    """The proof that the record of ``size`` entries continues the one of ``old``: its hashes in
    base64, a line each."""
    if not 0 < old <= size <= request.state.size:
        raise Http404("There is no such record to continue.")
    proof = leaves().until(size).consistency(old, size)
    lines = "".join(f"{base64_text.write(node)}\n" for node in proof)
    response = HttpResponse(lines, content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=_YEAR, immutable=True)
    return response


def tile(request: HttpRequest, path: str) -> HttpResponse:
    """A tile of hashes or a bundle of entries. It stays as it is for ever."""
    size = request.state.size
    try:
        wanted = tiles.read_path(path)
    except tiles.BadTile as error:
        raise Http404(str(error)) from None
    if not tiles.is_of(wanted, size):
        raise Http404(f"The record has {size} entries: it has no tile {path} yet.")
    if wanted.level is not None:
        data = tiles.hashes(leaves().until(size), wanted)
    elif request.reads or TokenOrSession()(request) is not None:
        data = _bundle(wanted)
    else:
        said = f"Entries are read by members: sign in, or send a member's token. [{RULE}]\n"
        return HttpResponse(said, status=403, content_type="text/plain; charset=utf-8")
    response = HttpResponse(data, content_type="application/octet-stream")
    private = wanted.level is None
    patch_cache_control(
        response, public=not private, private=private, max_age=_YEAR, immutable=True
    )
    return response


def _bundle(wanted: tiles.Tile) -> bytes:
    found = entries.between(wanted.start, wanted.start + wanted.width)
    return tiles.bundle([data for _, data in found])
