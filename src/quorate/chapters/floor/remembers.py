"""What the floor remembers: conventions, their dates, presence, agenda, votes and outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly
from quorate.rulebook.schema import Rulebook

Choice = Literal["for", "against", "abstain"]
Question = Literal["proposal", "programme", "rulebook", "referral"]
Outcome = Literal["adopted", "rejected", "referred", "withdrawn", "fallen"]


@dataclass(frozen=True, slots=True)
class Dates:
    """Every date of a convention year, in ms; they follow from the opening and the rulebook."""

    bulletin_opens: int
    issues: tuple[int, ...]
    roll_cut_off: int
    challenges_until: int
    roll_final: int
    nominations_open: int
    election_opens: int
    election_closes: int
    bulletin_closes: int
    seconding_closes: int
    answers_due: int
    opens: int


class SealedVote(NamedTuple):
    """One seat's vote: a commitment (domain CHOICE), by whoever sat in the seat.

    ``before``: the superseded earlier votes of this seat with their reasons, oldest first.
    """

    choice: str
    by: str
    entry: int
    time: int
    before: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """A vote's arithmetic. ``base``: the number of which the majority asks a share; ``needed``:
    how many must be for. ``undecided``: votes were lost that could have turned the result; it is
    not ``carried``, and not rejected either, and is held again. ``too_few``: fewer than the quorum
    took part, and it decides nothing either."""

    in_favour: int
    against: int
    abstained: int
    present: int
    seats: int
    base: int
    needed: int
    share: Fraction
    carried: bool
    lost: tuple[str, ...] = ()
    spoilt: tuple[str, ...] = ()
    undecided: bool = False
    too_few: bool = False

    @property
    def decides(self) -> bool:
        """Whether the item has its outcome by this vote, carried or not."""
        return not self.undecided and not self.too_few


@copied_quickly
class Vote(NamedTuple):
    """A vote of the floor by roll call on one question about one proposal.

    ``owner``, ``due``: for a referral, who has to deal with it until when (ms).
    ``used``: while it is open, every commitment that was ever a vote here, so that nobody copies
    another's.
    ``present``: seats present when it closed, or that had voted. ``opened_choices``: seat →
    choice, empty until the vote has closed. ``lost``: seats whose vote could not be opened.
    ``spoilt``: seats whose vote says neither for nor against nor abstain. ``replaced``: what the
    votes that were replaced had been, by SEAT/1 for the seat's first, SEAT/2 for its second;
    ``replaced_lost``: those of them that could not be opened. ``counted``: the entry with which
    its tally stood.
    """

    number: int
    convention: int
    proposal: int
    question: Question
    opened: int
    opened_by: str
    owner: str = ""
    due: int | None = None
    sealed: Map[str, SealedVote] = Map()
    used: Map[str, None] = Map()
    closed: int | None = None
    opened_choices: Map[str, Choice] = Map()
    lost: tuple[str, ...] = ()
    spoilt: tuple[str, ...] = ()
    present: int = 0
    tally: Tally | None = None
    replaced: Map[str, str] = Map()
    replaced_lost: tuple[str, ...] = ()
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What the convention did with a proposal; ``vote`` is the one that decided it."""

    proposal: int
    outcome: Outcome
    time: int
    entry: int
    vote: int | None = None
    owner: str = ""
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Convention:
    """``rules``: the rulebook as it stood at the call; all that belongs to this convention keeps
    to it. ``agenda``: numbers of admitted proposals in the order of debate, once it is made.
    ``lot``: the draw that ordered it. ``presence``: seat → member who is there now.
    ``closed``: by the chair; ``lapsed``: by itself, because it was not over in time."""

    number: int
    rules: Rulebook
    called: int
    called_by: str
    dates: Dates
    place: str = ""
    presence: Map[str, str] = field(default_factory=Map)
    agenda: tuple[int, ...] | None = None
    lot: int | None = None
    opened: int | None = None
    closed: int | None = None
    votes: tuple[int, ...] = ()
    items: Map[int, Item] = field(default_factory=Map)
    lapsed: int | None = None

    @property
    def ended(self) -> int | None:
        """When it was over, closed or lapsed; None before."""
        return self.lapsed if self.closed is None else self.closed


@copied_quickly
class Floor(NamedTuple):
    """``current``: the convention that is called or sitting; None between conventions."""

    conventions: Map[int, Convention] = Map()
    votes: Map[int, Vote] = Map()
    current: int | None = None
