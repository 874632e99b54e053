"""The demo's story, as the command tells it: what an organisation meets in a year is in it."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from quorate import organisation
from support import forging
from support.command import verified

NOT_TOLD = {
    "bulletin.uphold_appeal",  # the committee judges in time
    "delegates.end_invitation",
    "delegates.erase_guest",
    "elections.consent",  # individuals stand, not slates
    "elections.propose_slate",
    "devices.add",  # a demo's people have no browsers of their own
    "devices.end",
    "devices.vouch",
    "erasing.settle",  # the committee decides in time
    "keys.replace",  # nor does it lose its keys
    "keys.rotate",
    "floor.lapse",  # the convention opens, and closes in time
    "lots.enter_public",
    "membership.erase",
    "offices.appoint",  # the convention decides that organisers are elected
    "offices.end_terms",  # holders stay until a successor is chosen
    "offices.recall",
    "witnesses.dismiss",  # they stay
    "secret.demand",  # its rulebook says what is elected in secret
    "secret.pass_over",  # whoever is drawn answers in time
    "secret.void",  # and the trustees do all in time
    "secret.void_box",
}


def _entries(whole_export: Path) -> list[dict[str, object]]:
    return forging.read(whole_export)


def test_nearly_every_act_is_told(whole_export: Path) -> None:
    told = Counter(entry["act"] for entry in _entries(whole_export))
    assert set(organisation.CLAUSES) - set(told) <= NOT_TOLD


def test_it_ends_before_now_and_is_sound(whole_export: Path, whole_year: Path) -> None:
    assert int(str(_entries(whole_export)[-1]["time"])) < time.time_ns() // 1_000_000
    found = verified(whole_export, "--key", whole_year / "record.vkey")
    assert found["sound"]
    assert found["vouched"]
