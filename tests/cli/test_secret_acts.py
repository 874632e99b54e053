"""Secret ballots with `quorate act`: trustees' messages from files, trustees who are no members;
and what the API shows of a register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quorate.ballots import pki
from quorate.ballots.register import GROUP
from quorate.ballots.verify.register import verify
from quorate.chapters.secret.trustee_id import trustee_id
from support.command import quorate, scripted
from support.key_register import trusted

SCRIPT = Path(__file__).parents[1] / "support" / "staged_register.py"


def test_an_outside_trustee_hands_in_a_certificate(tmp_path: Path) -> None:
    folder = tmp_path / "org"
    named_by = json.loads(scripted(SCRIPT, folder, "called"))["credentials-committee"]
    keys = trusted(2, 3)
    key = GROUP.write(pki.keys(GROUP, keys.seeds[2]).verification)
    named = ("register=1", "side=outside", "organisation=A union", f'key="{key}"')
    quorate("act", folder, "secret.name_trustee", *named, "--as", named_by)
    file = tmp_path / "certificate.json"
    file.write_bytes(keys.certs[2])
    certify = ("act", folder, "secret.certify", "register=1", f"certificate=@{file}", "--as")
    done = quorate(*certify, "t-" + "a" * 16, check=False)
    assert done.returncode == 2
    assert "No t-aaaaaaaaaaaaaaaa was found" in done.stderr
    file.write_bytes(keys.certs[1])
    done = quorate(*certify, trustee_id(key), check=False)
    assert done.returncode == 1
    assert "not for this place" in done.stderr
    file.write_bytes(keys.certs[2])
    assert "Recorded as entry" in quorate(*certify, trustee_id(key)).stdout
    # Nothing but what a trustee's key signs is done under a trustee's id.
    claim = ("act", folder, "secret.claim", "register=1", 'claim="{}"', "--as", trustee_id(key))
    assert "Only members can act" in quorate(*claim, check=False).stderr


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("shown") / "org"
    scripted(SCRIPT, folder, "held")
    addresses = ("/api/registers", "/api/registers/1", "/api/registers/1/file", "/act/secret.mix")
    told: dict[str, str] = json.loads(scripted(SCRIPT, folder, "shown", *addresses))
    return told


def test_the_api_gives_out_the_whole_register(shown: dict[str, str]) -> None:
    one = json.loads(shown["/api/registers/1"])
    assert json.loads(shown["/api/registers"]) == [one]
    assert [trustee["side"] for trustee in one["trustees"]] == ["drawn", "leadership", "outside"]
    assert (len(one["claims"]), one["size"], one["without"], one["void"]) == (12, 12, 0, "")
    assert all(claim["counts"] for claim in one["claims"])
    assert one["before"] == one["mixes"][-1]["made"]
    report = verify(shown["/api/registers/1/file"].encode())
    assert report.findings == ()
    assert report.stated
    assert report.claims == 12


def test_the_form_of_an_act_of_trustees_can_be_opened(shown: dict[str, str]) -> None:
    page = shown["/act/secret.mix"]
    assert "The shuffle, as your own program made it" in page
    assert 'name="signature"' in page
