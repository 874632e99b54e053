"""The organisation is founded by commands; then it rules itself, and is served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from quorate.rulebook.reading import read_rulebook
from support.command import quorate
from support.membership import members, officers
from support.small import BRANCHES
from support.story import Named, Story, table, told


@contextmanager
def founded(tmp_path: Path, rules: str, browser: Browser) -> Iterator[Story]:
    """The organisation is made, filled and given its first officers by commands; then it rules
    itself, and is served."""
    folder = tmp_path / "organisation"
    rulebook = tmp_path / "rules.toml"
    rulebook.write_text(rules, "utf-8")
    said = quorate("new", folder, "--rules", rulebook, "--origin", "story.example").stdout
    assert "story.example" in said
    regions = [
        {"code": r, "name": f"Region {r}"} for r in sorted({r for r, _ in BRANCHES.values()})
    ]
    branches = [
        {"code": code, "name": f"Branch {code}", "region": region}
        for code, (region, _) in BRANCHES.items()
    ]
    brought(tmp_path, folder, "regions", regions)
    brought(tmp_path, folder, "branches", branches)
    previewed(tmp_path, folder)
    made = brought(tmp_path, folder, "members", members())
    brought(tmp_path, folder, "officers", officers(read_rulebook(rules)))
    quorate("act", folder, "founding.complete")
    people = {
        row["member"]: Named(row["member"], row["name"], row["email"], row["branch"])
        for row in made
    }
    assert len(people) == 60
    with told(folder, people, browser) as story:
        yield story


def previewed(tmp_path: Path, folder: Path) -> None:
    """A file with two bad lines: each is named with its reason, and nothing is imported. Mended,
    the preview says what would be."""
    rows = members()
    rows[2] = rows[2] | {"branch": "Z9"}
    rows[7] = rows[7] | {"email": "nowhere"}
    file = tmp_path / "bad.csv"
    file.write_text(table(rows), "utf-8")
    done = quorate("import", folder, "members", file, check=False)
    assert done.returncode == 1
    assert "line 4: there is no branch Z9" in done.stderr
    assert "line 9: nowhere is no e-mail address" in done.stderr
    file.write_text(table(members()), "utf-8")
    preview = quorate("import", folder, "members", file, "--preview").stdout
    assert "60 can be imported" in preview


def brought(
    tmp_path: Path, folder: Path, kind: str, rows: list[dict[str, str]]
) -> list[dict[str, str]]:
    """Imported; what each line became."""
    file = tmp_path / f"{kind}.csv"
    file.write_text(table(rows), "utf-8")
    made = json.loads(quorate("import", folder, kind, file, "--json").stdout)["made"]
    assert len(made) == len(rows)
    return made
