"""A demo that was made before starts again, whatever its record says of witnesses."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("web")


@pytest.mark.parametrize("url", ["http://[x", "http://a.example:99999", "x"])
def test_a_demo_starts_where_a_witness_has_no_address(demo: Path, tmp_path: Path, url: str) -> None:
    from dataclasses import replace

    from quorate.cli.demo_witnesses import back_to_work
    from quorate.web.lane import lane

    state = lane().now().state
    name, one = next(iter(state.witnesses.now.items()))
    (tmp_path / "witnesses" / name).mkdir(parents=True)
    now = state.witnesses.now.set(name, replace(one, url=url))
    back_to_work(tmp_path, state._replace(witnesses=state.witnesses._replace(now=now)))
