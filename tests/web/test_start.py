"""What the start says of a pause: it cannot be told from a clock that was set forward."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("web")
HOUR = 3_600_000


@pytest.mark.parametrize(("hours", "days"), [(11, None), (13, 0), (24 * 40, 40)])
def test_the_start_says_how_long_ago_the_last_entry_was(
    demo: Path, monkeypatch: pytest.MonkeyPatch, hours: int, days: int | None
) -> None:
    from quorate.cli import serving
    from quorate.record import entry
    from quorate.store.models import RecordEntry

    last = entry.read(bytes(RecordEntry.objects.order_by("-sequence")[0].data)).occasion.time
    monkeypatch.setattr(serving.time, "time_ns", lambda: (last + hours * HOUR) * 1_000_000)
    said = serving.since_last_entry()
    monkeypatch.undo()
    if days is None:
        assert said == ""
    else:
        assert f"{days} days later" in said
        assert "If the clock is wrong, stop the server and set it." in said
