"""Telling the demo's story: acts done at the times of the story, through the real write lane."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from quorate import organisation
from quorate.chapters.clause import Refusal
from quorate.chapters.state import State
from quorate.demo.people import Person, number_from
from quorate.store.handing_in import HandedIn, hand_in
from quorate.store.lane import Lane


class StoryBroke(Exception):
    """The rules refused an act of the story: the story is wrong."""


@dataclass
class StoryClock:
    """The time of the story, ms. It stands still until it is moved."""

    time: int

    def now(self, last: int) -> int:
        return max(self.time, last)


@dataclass
class Telling:
    """An organisation whose story is being told. ``seeds``: what each side's trustee keeps;
    ``credentials``: each member's voting key, which only their device would know."""

    lane: Lane
    clock: StoryClock
    people: dict[str, Person] = field(default_factory=dict)
    pieces: dict[str, int] = field(default_factory=dict)
    seeds: dict[str, str] = field(default_factory=dict, repr=False)
    credentials: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def state(self) -> State:
        return self.lane.standing.state

    def do(self, by: str, act: str, **fields: Any) -> None:
        """One act; the story has no refusals in it. Raises StoryBroke."""
        self.do_all([hand_in(act, fields, by)])

    def do_all(self, acts: Iterable[HandedIn]) -> None:
        """Many acts, a few moments apart, written in groups. Raises StoryBroke."""
        every = list(acts)
        for start in range(0, len(every), 400):
            group = every[start : start + 400]
            self.clock.time += 2_000
            for act, answer in zip(group, self.lane.submit_all(group), strict=True):
                if isinstance(answer, Refusal):
                    name = organisation.clause_of(act.act).name
                    raise StoryBroke(f"{name} by {act.by}: {answer.because} [{answer.rule}]")

    def go_to(self, time: int) -> None:
        """Time passes; what falls due on the way falls due at its own time."""
        while (due := organisation.fallen_due(self.state, time)) is not None:
            self.clock.time = max(self.clock.time, due.time)
            self.lane.let_fall_due()
        self.clock.time = max(self.clock.time, time)

    def stayed(self, member: str, branch: str = "") -> bool:
        """Whether the member is in good standing, and of the branch where one is named."""
        known = self.state.membership.members[member]
        return known.standing == "good" and branch in ("", known.branch)

    def holder(self, office: str, place: str = "") -> str:
        """The first holder of an office."""
        return self.state.offices.now[office, place][0].member

    def of_branch(self, branch: str) -> list[str]:
        """The members of a branch, in a fixed order."""
        return sorted(self.state.membership.branches[branch].members)

    def somebody(self, branch: str, what: str) -> str:
        """A member of the branch, always the same for the same purpose."""
        members = self.of_branch(branch)
        return members[number_from(branch, what) % len(members)]
