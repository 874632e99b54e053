"""A right that ends, ends in every server process with the next act."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from quorate.rulebook.reading import preset
from support.serving import served
from support.union import Union, founded

TOKEN = "a token of a test, long enough to be one"


@pytest.fixture
def made(tmp_path: Path) -> Union:
    """A union whose Northgate has a secretary, Ruth; Piotr and Tomas lead it, and a suspension
    takes effect at once."""
    rules = tmp_path / "at-once.toml"
    text = preset("open-convention")
    rules.write_text(text.replace("suspension_after = 14", "suspension_after = 0"), "utf-8")
    return founded(tmp_path / "org", rules=str(rules))


def give_token(folder: Path, member: str) -> None:
    """Puts a token of the member into the database, as the page that makes tokens does."""
    program = (
        "import sys; from pathlib import Path; from quorate.cli.opening import set_up\n"
        "set_up(Path(sys.argv[1]))\n"
        "import hashlib; from quorate.store.models import ApiToken\n"
        "d = hashlib.sha256((sys.argv[3] + sys.argv[2]).encode()).hexdigest()\n"
        "ApiToken.objects.create(digest=d, member=sys.argv[2], name='test')\n"
    )
    subprocess.run([sys.executable, "-c", program, folder, member, TOKEN], check=True, timeout=60)


def act(address: str, by: str, name: str, **fields: object) -> tuple[int, dict[str, object]]:
    """What one server answers the member's program."""
    request = urllib.request.Request(
        f"{address}/api/acts",
        json.dumps({"act": name, "fields": fields}).encode(),
        {"Authorization": f"Bearer {TOKEN}{by}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def admit(address: str, by: str, number: int) -> int:
    person = {"name": f"New {number}", "email": f"new{number}@example.org"}
    member = f"m-{'abcdefghij'[number] * 16}"
    return act(address, by, "membership.admit", member=member, branch="NG", person=person)[0]


def test_a_right_ends_in_every_process_with_the_next_act(made: Union) -> None:
    ruth, piotr, tomas = (made.members[name] for name in ("ruth", "piotr", "tomas"))
    for member in (ruth, piotr, tomas, made.members["grace"]):
        give_token(made.folder, member)
    with served(made.folder) as one, served(made.folder) as other:
        # Transfer: done at one server, gone at both.
        assert admit(one, ruth, 1) == 201
        assert admit(other, ruth, 2) == 201
        assert act(one, ruth, "membership.transfer", branch="SG")[0] == 201
        assert admit(other, ruth, 3) == 409
        assert admit(one, ruth, 4) == 409

        # Suspension: said at each server, in force at both with the next act.
        grace = made.members["grace"]
        assert act(other, grace, "membership.be_reachable", yes=True)[0] == 201
        status, said = act(other, piotr, "membership.suspend", member=grace, reason="For a test.")
        assert status == 201, said
        for address in (one, other):
            status, said = act(address, grace, "membership.be_reachable", yes=False)
            assert status == 409, said
            assert "suspended" in str(said)

        # Laying down an office, and resigning.
        assert act(one, piotr, "offices.lay_down", office="credentials-committee")[0] == 201
        status, _ = act(other, piotr, "membership.suspend", member=ruth, reason="Again.")
        assert status == 409
        assert act(other, piotr, "membership.resign")[0] == 201
        status, said = act(one, piotr, "membership.be_reachable", yes=True)
        assert status == 409
        assert "resigned" in str(said)


def test_a_recall_ends_an_office_in_every_process(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    text = preset("closed-slate")
    changed = text.replace('admission = "branch-secretary"', 'admission = "regional-organiser"')
    assert changed != text
    rules.write_text(changed, "utf-8")
    made = founded(tmp_path / "org", rules=str(rules))
    grace, piotr, tomas = (made.members[name] for name in ("grace", "piotr", "tomas"))
    for member in (grace, piotr, tomas):
        give_token(made.folder, member)
    with served(made.folder) as one, served(made.folder) as other:
        assert admit(one, grace, 1) == 201
        office = {"office": "regional-organiser", "place": "NO", "member": grace}
        assert act(one, piotr, "offices.recall", reason="For a test.", **office)[0] == 201
        assert admit(other, grace, 2) == 201, "one of two is not more than half"
        assert act(other, tomas, "offices.recall", reason="For a test.", **office)[0] == 201
        assert admit(one, grace, 3) == 409
        assert admit(other, grace, 3) == 409
