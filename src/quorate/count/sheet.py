"""The count sheet: everything that a count did, to check it and to explain it.

Figures are decimals with the places that the rule counts in, never floats. At every stage of a
transferable vote, all candidates' votes and the non-transferable ones are the valid papers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from quorate.count.figures import Figures, figure

Kind = Literal["first preferences", "surplus", "exclusion", "count"]


@dataclass(frozen=True, slots=True)
class Invalid:
    """Papers that the rule does not count, and why."""

    reason: str
    papers: int


@dataclass(frozen=True, slots=True)
class Papers:
    """Every paper read: ``read`` is ``valid`` plus all in ``invalid``."""

    read: int
    valid: int
    invalid: tuple[Invalid, ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """Votes that a stage moved: ``papers`` papers at ``value`` each, together ``votes``.

    ``to``: a candidate's name, or None for votes that became non-transferable. ``papers`` and
    ``value`` are 0 for fractions that the rule ignores. ``of``: whose votes, where the stage
    moves those of several candidates.
    """

    to: str | None
    papers: int
    value: Decimal
    votes: Decimal
    why: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What a stage did. ``of``: whose surplus, or who was excluded. ``before``: their votes.

    ``also``: who was excluded together with them.
    """

    kind: Kind
    of: str | None
    before: Decimal | None
    says: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """``votes``: at the end of the stage, each candidate in the order of the paper.

    ``elected``: those deemed elected at the end of this stage, most votes first. ``quota``: at the
    end of the stage, where the rule calculates it anew. ``keep``: by Meek's method, the share that
    each elected candidate keeps of a vote, to which ``votes`` belong; it states no transfers.
    """

    number: int
    action: Action
    votes: tuple[tuple[str, Decimal], ...]
    nontransferable: Decimal
    transfers: tuple[Transfer, ...]
    elected: tuple[str, ...]
    quota: Decimal | None = None
    keep: tuple[tuple[str, Decimal], ...] = ()

    @property
    def excluded(self) -> tuple[str, ...]:
        """Who was excluded by this stage."""
        if self.action.kind != "exclusion" or self.action.of is None:
            return ()
        return (self.action.of, *self.action.also)

    def votes_of(self, candidate: str) -> Decimal:
        """The candidate's votes at the end of the stage. Raises KeyError."""
        return dict(self.votes)[candidate]


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between ``candidates`` and how it was broken, at the beginning of ``stage``.

    ``chosen``: whom the rule's action then fell on. ``label``: of the lot, None if none was drawn.
    """

    stage: int
    candidates: tuple[str, ...]
    chosen: tuple[str, ...]
    says: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Elected:
    """``how``: the reason in plain words."""

    candidate: str
    stage: int
    votes: Decimal
    how: str


@dataclass(frozen=True, slots=True)
class Defeat:
    """``votes`` papers prefer ``winner`` to ``loser``, fewer, ``against``, the other way round.

    ``dropped``: why the rule does not use this defeat, None if it does.
    """

    winner: str
    loser: str
    votes: int
    against: int
    dropped: str | None = None


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Candidates compared in pairs. ``candidates``: those standing, in the order of the paper.

    ``prefer``: a row for each: how many papers prefer them to each of the others (0 to
    themselves). ``defeats``: the strongest first. ``paths``: rows as in ``prefer``, the strength
    of the strongest path to each other, where the rule has paths.
    """

    candidates: tuple[str, ...]
    prefer: tuple[tuple[int, ...], ...]
    defeats: tuple[Defeat, ...]
    paths: tuple[tuple[int, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class ListShare:
    """A list's votes and seats, and the arithmetic.

    ``quota``: its exact share of the seats, where the rule goes by quotas. ``quotients``: of each
    seat it has, and of the next it would have had, where the rule goes by divisors. ``least``: its
    quota is below the minimum, with which it left the sharing.
    """

    name: str
    votes: int
    seats: int
    quota: Fraction | None
    quotients: tuple[Fraction, ...]
    least: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole count. ``rule``: name and version. ``quota``: None where the rule has none, the
    first where it changes.

    ``not_elected``: best first: those with votes at the end, then the last excluded first.
    ``remarks``: what a reader should know besides, in plain sentences. ``pairwise``: where the
    rule compares candidates in pairs. ``lists``: where it shares seats out between lists; a list
    is then elected once for each of its seats. ``terms``: what the election states besides the
    rule, pairs such as ("Marks a paper", "at most 3"). ``figures``: what the stages' and the
    elections' ``votes`` are numbers of.
    """

    rule: str
    title: str
    seats: int
    quota: Decimal | None
    candidates: tuple[str, ...]
    withdrawn: tuple[str, ...]
    papers: Papers
    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...]
    elections: tuple[Elected, ...]
    not_elected: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    pairwise: Pairwise | None = None
    lists: tuple[ListShare, ...] | None = None
    terms: tuple[tuple[str, str], ...] = ()
    figures: Figures = "votes"

    @property
    def elected(self) -> tuple[str, ...]:
        """Names in the order of election."""
        return tuple(one.candidate for one in self.elections)

    @property
    def by_order(self) -> bool:
        """Whether papers rank candidates, and the count begins with their first preferences."""
        return bool(self.stages) and self.stages[0].action.kind == "first preferences"


ABSTENTION = "no mark (abstention)"
"""Stands among the reasons, so that the account adds up, and is no fault of the paper."""


def accounted(read: int, invalid: dict[str, int]) -> Papers:
    """The account of ``read`` papers, some of them invalid (reason → papers)."""
    rejected = tuple(Invalid(reason, invalid[reason]) for reason in sorted(invalid))
    return Papers(read, read - sum(invalid.values()), rejected)


def listed(names: Iterable[str]) -> str:
    """Names as one says them: "A", "A and B", "A, B and C"."""
    *most, last = list(names)
    return f"{', '.join(most)} and {last}" if most else last


def to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON values; every figure a string in plain digits, every number of papers,
    seats and stages an integer. What only some rules state is left out elsewhere.

    Where candidates are compared in pairs nobody has votes: "pairwise_wins" stand in their place,
    and a stage's "votes" are empty."""
    optional: dict[str, Any] = {} if sheet.figures == "votes" else {"figures": sheet.figures}
    in_pairs = sheet.figures == "pairwise wins"
    if sheet.pairwise is not None:
        optional["pairwise"] = _pairwise(sheet.pairwise)
    if sheet.lists is not None:
        optional["lists"] = [_list_share(one) for one in sheet.lists]
    if sheet.terms:
        optional["terms"] = dict(sheet.terms)
    return optional | {
        "rule": sheet.rule,
        "title": sheet.title,
        "seats": sheet.seats,
        "quota": None if sheet.quota is None else figure(sheet.quota),
        "candidates": list(sheet.candidates),
        "withdrawn": list(sheet.withdrawn),
        "papers": {
            "read": sheet.papers.read,
            "valid": sheet.papers.valid,
            "invalid": [
                {"reason": one.reason, "papers": one.papers} for one in sheet.papers.invalid
            ],
        },
        "elected": list(sheet.elected),
        "elections": [
            {
                "candidate": one.candidate,
                "stage": one.stage,
                "pairwise_wins" if in_pairs else "votes": figure(one.votes),
                "how": one.how,
            }
            for one in sheet.elections
        ],
        "not_elected": list(sheet.not_elected),
        "stages": [_stage(stage, in_pairs=in_pairs) for stage in sheet.stages],
        "ties": [
            {
                "stage": tie.stage,
                "candidates": list(tie.candidates),
                "chosen": list(tie.chosen),
                "says": tie.says,
                "label": tie.label,
            }
            for tie in sheet.ties
        ],
        "remarks": list(sheet.remarks),
    }


def _stage(stage: Stage, *, in_pairs: bool) -> dict[str, Any]:
    """A stage as JSON values; what only some rules state is left out elsewhere, so that the digest
    of a recorded sheet stays."""
    optional: dict[str, Any] = {}
    if stage.action.also:
        optional["also"] = list(stage.action.also)
    if stage.quota is not None:
        optional["quota"] = figure(stage.quota)
    if stage.keep:
        optional["keep"] = {name: figure(value) for name, value in stage.keep}
    figures = {name: figure(votes) for name, votes in stage.votes}
    if in_pairs:
        optional["pairwise_wins"] = figures
    return optional | {
        "stage": stage.number,
        "kind": stage.action.kind,
        "of": stage.action.of,
        "action": stage.action.says,
        "votes": {} if in_pairs else figures,
        "nontransferable": figure(stage.nontransferable),
        "transfers": [
            {
                "to": one.to,
                "papers": one.papers,
                "value": figure(one.value),
                "votes": figure(one.votes),
                "why": one.why,
            }
            | ({} if one.of is None else {"of": one.of})
            for one in stage.transfers
        ],
        "elected": list(stage.elected),
    }


def _pairwise(pairwise: Pairwise) -> dict[str, Any]:
    paths = {} if pairwise.paths is None else {"paths": [list(row) for row in pairwise.paths]}
    return paths | {
        "candidates": list(pairwise.candidates),
        "prefer": [list(row) for row in pairwise.prefer],
        "defeats": [
            {
                "winner": one.winner,
                "loser": one.loser,
                "votes": one.votes,
                "against": one.against,
                "dropped": one.dropped,
            }
            for one in pairwise.defeats
        ],
    }


def _list_share(share: ListShare) -> dict[str, Any]:
    """Quotas, remainders and quotients as exact fractions, such as "53000/3"."""
    quota = share.quota
    left: dict[str, Any] = {} if quota is None else {"remainder": str(quota - int(quota))}
    if share.least:
        left["least"] = True
    return left | {
        "name": share.name,
        "votes": share.votes,
        "seats": share.seats,
        "quota": None if share.quota is None else str(share.quota),
        "quotients": [str(one) for one in share.quotients],
    }
