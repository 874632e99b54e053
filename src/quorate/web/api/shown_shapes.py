"""The shapes of what the API shows. Times are milliseconds since 1970, UTC; people are pseudonyms;
``entry`` is a place in the record."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import JsonValue


class RecordOut(Schema):
    """Where the record stands: its name, how many entries are signed, the signed note, the key."""

    origin: str
    size: int
    checkpoint: str
    key: str
    keys: list[str]


class EntriesOut(Schema):
    """Entries from ``start`` on, each as its canonical text."""

    start: int
    entries: list[str]


class MeOut(Schema):
    """Who is asking. ``suspended_from``: when (ms) a suspension that is decided takes effect, or,
    if a convention sits then, the moment after which it does when that is over."""

    member: str
    branch: str
    standing: str
    suspended_from: int | None


class RulebookOut(Schema):
    """``version``: how many versions there have been; ``rules``: the tables of the TOML file."""

    version: int
    rules: dict[str, Any]


class ContributionLine(Schema):
    """A contribution in a list. ``status``: one word for where it stands. ``about``: the
    contribution that it replies to or amends."""

    number: int
    kind: str
    title: str
    author: str
    branch: str
    status: str
    amends: str
    about: int | None
    versions: int


class ContributionsOut(Schema):
    """``at``: how many entries the state has that this shows."""

    at: int
    contributions: list[ContributionLine]


class ChangeOut(Schema):
    """A rule that an amendment changes; null removes it."""

    path: str
    value: JsonValue


class VersionOut(Schema):
    """A version's text; ``text`` is the commitment to it, by which seconders name it.

    ``trouble``: "changed" where the server has another text than was handed in, "missing" where it
    has none though nothing erased it, "erased" where an act of the record had it erased; then title
    and markdown only say so.
    """

    text: str
    entry: int
    time: int
    words: int
    title: str
    markdown: str
    trouble: Literal["", "changed", "missing", "erased"]
    changes: list[ChangeOut]


class SeconderOut(Schema):
    """A name under a proposal, and the version that it supports."""

    member: str
    branch: str
    version: str
    entry: int


class WayOut(Schema):
    """One of the rulebook's ways to be admitted, how much is reached and how much is needed."""

    way: str
    reached: int
    needed: int


class AppealOut(Schema):
    """An author's appeal. ``judgements``: judge → what they found; ``by_default``: time ran out."""

    made: int
    due: int
    decision: str | None
    by_default: bool
    judgements: dict[str, str]


class RefusedVersion(Schema):
    """An officer's refusal of one version, for a reason of the rulebook's list."""

    version: str
    by: str
    reason: str
    entry: int
    stands: bool
    appeal: AppealOut | None


class ContributionOut(Schema):
    """A contribution. The last five are null for what is no proposal; ``admitted`` and ``answer``
    are entries, null until there are any. ``amended_by``: the amendments to it that are adopted."""

    number: int
    kind: str
    title: str
    author: str
    branch: str
    status: str
    amends: str
    about: int | None
    versions: list[VersionOut]
    refusals: list[RefusedVersion]
    seconders: list[SeconderOut] | None = None
    ways: list[WayOut] | None = None
    admitted: int | None = None
    amended_by: list[int] | None = None
    answer: int | None = None


class ConventionLine(Schema):
    """A convention in a list; the times at which it is to open, opened and closed."""

    number: int
    opens: int
    opened: int | None
    closed: int | None


class OutcomeOut(Schema):
    """What the convention did with a proposal; ``vote`` is the one that decided it."""

    outcome: str
    entry: int
    vote: int | None
    owner: str
    due: int | None


class ConventionOut(Schema):
    """A convention. ``agenda``: proposals in the order of debate; ``present``: seats;
    ``outcomes``: by the number of the proposal; ``lapsed``: when it was over by itself."""

    number: int
    called: int
    opened: int | None
    closed: int | None
    lapsed: int | None
    dates: dict[str, int | list[int]]
    agenda: list[int]
    present: int
    outcomes: dict[str, OutcomeOut]


class VoteLine(Schema):
    """A vote of the floor in a list."""

    number: int
    proposal: int
    question: str
    opened: int
    closed: int | None


class TallyOut(Schema):
    """A vote's arithmetic; ``share`` is an exact fraction, such as 2/3. ``lost``: seats whose
    sealed vote could not be opened; ``undecided``: they could have turned the result, and the vote
    is held again, as it is with ``too_few``, fewer than the quorum. ``spoilt``: seats whose vote
    says nothing that can be counted."""

    in_favour: int
    against: int
    abstained: int
    present: int
    seats: int
    base: int
    needed: int
    share: str
    carried: bool
    undecided: bool
    too_few: bool
    lost: list[str]
    spoilt: list[str]


class ReplacedOut(Schema):
    """A vote that its seat replaced: what it was, and the reason for replacing it."""

    choice: str
    reason: str


class VoteOut(VoteLine):
    """A vote. Until it closes nothing is known of it but how many seats have voted; then
    ``roll_call`` is seat → choice, and ``replaced`` seat → what it had voted before."""

    seats_voted: int
    tally: TallyOut | None
    roll_call: dict[str, Literal["for", "against", "abstain"]] | None
    replaced: dict[str, list[ReplacedOut]] | None


class ElectionLine(Schema):
    """An election in a list. ``place``: a branch or region, empty for the whole organisation."""

    number: int
    office: str
    place: str
    seats: int
    opens: int
    closes: int
    counted: bool


class ElectionOut(Schema):
    """An election. ``ballots`` (voter → candidates in order), ``elected`` and ``sheet`` (SHA-256 of
    the count sheet) are null until it is counted. ``lost``: voters whose sealed ballot could not be
    opened; then the election is ``void``, and ``anew`` the one that is held in its place. It is
    ``void`` too where fewer seats than the quorum voted."""

    number: int
    office: str
    place: str
    seats: int
    count: str
    opens: int
    closes: int
    candidates: list[str]
    voted: int
    void: bool
    lost: list[str]
    anew: int | None
    ballots: dict[str, list[int]] | None
    elected: list[str] | None
    sheet: str | None


class BranchOut(Schema):
    """A branch, its region, and how many belong to it now."""

    code: str
    name: str
    region: str
    members: int


class RollOut(Schema):
    """A branch's frozen roll. ``digest``: SHA-256 of the pseudonyms on it, joined by newlines;
    ``attested``: whether the branch attested just this roll."""

    convention: int
    cut_off: int
    final: int | None
    members: int
    digest: str
    attested: bool
    attested_by: str | None
    joined_shortly_before: int


class ChallengeOut(Schema):
    """An objection to a roll. ``judgements``: judge → what they found."""

    number: int
    member: str
    about: str
    by: str
    made: int
    decision: str | None
    by_default: bool
    judgements: dict[str, str]


class OneBranchOut(BranchOut):
    """A branch with its latest frozen roll and the challenges to it."""

    roll: RollOut | None
    challenges: list[ChallengeOut]


class SittingOut(Schema):
    """Who sat in a seat, and from when."""

    member: str
    since: int
    how: str
    entry: int


class SeatOut(Schema):
    """A seat. ``member``: who sits in it now; ``checked``: their credentials; ``sittings``: all."""

    seat: str
    branch: str
    member: str | None
    checked: bool
    present: bool
    sittings: list[SittingOut]


class GuestOut(Schema):
    """A guest: a voice, no vote. ``erased``: their personal sheet, at their wish."""

    id: str
    invited_by: str
    time: int
    ended: int | None
    erased: bool


class SeatsOut(Schema):
    """Who sits where at a convention. ``alternates``: branch → who comes next, in order."""

    convention: int
    seats: list[SeatOut]
    alternates: dict[str, list[str]]
    guests: list[GuestOut]


class DrawOut(Schema):
    """A lot. ``numbers``: member → number, once opened; ``seed``: SHA-256 of "quorate/lot/v1" and
    the lines member=number in the order of members, each ended by a newline."""

    number: int
    purpose: str
    of: int
    called_by: str
    commit_until: int
    reveal_until: int
    public: str
    commitments: dict[str, str]
    numbers: dict[str, str]
    withheld: list[str]
    seed: str | None
    cancelled: int | None


class ReportOut(Schema):
    """What was said about carrying a decision out."""

    by: str
    time: int
    done: bool


class TaskOut(Schema):
    """What has to be carried out, by whom, until when. ``returns``: it comes back to the next
    convention; ``rejected``: when that rejected it."""

    proposal: int
    owner: str
    due: int
    returns: bool
    rejected: int | None
    reports: list[ReportOut]


class HoldingOut(Schema):
    """Who holds a post or a body's seat. ``chosen_by``: "founding", an election's number, or the
    pseudonym of whoever appointed them."""

    office: str
    place: str
    member: str
    since: int
    until: int
    how: str
    chosen_by: str
    entry: int
