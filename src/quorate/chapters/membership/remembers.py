"""What membership remembers: regions, branches, members, and the rolls frozen for conventions.

No names of persons, no contact: a member is a random pseudonym and a salted commitment to a
sheet of personal data that the record never sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly

Standing = Literal["good", "suspended", "resigned", "expelled"]
Decision = Literal["upheld", "dismissed"]


@dataclass(frozen=True, slots=True)
class Region:
    """A region; ``code`` is its short name in the record, ``name`` what people call it."""

    code: str
    name: str


@copied_quickly
class Branch(NamedTuple):
    """A branch of a region. ``members``: pseudonyms of those who belong to it now, any standing
    but resigned or expelled. ``opened_during``: the convention that was called already when it was
    opened, or 0."""

    code: str
    name: str
    region: str
    members: Map[str, None] = Map()
    opened_during: int = 0


@copied_quickly
class Member(NamedTuple):
    """A member. ``admitted``: ms, the entry's time, whatever date anybody claims.

    ``person``: commitment to the sheet of personal data (domain PERSON).
    ``in_branch_since``: ms; ``reachable``: others may write to this member. ``entered_by``: who
    entered them, where the rulebook asks for it; "" for the founder.
    """

    id: str
    branch: str
    person: str
    admitted: int
    entry: int
    in_branch_since: int
    standing: Standing = "good"
    reachable: bool = False
    erased: bool = False
    entered_by: str = ""


@dataclass(frozen=True, slots=True)
class BranchRoll:
    """A branch's members in good standing at the cut-off, sorted by pseudonym.

    ``digest``: hex SHA-256 of the pseudonyms joined by newlines. ``attested_by`` attested just
    this digest; a decided challenge changes the digest and the attestation stays beside it.
    """

    branch: str
    members: tuple[str, ...]
    digest: str
    attested_by: str | None = None
    attested_digest: str | None = None
    attested_at: int | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """An objection to a roll: ``member`` is missing from it, or is on it and should not be.

    ``reason``: commitment (domain DOCUMENT). ``judgements``: judge → what they said, and the
    commitment to their reason. ``by_default``: time ran out, and it counts as the rulebook says.
    """

    number: int
    convention: int
    branch: str
    member: str
    about: Literal["missing", "not-a-member"]
    reason: str
    by: str
    made: int
    judgements: Map[str, tuple[Decision, str]] = field(default_factory=Map)
    decision: Decision | None = None
    decided: int | None = None
    by_default: bool = False


@dataclass(frozen=True, slots=True)
class Burst:
    """Admissions to a branch shortly before a cut-off, shown because there are many.

    ``admitted`` of the ``members`` on the roll joined in the days before the cut-off that the
    rulebook watches.
    """

    branch: str
    admitted: int
    members: int


@dataclass(frozen=True, slots=True)
class Roll:
    """The rolls of all branches, frozen for one convention at the instant ``cut_off`` (ms).

    ``final``: when the time for challenges and their decisions was over; seats follow from it.
    """

    convention: int
    cut_off: int
    branches: Map[str, BranchRoll]
    bursts: tuple[Burst, ...] = ()
    final: int | None = None


@copied_quickly
class Membership(NamedTuple):
    """``in_good_standing``: how many members there are in good standing in all.

    ``voices``: member → who has said that they be suspended (or, if they are or are to be,
    restored), with the commitments to their reasons, while that is not decided. ``persons``: the
    commitments to every personal sheet under which somebody was admitted. ``suspensions``: member
    → when (ms) their suspension takes effect, while it is decided and to come.
    """

    regions: Map[str, Region] = Map()
    branches: Map[str, Branch] = Map()
    members: Map[str, Member] = Map()
    rolls: Map[int, Roll] = Map()
    challenges: Map[int, Challenge] = Map()
    in_good_standing: int = 0
    voices: Map[str, Map[str, str]] = Map()
    persons: Map[str, None] = Map()
    suspensions: Map[str, int] = Map()
