"""`quorate ballots scripts`: are the scripts that a server gives out those of this version?"""

from __future__ import annotations

from typing import Annotated

import typer

from quorate.cli.saying import as_json, out, refused, wrong_call


def scripts(
    address: Annotated[
        str,
        typer.Argument(
            metavar="[ADDRESS]",
            help="A server's, such as https://q.example.org; none: what is here.",
        ),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Says the hash of the scripts of this version, with which people vote; and compares every
    script that a server gives out.

    Ends with 0 if they are the same, and with 1 if not: another version of Quorate has others; with
    2 where the server does not answer. A server can give others to some voters only, so it helps if
    many compare.
    """
    from quorate import __version__
    from quorate.cli.mirroring import fetching
    from quorate.record.mirroring import NotReached, NotServed
    from quorate.web.secret.scripts import differences, manifest

    own = manifest()
    told = {"version": __version__, "hash": own.hash, "scripts": own.text.count("\n")}
    others: list[str] = []
    try:
        others = list(differences(fetching(address.rstrip("/")))) if address else []
    except (NotReached, OSError) as error:
        wrong_call(f"{error}. Nothing is known of its scripts.", as_object=json)
    except NotServed as error:
        others = [str(error)]
    if others:
        why = f"NOT the scripts of Quorate {__version__}: {'; '.join(others)}."
        refused(why, as_object=told | {"same": False, "others": others} if json else None)
    if json:
        as_json(told | ({"same": True} if address else {}))
        return
    same = "The server gives out the same. " if address else ""
    out.print(
        f"{same}{told['scripts']} scripts of Quorate {__version__} have the hash {own.hash}.",
        markup=False,
    )
