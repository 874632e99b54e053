"""The scripts that pages load, and their one hash, which anybody can compare.

The manifest has a line for each script, in the order of their addresses: its SHA-256 in
hexadecimal, two spaces, its address below /static/, a newline. Its own SHA-256 is the hash that is
published. ``sha256sum --check`` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

STATIC = Path(__file__).parents[1] / "static"


class Manifest(NamedTuple):
    """``text``: as above; ``hash``: its SHA-256 in hexadecimal."""

    text: str
    hash: str


@cache
def manifest() -> Manifest:
    """Of the scripts that are installed here."""
    text = "".join(
        f"{sha256(file.read_bytes()).hexdigest()}  {file.relative_to(STATIC).as_posix()}\n"
        for file in _scripts(STATIC)
    )
    return Manifest(text, sha256(text.encode()).hexdigest())


def differences(fetch: Callable[[str], bytes]) -> Iterator[str]:
    """How the scripts that a server gives out differ from those that are installed here, each as a
    clause. ``fetch``: path below its address → what is there. Raises what that raises."""
    own = _listed(manifest().text)
    served = fetch("scripts").decode("utf-8", "replace")
    if served != manifest().text:
        yield "its list of scripts is another"
    for address in sorted(own.keys() | _listed(served).keys()):
        data = fetch(f"static/{address}")
        if address not in own:
            yield f"it has a script more, {address}"
        elif sha256(data).hexdigest() != own[address]:
            yield f"{address} is another"


def _listed(text: str) -> dict[str, str]:
    """Address → SHA-256, of what reads as a line of a manifest."""
    return {address: hash for hash, address in _LINE.findall(text)}


_LINE = re.compile(r"^([0-9a-f]{64})  ((?:[\w-]+/)*[\w-]+\.js)$", re.MULTILINE | re.ASCII)


@cache
def modules_of_the_booth() -> tuple[str, ...]:
    """The addresses below /static/ that a worker of the booth loads, to be loaded beforehand."""
    return tuple(file.relative_to(STATIC).as_posix() for file in _scripts(STATIC / "ballots"))


def _scripts(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.js"), key=lambda file: file.relative_to(STATIC).as_posix())
