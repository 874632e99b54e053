"""What a rulebook can say, and should not say without having thought about it.

Unlike a contradiction, a doubt does not keep a rulebook from standing: it may be just what an
organisation wants, or what its rules have always been.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from quorate.rulebook.fault import Fault
from quorate.rulebook.lint_secret import A_DAY, secret_offices
from quorate.rulebook.schema import Majority, Rulebook

HALF = Fraction(1, 2)
FEW = 5
"""So many, at least, hide each other."""
LETTERS_READ = 72
"""Hours within which whoever is told something by letter has read it."""


def doubts(rulebook: Rulebook) -> tuple[Fault, ...]:
    """Everything in the rulebook that opens a way round the rest of it."""
    return (
        *_of_the_floor(rulebook),
        *_of_members(rulebook),
        *_of_elections(rulebook),
        *_of_the_record(rulebook),
        *_of_secret_ballots(rulebook),
    )


def _of_the_floor(rulebook: Rulebook) -> Iterator[Fault]:
    floor = rulebook.floor
    if not _more_than_half(floor.majorities.rulebook):
        yield Fault(
            "floor.majorities.rulebook",
            "fewer than are against it can change this rulebook, and with it every other majority",
        )
    if floor.vote_minutes == 0:
        yield Fault("floor.vote_minutes", "the chair can close a vote before anybody has voted")


def _more_than_half(majority: Majority) -> bool:
    return majority.share > HALF or (majority.share == HALF and majority.strictly)


def _of_the_record(rulebook: Rulebook) -> Iterator[Fault]:
    if not rulebook.witnesses.asked_for:
        yield Fault(
            "witnesses.branches",
            "nobody else signs the record: whoever keeps it can show two histories",
        )
        yield Fault(
            "keys.replaced_by",
            "can have the record signed by other keys, and no witness has to have seen it before",
        )
    elif not rulebook.witnesses.outside:
        yield Fault("witnesses.outside", "nobody from outside witnesses the record")
    if not rulebook.signing.acts or rulebook.signing.needed_of == "nobody":
        yield Fault("signing.acts", "whoever runs the server can act in anybody's name")
    if rulebook.signing.unsigned_vouchers and rulebook.signing.unsigned_wait_hours < LETTERS_READ:
        yield Fault(
            "signing.unsigned_wait_hours",
            "whoever runs the server can have a device count for somebody before they read of it",
        )
    if rulebook.erasing.undecided == "erased":
        yield Fault("erasing.undecided", "a text goes if those who should decide it look away")


def _of_members(rulebook: Rulebook) -> Iterator[Fault]:
    rule, seconds = rulebook.membership, rulebook.proposals.seconds
    if rule.suspension_after == 0:
        yield Fault(
            "membership.suspension_after",
            "a member can be silenced in the middle of a vote, and restored when it is over",
        )
    if rule.challenge_parties == "named":
        yield Fault(
            "membership.challenge_parties", "whoever made a roll can judge a challenge to it"
        )
    if seconds.members is not None and seconds.new_members:
        yield Fault(
            "proposals.seconds.new_members",
            "whoever admits members can have a proposal admitted by them",
        )
    if rulebook.delegates.minimum and rulebook.delegates.minimum_from == 1:
        yield Fault(
            "delegates.minimum_from", "whoever opens a branch for one member has seats for it"
        )


def _of_elections(rulebook: Rulebook) -> Iterator[Fault]:
    recalled_by = {body.recalled_by for body in rulebook.bodies.values()}
    recalled_by |= {post.recalled_by for post in rulebook.posts.values()}
    if rulebook.elections.statements_by == "anyone":
        yield Fault(
            "elections.statements_by", "somebody else's words can stand as a candidate's own"
        )
    chosen_by = {post.chosen_by for post in rulebook.posts.values()}
    if chosen_by & {"branch", "region"} and rulebook.elections.voice_after == 0:
        yield Fault(
            "elections.voice_after",
            "whoever admits members can be elected by those whom they admitted the day before",
        )
    if recalled_by & {"branch", "region"} and rulebook.recall.voice_after == 0:
        yield Fault(
            "recall.voice_after", "members can move to a branch in order to recall from its posts"
        )
    if "convention" in recalled_by and rulebook.recall.quorum == "none":
        yield Fault("recall.quorum", "one vote of the whole convention can be enough to recall")


def _of_secret_ballots(rulebook: Rulebook) -> Iterator[Fault]:
    """Who names several sides' trustees after all, or reads a vote from a sum."""
    sides = sorted(rulebook.secret.sides.items())
    namers = {side.named_by for _, side in sides} - {None}
    for name, side in sides:
        office = rulebook.bodies.get(side.named_by or "") or rulebook.posts.get(side.named_by or "")
        if office is not None and office.appointed_by in namers:
            yield Fault(
                f"secret.sides.{name}.named_by",
                "is appointed by whoever names another side's trustee: one hand can hold two keys",
            )
    rule = rulebook.secret
    chosen_by = {office.chosen_by for office in secret_offices(rulebook).values()}
    if chosen_by and rule.without_trustees == "later":
        yield Fault(
            "secret.without_trustees",
            "one trustee who never comes can keep an office from being filled, time after time",
        )
    if chosen_by & {"branch", "region"}:
        for name, hours in (("keys_hours", rule.keys_hours), ("mix_hours", rule.mix_hours)):
            if hours < A_DAY:
                yield Fault(
                    f"secret.{name}",
                    "whoever calls an election in a branch can have it fall into the night, when "
                    "no trustee comes",
                )
    if isinstance(rule.on_demand, int) and rule.on_demand == 1:
        yield Fault("secret.on_demand", "one delegate can have every election wait for the roll")
    if sides and rulebook.secret.fewest_ballots < FEW:
        yield Fault("secret.fewest_ballots", "from so few ballots it can be told who voted how")
    if sides and rulebook.secret.fewest_voters < FEW:
        yield Fault("secret.fewest_voters", "among so few keys it can be guessed whose is which")
