"""What a restore puts aside: the folder that was there, beside the one that takes its place."""

from __future__ import annotations

import time
from pathlib import Path

from quorate.chapters.calendar import DAY

_ASIDE = ".before-"
_WHEN = "%Y%m%d-%H%M%S"


def name_for(folder: Path) -> Path:
    """Where what stands in the folder now is put aside."""
    return folder.with_name(f"{folder.name}{_ASIDE}{time.strftime(_WHEN)}")


def put_aside(folder: Path) -> list[tuple[int, Path]]:
    """What was put aside for this folder and is still there, and when (ms); the oldest first."""
    folder = folder.resolve()
    found = []
    for path in folder.parent.iterdir():
        name, _, when = path.name.rpartition(_ASIDE)
        if name == folder.name and path.is_dir() and (then := _read(when)) is not None:
            found.append((then, path))
    return sorted(found)


def too_old(folder: Path, days: int, now: int) -> list[Path]:
    """What was put aside more than so many days before ``now`` (ms), the oldest first."""
    return [path for then, path in put_aside(folder) if now - then > days * DAY]


def _read(when: str) -> int | None:
    """The moment in ms, if it is one."""
    try:
        return int(time.mktime(time.strptime(when, _WHEN)) * 1000)
    except (ValueError, OverflowError):
        return None
