"""What restoring a backup would lose, in plain words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quorate.chapters.plain import counted, listed, on

if TYPE_CHECKING:
    from quorate.store.losses import Losses

_TROUBLES = {
    "unreachable": "did not answer",
    "unknown": "does not know this record",
    "false": "answered with something that it did not sign",
    "refuses": "would not say",
    "disagrees": "has seen another history",
}


def losses_in_words(losses: Losses) -> Iterator[str]:
    """Sentences: what is in the place, what others have seen, what it comes to."""
    yield f"The record would end with entry {losses.kept - 1:,}."
    if beyond := losses.beyond:
        number = beyond.last - beyond.first + 1
        which = (
            f"entry {beyond.first:,}, recorded {on(beyond.since)}"
            if number == 1
            else f"entries {beyond.first:,} to {beyond.last:,}, recorded {on(beyond.since)} to "
            f"{on(beyond.until)}"
        )
        acts = [f"{count:,} × {name}" for name, count in sorted(beyond.acts.items())]
        yield f"LOST: the place holds {which}: {listed(acts, 8)}."
        if not losses.other:
            yield (
                "None of them need be lost: export them first (quorate export DIR NEWER "
                "--with-people) and restore with --newer NEWER."
            )
        if beyond.erased:
            yield (
                f"They erase {counted(len(beyond.erased), 'personal sheet')}, which will not be "
                "brought back; that they were erased would not stand in the record any more."
            )
    if losses.unreadable:
        yield (
            "What the place holds cannot be read, so what it has more cannot be told: "
            f"{losses.unreadable}"
        )
    for saw in losses.witnesses:
        if saw.size > losses.kept:
            yield (
                f"LOST: the witness {saw.name} has cosigned {saw.size:,} entries, and will cosign "
                "nothing shorter: it will say that it was shown another record."
            )
        elif saw.trouble:
            yield f"The witness {saw.name} {_TROUBLES[saw.trouble]}: what it has seen is not known."
    for size in losses.seen:
        yield f"LOST: somebody has kept a signed checkpoint of {size:,} entries."
    for sentence in losses.other:
        yield f"ANOTHER HISTORY: {sentence}"
    if losses.entries:
        yield f"In all {counted(losses.entries, 'entry', 'entries')} would be lost."
    elif losses.certain:
        yield "No entry would be lost, as far as the place and the witnesses know."


def losses_as_json(losses: Losses) -> dict[str, Any]:
    """The same as JSON values."""
    beyond = losses.beyond
    return {
        "kept": losses.kept,
        "lost": losses.entries,
        "place": None
        if beyond is None
        else {
            "first": beyond.first,
            "last": beyond.last,
            "since": beyond.since,
            "until": beyond.until,
            "acts": beyond.acts,
            "erased": len(beyond.erased),
        },
        "unreadable": losses.unreadable,
        "witnesses": [
            {"name": saw.name, "size": saw.size, "trouble": saw.trouble} for saw in losses.witnesses
        ],
        "seen": losses.seen,
        "other_histories": losses.other,
    }
