"""What the elections chapter remembers: every election of persons, whatever it fills.

Ballots are open (each can be seen, with its voter, once the election is counted) but sealed until
then: the record holds a commitment to each ballot, opened after the poll has closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly

Fills = Literal["delegates", "body", "post"]
Electorate = Literal["roll", "seats"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A nominated member. ``statement``: commitment (domain DOCUMENT) or "".

    ``accepted``: None until the candidate says; nobody stands against their will. ``of_group``:
    whether they say that they are of the group for which places are reserved.
    """

    member: str
    nominated_by: str
    time: int
    statement: str = ""
    accepted: bool | None = None
    of_group: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rulebook states of an election besides its counting rule, None or "" for nothing.

    ``marks``, ``points``: how many a ballot may bear. ``reserved``: so many places at least are
    for candidates of the ``group``.
    """

    marks: int | None = None
    points: int | None = None
    reserved: int | None = None
    group: str = ""


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Slate:
    """A list of persons that stands together; ``consents``: members who agreed to be on it,
    ``declined``: who does not."""

    number: int
    proposed_by: str
    members: tuple[str, ...]
    title: str
    time: int
    consents: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()


class SealedBallot(NamedTuple):
    """``choice``: commitment (domain CHOICE) to the ballot's text, by the voter ``by``.

    ``before``: the superseded earlier ballots of the same voter, oldest first.
    """

    choice: str
    by: str
    entry: int
    time: int
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedBallot:
    """A ballot after its opening: numbers of candidates in order of preference, from 1.

    ``ranks`` is empty for a blank ballot; ``weight`` is above 1 only for grouped paper ballots.
    """

    ranks: tuple[int, ...]
    weight: int = 1
    voter: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Elected members in order of election; ``sheet``: hex SHA-256 of the count sheet's canonical
    JSON, so that a recount anywhere can be compared. ``seed``: number of the lot drawn, if any."""

    elected: tuple[str, ...]
    not_elected: tuple[str, ...]
    sheet: str
    time: int
    entry: int
    lot: int | None = None


class Ranking(NamedTuple):
    """``weight`` ballots of a box that say the same. ``numbers``: each candidate's rank, from 1; 0
    for one who is not ranked."""

    weight: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OutOfBox:
    """What came out of a box with so many ``ballots``. ``sums``: how many marked each candidate,
    after how many were blank; or ``rankings``, sorted."""

    ballots: int
    sums: tuple[int, ...] = ()
    rankings: tuple[Ranking, ...] = ()


@copied_quickly
class Election(NamedTuple):
    """``office``: name of body or post, or "delegates"; ``place``: branch or region code or "".

    ``count``: counting rule, name and version; ``terms``: what is stated besides. ``voters``: voter
    (a pseudonym, or a seat's id when delegates vote) → None. Phases by time: nominations until
    ``opens``, voting until ``closes``.
    ``came_by``: ms; whoever came to their branch later does not vote in this poll of a branch or
    region for an office.
    ``used``: until the poll has closed, every commitment that was ever a ballot here, so that
    nobody copies another's.
    ``withdrawn``: numbers of candidates who could not be elected any more when the poll closed;
    papers pass them over. ``lost``: voters whose sealed ballot could not be opened; shown, and
    found by every check. ``void``: it elects nobody, because ballots were lost, or because fewer
    seats than the quorum voted; ``anew``: the election that is held by itself in the place of one
    whose ballots were lost, if one can be.
    ``opening``: the voters in the order of opening, while their ballots are being opened.
    ``paper``: tellers enter the papers instead: ``entered_by`` them, in the order in which they
    first did, or whoever said that there are none; ``ended_by`` another of them.
    ``lot_needed``: a tie waits for a lot; ``certain``: whom the ballots elect before it comes up,
    and no lot can undo.
    ``register``: that of the voting keys, where it is by secret ballot, or 0; ``box``: what came
    out. Then papers are those of voters who claimed no key.
    """

    number: int
    convention: int
    fills: Fills
    office: str
    place: str
    seats: int
    count: str  # type: ignore[assignment]  # a rule, not how often a value stands in a tuple
    electorate: Electorate
    opens: int
    closes: int
    voters: Map[str, None] = Map()
    candidates: tuple[Candidate, ...] = ()
    slates: tuple[Slate, ...] = ()
    sealed: Map[str, SealedBallot] = Map()
    used: Map[str, None] = Map()
    opened: Map[str, OpenedBallot] = Map()
    opening: tuple[str, ...] = ()
    papers: tuple[OpenedBallot, ...] = ()
    lost: tuple[str, ...] = ()
    withdrawn: frozenset[int] = frozenset()
    closed: int | None = None
    paper: bool = False
    entered_by: tuple[str, ...] = ()
    ended_by: str = ""
    lot_needed: bool = False
    certain: tuple[str, ...] = ()
    result: Result | None = None
    void: bool = False
    anew: int | None = None
    terms: Terms = NO_TERMS
    came_by: int | None = None
    register: int = 0
    box: OutOfBox | None = None

    @property
    def standing(self) -> tuple[Candidate, ...]:
        """The candidates on the ballot paper, numbered from 1 in this order."""
        return tuple(c for c in self.candidates if c.accepted)


@copied_quickly
class Elections(NamedTuple):
    elections: Map[int, Election] = Map()
