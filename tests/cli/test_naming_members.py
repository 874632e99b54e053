"""`quorate act` names members as people do."""

from __future__ import annotations

import pytest

from support import forging
from support.command import quorate
from support.union import Union, union


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Union:
    made = union(tmp_path_factory.mktemp("naming") / "org")
    file = made.folder.parent / "more.csv"
    file.write_text("name,email,branch\nRuth Adeyemi,ruth2@example.org,SG\n", "utf-8")
    quorate("import", made.folder, "members", file)
    return made


def install(made: Union, office: str, member: str, *more: str, ok: bool = True) -> str:
    words = ("act", made.folder, "offices.install", f"office={office}", f"member={member}")
    done = quorate(*words, *more, "--json", check=False)
    assert done.returncode == (0 if ok else 2), done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if ok else done.stderr


def test_by_address_name_or_pseudonym(made: Union) -> None:
    install(made, "chair", "GRACE@example.org")
    install(made, "bulletin-editor", "piotr  novak")
    install(made, "branch-secretary", made.members["tomas"], "place=SG")
    out = made.folder.parent / "out"
    quorate("export", made.folder, out)
    entries = forging.read(out)
    installed = [e["body"]["member"] for e in entries if e["act"] == "offices.install"]
    assert installed == [made.members[name] for name in ("grace", "piotr", "tomas")]


def test_nobody_or_several_is_a_fault_of_the_field(made: Union) -> None:
    said = install(made, "chair", "nobody@example.org", ok=False)
    assert "member: No member has the address nobody@example.org." in said
    assert "member: No Ada Byron was found." in install(made, "chair", "Ada Byron", ok=False)
    said = install(made, "chair", "Ruth Adeyemi", ok=False)
    assert "member: There are several called Ruth Adeyemi." in said
    assert f"Northgate: {made.members['ruth']}" in said
    assert "Southgate: m-" in said


def test_whoever_acts_is_named_so_too(made: Union) -> None:
    words = ("act", made.folder, "membership.be_reachable", "yes=true", "--as")
    quorate(*words, "Tomas Lind")
    done = quorate(*words, "Ada Byron", check=False)
    assert done.returncode == 2
    assert "--as: No Ada Byron was found." in done.stderr
