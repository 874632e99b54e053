"""An organisation's server as a witness of another organisation's record."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from quorate.record import checkpoint, witness
from quorate.record.cosignature import read_cosigner
from quorate.record.witness_folder import hashed
from support.command import quorate
from support.serving import served
from support.waiting import until
from support.witness import made


def answer(address: str, body: bytes | None = None) -> tuple[int, str]:
    """Status and text."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body), timeout=20) as found:
            return found.status, found.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def organisation(folder: Path, settings: str = "") -> str:
    """A new one with a region and a branch; gives its public key."""
    quorate("new", folder, "--rules", "open-convention")
    quorate("act", folder, "membership.open_region", "code=R", "name=Riverside")
    with (folder / "quorate.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    return (folder / "record.vkey").read_text("utf-8").strip()


def test_one_organisation_is_a_witness_of_another(tmp_path: Path) -> None:
    key = organisation(tmp_path / "ours")
    organisation(tmp_path / "theirs", 'witness = "on"\n')
    keys = made(tmp_path / "theirs" / "witness", "dockers.example", key)
    with served(tmp_path / "theirs") as theirs:
        fields = [f"keys={json.dumps(keys)}", f"url={theirs}/witness", "organisation=Dockers"]
        quorate("act", tmp_path / "ours", "witnesses.name", "name=dockers", *fields)
        with served(tmp_path / "ours") as ours:
            until(lambda: "dockers.example" in answer(f"{ours}/checkpoint")[1])
            signed = answer(f"{ours}/checkpoint")[1]
        origin = checkpoint.read(signed).origin
        status, seen = answer(f"{theirs}/witness/{hashed(origin)}/checkpoint")
        assert (status, checkpoint.read(seen)) == (200, checkpoint.read(signed))
        assert origin in answer(f"{theirs}/record/witnesses")[1]
        assert read_cosigner(keys[0]).name in answer(f"{theirs}/record/witnesses")[1]
        asked = witness.write(0, (), signed)
        assert answer(f"{theirs}/witness/add-checkpoint", asked)[0] == 409, "it has seen more"
        assert answer(f"{theirs}/witness/add-checkpoint", b"nonsense")[0] == 400
        assert answer(f"{theirs}/witness/add-checkpoint")[0] == 405
        assert answer(f"{theirs}/witness/{hashed('another')}/checkpoint")[0] == 404


def test_it_is_none_unless_its_settings_say_so(tmp_path: Path) -> None:
    organisation(tmp_path / "org")
    made(tmp_path / "org" / "witness", "dockers.example")
    with served(tmp_path / "org") as address:
        assert answer(f"{address}/witness/add-checkpoint", b"old 0\n\n")[0] == 404
        assert "dockers.example" not in answer(f"{address}/record/witnesses")[1]


@pytest.mark.parametrize(
    ("setting", "said"),
    [('witness = "on"\n', "Make one: quorate witness new"), ('witness = "yes"\n', '"on" or "off"')],
)
def test_a_start_that_cannot_be_one_says_what_to_do(
    tmp_path: Path, setting: str, said: str
) -> None:
    organisation(tmp_path / "org", setting)
    done = quorate("serve", tmp_path / "org", "--port", "0", check=False)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
