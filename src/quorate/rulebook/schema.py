"""The shape of a rulebook: everything that a fair procedure depends on.

Nothing of this is a constant in code or a switch for administrators. Numbers of days count
back from the opening of the convention unless the field says otherwise. Unknown fields are
refused, so that a misspelt rule is not silently no rule. No text is taken for a number, and no
number for a yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, StrictBool
from pydantic.dataclasses import dataclass

from quorate.rulebook.kinds import SHAPE, Days, Line, Name, Share, Some
from quorate.rulebook.record_rules import Erasing, Keys, Signing, Witnesses
from quorate.rulebook.secret_rules import Secret

STANDING_DOCUMENTS = ("rulebook", "programme")
"""What a contribution of the kind "amendment" may amend."""


@dataclass(frozen=True, config=SHAPE)
class Words:
    """The organisation's own words; the pages use them."""

    branch: Line = "branch"
    region: Line = "region"
    member: Line = "member"
    convention: Line = "convention"
    delegate: Line = "delegate"
    bulletin: Line = "bulletin"
    proposal: Line = "proposal"


@dataclass(frozen=True, config=SHAPE)
class Organisation:
    """``timezone`` is for showing times only; no deadline depends on it. ``read_by``: who reads
    the bulletin, the conventions, the elections and the record."""

    name: Line
    languages: tuple[Line, ...] = ("en",)
    timezone: Line = "UTC"
    read_by: Literal["members", "anyone"] = "members"
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, config=SHAPE)
class Membership:
    """Who is admitted by whom, and the roll that counts.

    ``admission``: "automatic" (their branch's secretary enters whoever asks; there is no ground on
    which to refuse) or a post's or body's name. ``challenge_undecided``: what an undecided
    challenge to the roll counts as; "for-the-member" puts on the roll whoever was missing, and
    keeps whoever stands on it. ``challenge_parties``: who does not judge a challenge: "named", who
    made it and whom it is about; "involved", besides them who attested the roll or attests it for
    the branch, and who entered the member. ``suspended_by``: who may suspend a membership, and
    restore it. ``suspension_after``: days from that decision until it takes effect, which it never
    does while a convention sits; 0: at once, whatever sits.
    """

    admission: Name
    roll_cut_off: Days
    roll_attested_by: Name
    roll_challenge: Days
    challenges_decided_by: Name
    challenges_decided_within: Days
    challenge_undecided: Literal["upheld", "dismissed", "for-the-member"]
    burst_days: Days
    burst_share: Share
    suspended_by: Name
    suspension_after: Days = 0
    challenge_parties: Literal["named", "involved"] = "named"


@dataclass(frozen=True, config=SHAPE)
class Bulletin:
    """Who may write in it is every member. ``issues``: days before the convention.

    ``refusal_reasons``: name of a reason → the sentence. ``appeal_within`` and
    ``appeal_decided_within``: days after the refusal, after the appeal.
    """

    opens: Days
    closes: Days
    issues: tuple[Days, ...]
    words: Annotated[int, Field(strict=True, ge=100, le=100_000)]
    refused_by: Name
    refusal_reasons: Mapping[Name, Line]
    appeal_to: Name
    appeal_within: Days
    appeal_decided_within: Days


@dataclass(frozen=True, config=SHAPE)
class Seconds:
    """Any one of these ways admits a proposal.

    ``branches``: so many branches second it. A branch does so by the decision of its own members:
    ``branch_share`` of them, and ``branch_members`` of them at least, each of whom belonged to it
    when the bulletin opened; a branch with fewer members cannot second by itself. ``new_members``:
    whether those admitted after the bulletin opened count for the share ``members``.
    """

    delegates: Some | None = None
    branches: Some | None = None
    members: Share | None = None
    branch_share: Share = Fraction(1, 5)
    branch_members: Some = 3
    new_members: StrictBool = True


@dataclass(frozen=True, config=SHAPE)
class Proposals:
    """``may_propose``: "members" or "delegates". ``answer_due``: days before the convention."""

    may_propose: Literal["members", "delegates"]
    seconds: Seconds
    seconding_closes: Days
    answer_from: Name
    answer_due: Days


@dataclass(frozen=True, config=SHAPE)
class Delegates:
    """How branches are represented, and how they choose whom to send.

    ``method``: "sainte-lague" shares out ``seats``; "per-members" gives a seat for each
    ``members_per_delegate`` members or part of that number. ``minimum_from``: a branch with fewer
    members on its frozen roll is not guaranteed the minimum, and a part of that number gives it no
    seat; nor is one that was opened after the call, if the rule is 2 or more. With 1 every branch
    that has a member is guaranteed it. ``credentials_within``: hours in which a delegate's
    credentials are checked after they took the seat, but not before the opening; whose were not
    checked by then takes the seat all the same.
    """

    method: Literal["sainte-lague", "per-members"]
    minimum: Annotated[int, Field(strict=True, ge=0, le=100)]
    count: Line
    nominations_open: Days
    election_opens: Days
    election_closes: Days
    alternates: Annotated[int, Field(strict=True, ge=0, le=100)]
    may_not_nominate: tuple[Name, ...]
    credentials_by: Name
    guests_by: Name
    credentials_within: Annotated[int, Field(strict=True, ge=0, le=1000)] = 2
    seats: Some | None = None
    members_per_delegate: Some | None = None
    minimum_from: Some = 1


@dataclass(frozen=True, config=SHAPE)
class Majority:
    """``share`` of ``of``; ``strictly``: more than that share is needed, not just reaching it.

    ``of``: "cast" (for and against), "voting" (abstentions count too), "present", "seats".
    """

    share: Share
    of: Literal["cast", "voting", "present", "seats"]
    strictly: StrictBool


@dataclass(frozen=True, config=SHAPE)
class Majorities:
    """The majority for each kind of question."""

    proposal: Majority
    programme: Majority
    rulebook: Majority
    referral: Majority


@dataclass(frozen=True, config=SHAPE)
class Floor:
    """``called_by``, ``chaired_by``, ``minutes_by``: posts or bodies.

    ``notice``: days between the call and the opening, at least. ``quorum``: share of the seats
    that must be present. ``agenda``: "as-numbered" or "drawn" (by a lot). ``in_force``: when
    adopted amendments to the rulebook come into force. ``vote_minutes``: how long a vote stays
    open at least, unless every seat present has voted. ``carried_out_by``: who carries out what is
    adopted, unless the floor names another, within ``carried_out_within`` days of the vote.
    ``at_least_every``: days from the end of one convention to the opening of the next, at most.
    ``late_hours``: so long after the hour of the opening any delegate present may open it, if the
    chair has not. ``lapses_after``: days after the hour of the opening; then it is over.
    """

    called_by: Name
    chaired_by: Name
    notice: Days
    quorum: Share
    agenda: Literal["as-numbered", "drawn"]
    majorities: Majorities
    in_force: Literal["close", "next-call"]
    vote_minutes: Annotated[int, Field(strict=True, ge=0, le=1440)]
    carried_out_by: Name
    carried_out_within: Annotated[int, Field(strict=True, ge=1, le=1000)]
    at_least_every: Annotated[int, Field(strict=True, ge=1, le=2000)] = 400
    late_hours: Annotated[int, Field(strict=True, ge=1, le=1000)] = 2
    lapses_after: Annotated[int, Field(strict=True, ge=1, le=365)] = 14


@dataclass(frozen=True, config=SHAPE)
class Elections:
    """How long an election takes nominations, and then votes, at least.

    ``nominations_minutes``, ``poll_minutes``: at the convention. ``nominations_days``,
    ``poll_days``: in a branch or region. ``on_paper``: whether an election may be held on paper,
    its papers entered by tellers. ``over_within``: days from the call of an election in a branch or
    region to the end of its poll, at most; and from there to the end of its papers.
    ``papers_at_most``: "electorate", no more papers than could vote; "any" where others vote than
    those on the roll or at the convention. ``statements_by``: who writes a candidate's statement:
    "candidate", or "anyone", who nominates them too. ``voice_after``: days for which a member must
    have belonged to their branch, when an election to an office is called in the branch or its
    region, to nominate and vote in it; whom the founder entered has.
    """

    nominations_minutes: Annotated[int, Field(strict=True, ge=1, le=10_000)]
    poll_minutes: Annotated[int, Field(strict=True, ge=1, le=10_000)]
    nominations_days: Annotated[int, Field(strict=True, ge=1, le=365)]
    poll_days: Annotated[int, Field(strict=True, ge=1, le=365)]
    on_paper: StrictBool
    over_within: Annotated[int, Field(strict=True, ge=2, le=1000)] = 90
    papers_at_most: Literal["electorate", "any"] = "electorate"
    statements_by: Literal["anyone", "candidate"] = "anyone"
    voice_after: Days = 0


@dataclass(frozen=True, config=SHAPE)
class Recall:
    """How an assembly recalls whom it elected: the convention, or a region's or branch's members.

    ``demanded_by``: share of its seats or members that must demand the vote, which then opens by
    itself. ``majority``: "present" counts whoever voted, "seats" all seats or members.
    ``again_after``: days until a recall that was not carried can be demanded again.
    ``voice_after``: days for which a member must have belonged to their branch to have a voice.
    ``quorum``: "floor", as many seats of the convention must vote on it as it needs to decide, or
    it decides nothing; "none", any number.
    """

    demanded_by: Share = Fraction(1, 5)
    again_after: Days = 90
    voice_after: Days = 0
    quorum: Literal["none", "floor"] = "none"
    majority: Majority = field(
        default_factory=lambda: Majority(share=Fraction(1, 2), of="cast", strictly=True)
    )


@dataclass(frozen=True, config=SHAPE)
class Lots:
    """Where the seed of a lot comes from.

    ``source``: "members" (at least ``participants`` of them commit to a number each, then
    reveal it) or "public" (a source named beforehand). The hours ``sitting`` are those of a lot
    that is called while the convention sits; without them it has the same as any other.
    """

    source: Literal["members", "public"]
    participants: Annotated[int, Field(strict=True, ge=2, le=1000)] = 3
    commit_hours: Days = 2
    reveal_hours: Days = 2
    sitting_commit_hours: Days | None = None
    sitting_reveal_hours: Days | None = None

    def hours(self, *, sitting: bool) -> tuple[int, int]:
        """Hours to commit, and hours to hand in."""
        commit, reveal = self.sitting_commit_hours, self.sitting_reveal_hours
        return (
            self.commit_hours if commit is None or not sitting else commit,
            self.reveal_hours if reveal is None or not sitting else reveal,
        )


@dataclass(frozen=True, config=SHAPE)
class Reserved:
    """At least so many places of a body are for candidates of a group, such as "women".

    Candidates say themselves, when they agree to stand, whether they are of it.
    """

    group: Line
    at_least: Some


@dataclass(frozen=True, config=SHAPE)
class Body:
    """A body of several seats.

    ``chosen_by``: "convention" or "appointment" (then ``appointed_by`` names the body that
    appoints). ``method``: "individuals" or "slate". ``slate_from``: who may propose a slate:
    "delegates" or a body's name. ``count``: the counting rule, by name and version. ``marks``:
    by limited vote, how many candidates a ballot may mark. ``points``: by cumulative vote, how
    many a ballot may give, if not as many as seats. ``reserved``: places for a group, by the single
    transferable vote of Scotland or by most votes.
    ``stood_in_by``: who acts (but does not judge or recall) while nobody holds it. ``secret``:
    whether it is elected by secret ballot. ``after_term``:
    "stays" (holders carry the office on until a successor is chosen, but do not judge, suspend or
    recall) or "ends".
    """

    title: Line
    seats: Some
    chosen_by: Literal["convention", "appointment"]
    answers_to: Line
    method: Literal["individuals", "slate"] | None = None
    count: Line | None = None
    slate_from: Name | None = None
    marks: Some | None = None
    points: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None
    reserved: Reserved | None = None
    appointed_by: Name | None = None
    recalled_by: Name | None = None
    stood_in_by: Name | None = None
    term_days: Some = 365
    after_term: Literal["stays", "ends"] = "stays"
    secret: StrictBool = False


@dataclass(frozen=True, config=SHAPE)
class Post:
    """A post that one person fills, once for the organisation or in each region or branch.

    ``chosen_by``: "convention", "region" or "branch" (its members elect), or "appointment".
    ``stood_in_by``: who acts while nobody holds it. ``after_term``, ``secret``: as for a body.
    """

    title: Line
    per: Literal["organisation", "region", "branch"]
    chosen_by: Literal["convention", "region", "branch", "appointment"]
    answers_to: Line
    paid: StrictBool
    count: Line | None = None
    appointed_by: Name | None = None
    recalled_by: Name | None = None
    stood_in_by: Name | None = None
    term_days: Some = 365
    after_term: Literal["stays", "ends"] = "stays"
    secret: StrictBool = False


@dataclass(frozen=True, config=SHAPE)
class Rulebook:
    """A whole rulebook. ``version`` is its own number, one higher with each change."""

    organisation: Organisation
    membership: Membership
    bulletin: Bulletin
    proposals: Proposals
    delegates: Delegates
    floor: Floor
    elections: Elections
    lots: Lots
    bodies: Mapping[Name, Body]
    posts: Mapping[Name, Post]
    witnesses: Witnesses
    signing: Signing
    erasing: Erasing
    keys: Keys
    recall: Recall = field(default_factory=Recall)
    secret: Secret = field(default_factory=Secret)
