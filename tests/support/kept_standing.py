"""A server's start, stop and reading again, in a process of its own: python kept_standing.py FOLDER
STEP. Says one JSON object.

    keep       what stands is kept, as a server that stops does; how many entries it is over
    start      how many entries a start takes from the snapshot, the digest of the state that it
               comes to, the root of its tree, and what it says
    reread     what reading again finds that was not replayed, "" for nothing
"""

import json
import logging
import sys
from pathlib import Path
from typing import Any

from quorate.cli.opening import open_organisation
from quorate.record.state_digest import digest


class Heard(logging.Handler):
    """What is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def keep(lane: Any) -> dict[str, Any]:
    from quorate.store import standing_kept

    standing = lane.now()
    return {"kept": standing_kept.keep(lane.place, standing, lane.leaves), "size": size_of(lane)}


def size_of(lane: Any) -> int:
    from quorate.store import standing_kept

    return standing_kept.kept_size(lane.place)


def start(lane: Any) -> dict[str, Any]:
    from quorate.store.following import BrokenRecord

    heard = Heard()
    logging.getLogger("quorate.snapshot").addHandler(heard)
    try:
        standing = lane.now()
    except BrokenRecord as broken:
        return {"broken": str(broken), "said": heard.said}
    size = standing.state.size
    return {
        "from": lane.started_from,
        "size": size,
        "digest": digest(standing.state),
        "same_tree": lane.leaves.until(size).root_of(0, size) == standing.tree.root(),
        "said": heard.said,
    }


def reread(lane: Any) -> dict[str, Any]:
    from quorate.store import rereading
    from quorate.store.following import BrokenRecord

    lane.now()
    try:
        rereading.reread(lane.leaves.until(lane.started_from), lane.started_from)
    except BrokenRecord as broken:
        return {"found": str(broken)}
    return {"found": ""}


def main() -> None:
    folder, step = Path(sys.argv[1]), sys.argv[2]
    print(
        json.dumps(
            {"keep": keep, "start": start, "reread": reread}[step](open_organisation(folder))
        )
    )


main()
