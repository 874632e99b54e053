"""A small union made as a stranger would make it: by the command, from CSV files."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from quorate.rulebook.reading import preset
from support.command import quorate

REGIONS = "code,name\nNO,North\n"
BRANCHES = "code,name,region\nNG,Northgate,NO\nSG,Southgate,NO\n"
MEMBERS = """name,email,branch
Ruth Adeyemi,ruth@example.org,NG
Piotr Novak,piotr@example.org,NG
Grace Byrne,grace@example.org,SG
Tomas Lind,tomas@example.org,SG
"""


OFFICERS = """office,place,email
branch-secretary,NG,ruth@example.org
branch-secretary,SG,grace@example.org
regional-organiser,NO,grace@example.org
bulletin-editor,,ruth@example.org
chair,,grace@example.org
credentials-committee,,piotr@example.org
steering-committee,,piotr@example.org
steering-committee,,tomas@example.org
"""


@dataclass(frozen=True, slots=True)
class Union:
    """``members``: first name in small letters → pseudonym."""

    folder: Path
    members: dict[str, str]

    def set(self, **settings: str) -> None:
        """Adds settings to quorate.toml."""
        with (self.folder / "quorate.toml").open("a", encoding="utf-8") as file:
            for name, value in settings.items():
                file.write(f'{name} = "{value}"\n')


def union(folder: Path, *more: object, rules: str = "open-convention") -> Union:
    """The union in a new folder: two branches, four members, the founding under way."""
    quorate("new", folder, "--rules", rules, *more)
    made: list[dict[str, str]] = []
    for kind, text in (("regions", REGIONS), ("branches", BRANCHES), ("members", MEMBERS)):
        file = folder.parent / f"{kind}.csv"
        file.write_text(text, "utf-8")
        made = json.loads(quorate("import", folder, kind, file, "--json").stdout)["made"]
    return Union(folder, {m["name"].split()[0].lower(): m["member"] for m in made})


def founded(folder: Path, *more: object, rules: str = "open-convention") -> Union:
    """The union with its first officers, its founding complete. Where nothing more is asked for,
    it is a copy of one that was made once."""
    known = Path(rules).read_text("utf-8") if rules.endswith(".toml") else preset(rules)
    if more:
        return _founded(folder, *more, rules=rules, known=known)
    made = _made_once(known)
    shutil.copytree(made.folder, folder)
    return replace(made, folder=folder)


@cache
def _made_once(known: str) -> Union:
    place = Path(tempfile.mkdtemp(prefix="quorate-union-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    rules = place / "rules.toml"
    rules.write_text(known, "utf-8")
    return _founded(place / "org", rules=str(rules), known=known)


def _founded(folder: Path, *more: object, rules: str, known: str) -> Union:
    made = union(folder, *more, rules=rules)
    officers = folder.parent / "officers.csv"
    lines = [line for line in OFFICERS.splitlines() if line.partition(",")[0] in f"office {known}"]
    officers.write_text("\n".join(lines), "utf-8")
    quorate("import", folder, "officers", officers)
    quorate("act", folder, "founding.complete")
    return made
