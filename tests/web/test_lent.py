"""What the demo lends to whoever plays in it: a few delegates' voting keys, the trustees' files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.browser import client

pytestmark = pytest.mark.xdist_group("web")


def test_keys_and_trustees_stand_on_the_page_on_which_one_plays(demo: Path) -> None:
    page = client().get("/play").content.decode()
    codes = json.loads((demo / "voting-keys.json").read_text())
    shown = re.findall(r'<span class="code">([^<]+)</span>', page)
    assert shown == list(codes.values())[:3]
    for side in ("drawn", "leadership", "outside"):
        assert f"<code>trustees/{side}.json</code>" in page
        assert (demo / "trustees" / f"{side}.json").exists()
    (address,) = re.findall(r'href="(/trustee/[^"]+)"', page)
    assert client().get(address).status_code == 200


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
