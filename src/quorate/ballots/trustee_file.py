"""The file that a trustee keeps: a seed, from which all their keys follow, and what it is for, so
that a file of another register is noticed before anything is done with it."""

from __future__ import annotations

from quorate.ballots.json_form import dump

KIND = "quorate/trustee/1"


def write(purpose: str, seed: str) -> bytes:
    """The file. ``purpose``: what the page calls the register, the same whenever it is asked."""
    return dump({"kind": KIND, "for": purpose, "seed": seed}) + b"\n"
