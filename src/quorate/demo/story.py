"""The demo's story, chapter by chapter, until where it is to stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quorate.chapters.calendar import HOUR
from quorate.demo import (
    convention,
    founding,
    gone,
    leaders,
    lives,
    trustees,
    voting_keys,
    witnesses,
    year,
)
from quorate.demo.telling import Telling
from quorate.demo.until import CLOSED_FOR, VOTED_FOR, VOTES_FOR, Until, opening
from quorate.demo.witnesses import AtWork

Chapter = tuple[str, Callable[[], None]]


def chapters(
    telling: Telling, origin: str, at_work: Mapping[str, AtWork], now: int, until: Until
) -> list[Chapter]:
    """Their titles, and how each is told. ``at_work``: the witnesses, by their names."""
    opens = opening(now, until)
    told: list[Chapter] = [
        ("Founding", lambda: founding.found(telling, origin)),
        ("Witnesses are named", lambda: witnesses.name_them(telling, at_work)),
        ("The convention is called", lambda: year.call(telling, opens)),
        ("Trustees are named", lambda: trustees.name_them(telling)),
        ("They make their keys", lambda: trustees.make_keys(telling)),
        ("Members write", lambda: year.write(telling)),
        ("Some join in a hurry", lambda: lives.join_before_the_cut_off(telling)),
        ("Rolls are attested", lambda: year.attest(telling)),
        ("Members come and go", lambda: lives.come_and_go(telling)),
        ("Others write too", lambda: year.write_more(telling)),
        ("A text is erased", lambda: gone.erased(telling)),
        ("Delegates are elected", lambda: year.elect_delegates(telling)),
        ("Ties are settled by lot", lambda: year.settle_ties(telling)),
        ("Guests are invited", lambda: year.invite(telling)),
        ("Proposals are seconded", lambda: year.second(telling)),
        ("The committee answers", lambda: year.answer(telling, 1)),
        ("Some claim voting keys", lambda: voting_keys.claim(telling, 60)),
    ]
    if until != "middle":
        told += [
            ("More answers", lambda: year.answer(telling, 2)),
            ("The agenda is drawn", lambda: convention.draw(telling)),
            ("Alternates step in", lambda: convention.step_in(telling)),
            ("Others claim theirs", lambda: voting_keys.claim(telling)),
            ("Delegates gather", lambda: convention.gather(telling)),
            ("The roll of keys is made", lambda: trustees.make_the_roll(telling)),
        ]
    if until == "vote":
        begins, ends = now - VOTED_FOR, now + VOTES_FOR
        told.append(("Some have voted", lambda: leaders.half_voted(telling, begins, now, ends)))
    if until == "opening":
        ends = now - CLOSED_FOR
        told.append(("All have voted", lambda: leaders.all_voted(telling, ends - HOUR, ends)))
    if until == "end":
        told += [
            ("The convention decides", lambda: convention.decide(telling)),
            ("The convention elects", lambda: leaders.elect(telling)),
            ("Decisions are handed over", lambda: convention.hand_over(telling)),
            ("It closes", lambda: convention.close(telling)),
            ("The first is carried out", lambda: convention.report(telling)),
        ]
    return [
        *told,
        ("Until today", lambda: lives.until_today(telling, now)),
        ("Witnesses sign", lambda: witnesses.cosign(telling)),
    ]
