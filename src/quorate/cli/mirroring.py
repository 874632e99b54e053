"""`quorate mirror`: keeping every act of an organisation's record, on another machine."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Annotated

import typer

from quorate import __version__
from quorate.cli.checking import read_key
from quorate.cli.saying import as_json, err, out, refused, wrong_call
from quorate.record import mirroring, note
from quorate.record.mirroring import AnotherRecord, Fetch, NotReached, NotServed
from quorate.web.secret.scripts import differences

SECONDS = 30
HOUR = 3600
MOST = 20_000_000
"""Bytes of an answer: a bundle has 256 entries of 65,535 bytes at most."""


def mirror(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder for the mirror.")],
    address: Annotated[
        str, typer.Argument(metavar="URL", help="The organisation's, such as https://q.example.org")
    ],
    key: Annotated[
        list[str],
        typer.Option(
            help="The record's public key, from somebody you trust; or its file. Given several "
            "times, all have to have signed."
        ),
    ],
    token: Annotated[
        str, typer.Option(help="A member's token, where only members read.", envvar="QUORATE_TOKEN")
    ] = "",
    every: Annotated[int, typer.Option(help="Seconds between two looks.", min=1)] = 60,
    once: Annotated[bool, typer.Option("--once", help="Look once, and end.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Keeps every act, and refuses what does not continue what it has kept. Says, at first and then
    every hour, where the scripts that the server gives out are not those of this command's version.

    Any web server can serve the folder on, in the format C2SP tlog-tiles. Texts are not in it.
    """
    try:
        kept = mirroring.open_mirror(folder, read_key(key))
    except note.BadNote as error:
        wrong_call(f"The key cannot be used: {error}.", as_object=json)
    except AnotherRecord as error:
        refused(str(error), as_object={"error": str(error)} if json else None)
    except OSError as error:
        wrong_call(f"{error.filename}: {error.strerror}", as_object=json)
    fetch = fetching(address.rstrip("/"), token)
    looked = -HOUR
    while True:
        if (now := int(time.monotonic())) >= looked + HOUR:
            looked = now
            _say_of_scripts(fetch)
        before, changed = kept.kept.size, kept.changed
        try:
            size = kept.follow(fetch).size
        except AnotherRecord as error:
            said = f"ANOTHER RECORD: {error} Tell your branch, and the other witnesses."
            refused(said, as_object={"error": str(error)} if json else None)
        except (NotServed, OSError) as error:
            if once:
                refused(str(error), as_object={"error": str(error)} if json else None)
            err.print(f"Nothing was fetched: {error}", markup=False)
        else:
            if once and json:
                as_json({"entries": size, "new": size - before})
            elif once or size > before:
                out.print(
                    f"{size:,} entries are kept, {size - before:,} of them new.", markup=False
                )
        for place in kept.changed[len(changed) :]:
            err.print(
                f"The record's key was changed at entry {place:,}, and the old one signed that. "
                f"From now on start this mirror with --key '{kept.keys[0].text()}'",
                markup=False,
            )
        if once:
            return
        time.sleep(every)


def _say_of_scripts(fetch: Fetch) -> None:
    try:
        others = list(differences(fetch))
    except (NotServed, OSError) as error:
        others = [f"they cannot be compared: {error}"]
    if others:
        said = f"The server's scripts are not those of Quorate {__version__}: {'; '.join(others)}."
        err.print(f"{said} Has it another version? If not, warn its voters.", markup=False)


def fetching(address: str, token: str = "") -> Fetch:
    """Fetches what is below this address. ``token``: a member's, where only members read."""

    def fetch(path: str) -> bytes:
        request = urllib.request.Request(f"{address}/{path}")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                data: bytes = answer.read(MOST)
                return data
        except urllib.error.HTTPError as error:
            if error.code == 403:
                raise NotServed(
                    f"{path}: only members read it. Give a member's token with --token."
                ) from None
            raise NotServed(f"{path}: the server answers {error.code}") from None
        except (urllib.error.URLError, ValueError) as error:
            raise NotReached(f"{address} cannot be reached: {error}") from None

    return fetch
