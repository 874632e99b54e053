"""Which letter goes out because of which act, and how a letter ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quorate.chapters.state import State
from quorate.store.announcing import Announced
from quorate.store.outbox import Taken
from quorate.web.letters import awaited, devices, erasing, refused, rights, secret
from quorate.web.letters.announcing import announcing
from quorate.web.letters.asking import asking
from quorate.web.letters.post import Letter
from quorate.web.letters.words import Words

WORDS: Mapping[str, Callable[[State, Taken], Words]] = {
    "proposals.ask": asking,
    "bulletin.refuse": refused.refused,
    "bulletin.appeal": refused.appeal_waits,
    "bulletin.judge_appeal": refused.appeal_judged,
    "bulletin.uphold_appeal": refused.appeal_upheld,
    "membership.challenge_roll": awaited.challenged,
    "erasing.ask": erasing.asked,
    "erasing.judge": erasing.decided,
    "erasing.settle": erasing.decided,
    "elections.nominate": awaited.nominated,
    "delegates.give_way": awaited.seat_waits,
    "membership.suspend": rights.suspended,
    "offices.recall": rights.recall,
    "offices.demand_recall": rights.recall,
    "devices.add": devices.added,
    "devices.vouch": devices.vouched,
    "devices.end": devices.ended,
    "secret.open": secret.name,
    "elections.open_poll": secret.name,
    "secret.name_trustee": secret.named,
    "secret.decline": secret.drawn,
    "secret.pass_over": secret.drawn,
    "lots.open_numbers": secret.drawn,
    "secret.confirm": secret.claim,
    "secret.close": secret.closed,
    "secret.void": secret.instead,
    "secret.box_closed": secret.open_box,
}


def written(state: State, taken: Taken | Announced, to: str) -> Letter:
    """The letter. ``to``: the member's address, which nobody else learns."""
    words = announcing(taken) if isinstance(taken, Announced) else WORDS[taken.name](state, taken)
    text = f"{words.text}\n\n{state.rules.organisation.name}\n"
    return Letter(to, words.subject, text, number_of(taken))


def number_of(taken: Taken | Announced) -> str:
    """The letter's number: the same whenever it is tried."""
    number = f"{taken.entry}.{taken.member}"
    return f"{number}.own" if isinstance(taken, Announced) else number
