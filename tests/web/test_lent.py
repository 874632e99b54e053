"""What the demo lends to whoever plays in it: a few delegates' voting keys, the trustees' files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.browser import client

pytestmark = pytest.mark.xdist_group("web")


def test_who_plays_a_delegate_finds_the_lent_code_where_it_is_asked_for(demo: Path) -> None:
    codes = json.loads((demo / "voting-keys.json").read_text())
    member, code = next(iter(codes.items()))
    assert code not in client().get("/play").content.decode()
    browser = client()
    answer = browser.post("/play", {"member": member, "next": "/registers/1/my-key"})
    assert answer["Location"] == "/registers/1/my-key"
    page = browser.get("/registers/1/my-key").content.decode()
    assert f'name="code" value="{code}"' in page
    other = client()
    other.post("/play", {"member": list(codes)[1]})
    assert code not in other.get("/registers/1/my-key").content.decode()


def test_who_plays_a_trustee_finds_their_file_on_their_page(demo: Path) -> None:
    from quorate.web.lane import lane
    from quorate.web.secret import invitations

    for one in lane().now().state.secret.registers[1].trustees:
        file = (demo / "trustees" / f"{one.side}.json").read_bytes()
        browser = client()
        address = "/registers/1/trustee"
        if one.way == "outside":
            address = invitations.path_of(1, one.side)
        else:
            browser.post("/play", {"member": one.who})
        assert "You are a trustee" in browser.get(address).content.decode()
        answer = browser.get(f"/play/{one.side}.json")
        assert answer.content == file
        assert f"register-1-{one.side}.json" in answer["Content-Disposition"]
    for nobody in ("nobody", "..", "voting-keys"):
        assert client().get(f"/play/{nobody}.json").status_code == 404


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "x:y"])
def test_playing_somebody_leads_to_no_other_server(demo: Path, elsewhere: str) -> None:
    answer = client().post("/play", {"member": "", "next": elsewhere})
    assert answer["Location"] == "/"


def test_the_page_on_which_one_plays_says_what_to_try(demo: Path) -> None:
    """Whoever follows it comes to a page that has what it promises."""
    page = client().get("/play").content.decode()
    assert "Claim a voting key" in page
    found = re.findall(
        r'name="member" value="([^"]+)"><input[^>]*name="next" value="([^"]+)"', page
    )
    assert len(found) == 3
    for member, address in found:
        browser = client()
        assert browser.post("/play", {"member": member, "next": address})["Location"] == address
        shown = browser.get(address).content.decode()
        assert "Claim my voting key" in shown or "Bulletin" in shown


def test_what_is_next_is_to_claim_a_key_for_those_who_have_none(demo: Path) -> None:
    from quorate.web.lane import lane

    state = lane().now().state
    claimed = {one.by for one in state.secret.registers[1].claims.values()}
    seated = state.delegates.assemblies[1].seated
    without = next(member for member in sorted(seated) if member not in claimed)
    for member, said in ((without, True), (min(claimed & set(seated)), False)):
        browser = client()
        browser.post("/play", {"member": member})
        assert ("Claim your voting key" in browser.get("/").content.decode()) == said
