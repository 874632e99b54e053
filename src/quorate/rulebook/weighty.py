"""The acts that carry weight, so that a rulebook can have them signed by members themselves, and
what the standing orders call them, in the organisation's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Weighty = Literal[
    "bulletin.hand_in",
    "bulletin.withdraw",
    "bulletin.refuse",
    "bulletin.judge_appeal",
    "proposals.second",
    "proposals.withdraw_second",
    "proposals.answer",
    "membership.admit",
    "membership.transfer",
    "membership.resign",
    "membership.suspend",
    "membership.restore",
    "membership.judge_challenge",
    "delegates.credential",
    "delegates.give_way",
    "elections.nominate",
    "elections.accept",
    "elections.vote",
    "floor.vote",
    "offices.appoint",
    "offices.lay_down",
    "offices.recall",
    "offices.demand_recall",
    "offices.vote_recall",
    "witnesses.name",
    "witnesses.dismiss",
    "keys.rotate",
    "keys.replace",
]

IN_WORDS: Mapping[Weighty, str] = {
    "bulletin.hand_in": "handing in a contribution",
    "bulletin.withdraw": "withdrawing one",
    "bulletin.refuse": "refusing one",
    "bulletin.judge_appeal": "judging an appeal",
    "proposals.second": "seconding",
    "proposals.withdraw_second": "taking one's name back",
    "proposals.answer": "answering a {proposal}",
    "membership.admit": "entering a {member}",
    "membership.transfer": "moving to another {branch}",
    "membership.resign": "leaving",
    "membership.suspend": "suspending a membership",
    "membership.restore": "restoring one",
    "membership.judge_challenge": "judging a challenge to a roll",
    "delegates.credential": "checking credentials",
    "delegates.give_way": "giving up a seat",
    "elections.nominate": "nominating",
    "elections.accept": "agreeing to stand",
    "elections.vote": "voting in an election",
    "floor.vote": "voting on the floor",
    "offices.appoint": "appointing",
    "offices.lay_down": "laying down an office",
    "offices.recall": "recalling",
    "offices.demand_recall": "demanding a recall",
    "offices.vote_recall": "voting on a recall",
    "witnesses.name": "naming a witness",
    "witnesses.dismiss": "dismissing one",
    "keys.rotate": "changing the keys that sign the record",
    "keys.replace": "replacing them when they are lost",
}
