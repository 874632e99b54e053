"""The demo's witnesses: of four branches and of two organisations that look on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quorate.demo.telling import Telling
from quorate.store import checkpoints
from quorate.store.witnessing import ask_one


class LooksOn(NamedTuple):
    """Whose witness it is: a branch's, by its code, or another organisation's."""

    name: str
    branch: str = ""
    organisation: str = ""


LOOK_ON = (
    LooksOn("northgate", branch="NG"),
    LooksOn("quayside", branch="QS"),
    LooksOn("pilot-station", branch="PS"),
    LooksOn("lanthorn", branch="LA"),
    LooksOn("tenants", organisation="Tenants' Federation of the River Towns"),
    LooksOn("seafarers", organisation="Seafarers' Mission Council"),
)


class AtWork(NamedTuple):
    """A witness that answers. ``keys``: its public ones; ``url``: where it is asked."""

    keys: Sequence[str]
    url: str


def name_them(telling: Telling, at_work: Mapping[str, AtWork]) -> None:
    """Each is named by whoever the rulebook lets name it. ``at_work``: by their names."""
    rules = telling.state.rules.witnesses
    for one in LOOK_ON:
        keys, url = at_work[one.name]
        if one.branch:
            by = telling.holder(rules.branch_by, one.branch)
            whose = {"branch": one.branch}
        else:
            by = telling.holder(rules.outside_by)
            whose = {"organisation": one.organisation}
        telling.do(by, "witnesses.name", name=one.name, keys=list(keys), url=url, **whose)


def cosign(telling: Telling) -> None:
    """They are asked to sign what the record has come to."""
    last = checkpoints.latest()
    for one in telling.state.witnesses.now.values():
        if last is not None:
            ask_one(one, last, telling.lane.leaves, telling.clock.time)
