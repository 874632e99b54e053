"""Counting votes for and against: the arithmetic, and whether what is lost could have turned it."""

from __future__ import annotations

from collections.abc import Sequence

from quorate.chapters.floor.remembers import Choice, Tally
from quorate.count.question import Answer, put
from quorate.rulebook.schema import Majority


def counted(
    said: Sequence[Choice],
    *,
    present: int,
    seats: int,
    majority: Majority,
    lost: tuple[str, ...],
    spoilt: tuple[str, ...],
) -> Tally:
    """The arithmetic of these choices. ``lost``, ``spoilt``: whose sealed vote could not be opened,
    or says nothing that can be counted."""

    def answer(more_for: int = 0, more_against: int = 0) -> Answer:
        return put(
            in_favour=said.count("for") + more_for,
            against=said.count("against") + more_against,
            abstained=said.count("abstain"),
            present=present,
            seats=seats,
            share=majority.share,
            of=majority.of,
            strictly=majority.strictly,
        )

    without = answer()
    # Each vote for makes it likelier to be carried and each vote against less likely, so that
    # nothing in between these two can differ from both.
    all_for, all_against = answer(more_for=len(lost)), answer(more_against=len(lost))
    undecided = all_for.carried != all_against.carried
    return Tally(
        in_favour=said.count("for"),
        against=said.count("against"),
        abstained=said.count("abstain"),
        present=present,
        seats=seats,
        base=without.base,
        needed=without.needed,
        share=majority.share,
        carried=without.carried and not undecided,
        lost=lost,
        spoilt=spoilt,
        undecided=undecided,
    )
