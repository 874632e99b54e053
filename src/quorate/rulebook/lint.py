"""What a rulebook says that cannot be: names of nobody, days out of order, half a rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quorate.rulebook import lint_secret
from quorate.rulebook.fault import Fault
from quorate.rulebook.schema import Body, Post, Rulebook

COUNTS_OF_INDIVIDUALS = (
    "scottish-stv/1",
    "ers97/1",
    "meek-prf/1",
    "plurality-at-large/1",
    "approval/1",
    "cumulative/1",
)
"""Rules for persons that fill any number of seats."""
COUNTS_FOR_ONE = ("instant-runoff/1", "plurality/1", "schulze/1", "ranked-pairs/1")
"""Rules for persons that fill one."""
COUNTS_WITH_RESERVED = ("scottish-stv/1", "plurality-at-large/1")
NAMES_TAKEN = ("automatic", "branch", "convention", "delegates", "region")
"""What a rule may say instead of an office's name."""
COUNTS_OF_SLATES = ("slate-against-slate/1", "slate-yes-no/1")


def contradictions(rulebook: Rulebook) -> tuple[Fault, ...]:
    """Every contradiction in the rulebook, in the order of its chapters."""
    return (
        *_unknown_offices(rulebook),
        *_days_out_of_order(rulebook),
        *_half_rules(rulebook),
        *_choices(rulebook),
        *_terms(rulebook),
        *lint_secret.contradictions(rulebook),
    )


def _unknown_offices(rulebook: Rulebook) -> Iterator[Fault]:
    known = {*rulebook.bodies, *rulebook.posts}
    named = {
        "membership.roll_attested_by": rulebook.membership.roll_attested_by,
        "membership.challenges_decided_by": rulebook.membership.challenges_decided_by,
        "membership.suspended_by": rulebook.membership.suspended_by,
        "bulletin.refused_by": rulebook.bulletin.refused_by,
        "bulletin.appeal_to": rulebook.bulletin.appeal_to,
        "proposals.answer_from": rulebook.proposals.answer_from,
        "delegates.credentials_by": rulebook.delegates.credentials_by,
        "delegates.guests_by": rulebook.delegates.guests_by,
        "floor.called_by": rulebook.floor.called_by,
        "floor.chaired_by": rulebook.floor.chaired_by,
        "floor.carried_out_by": rulebook.floor.carried_out_by,
        "witnesses.branch_by": rulebook.witnesses.branch_by,
        "witnesses.outside_by": rulebook.witnesses.outside_by,
        "erasing.decided_by": rulebook.erasing.decided_by,
        "keys.rotated_by": rulebook.keys.rotated_by,
        "keys.replaced_by": rulebook.keys.replaced_by,
    }
    if rulebook.membership.admission != "automatic":
        named["membership.admission"] = rulebook.membership.admission
    for number, name in enumerate(rulebook.delegates.may_not_nominate):
        named[f"delegates.may_not_nominate.{number}"] = name
    for name, side in rulebook.secret.sides.items():
        if side.named_by is not None:
            named[f"secret.sides.{name}.named_by"] = side.named_by
    in_places = {
        "membership.admission",
        "membership.roll_attested_by",
        "witnesses.branch_by",
    }
    for path, name in named.items():
        post = rulebook.posts.get(name)
        one = path in in_places or path.startswith("delegates.may_not_nominate")
        if post is not None and post.per != "organisation" and not one:
            yield Fault(path, f'"{name}" is a post of each {post.per}, not of the whole')
        if name not in known:
            yield Fault(path, f'there is no body and no post called "{name}" in this rulebook')
    for name in sorted(set(rulebook.bodies) & set(rulebook.posts)):
        yield Fault(f"bodies.{name}", "a post has the same name")
    for kind, names in (("bodies", rulebook.bodies), ("posts", rulebook.posts)):
        for name in names:
            if name in NAMES_TAKEN:
                yield Fault(f"{kind}.{name}", "this name means something else in a rulebook")
    if rulebook.bulletin.appeal_to == rulebook.bulletin.refused_by:
        yield Fault("bulletin.appeal_to", "an appeal cannot go to whoever refused")


def _days_out_of_order(rulebook: Rulebook) -> Iterator[Fault]:
    bulletin, proposals, delegates = rulebook.bulletin, rulebook.proposals, rulebook.delegates
    membership = rulebook.membership
    in_order = (
        ("floor.notice", rulebook.floor.notice),
        ("membership.roll_cut_off", membership.roll_cut_off),
        ("delegates.election_opens", delegates.election_opens),
        ("delegates.election_closes", delegates.election_closes),
        ("proposals.seconding_closes", proposals.seconding_closes),
        ("proposals.answer_due", proposals.answer_due),
    )
    for (early, more), (late, fewer) in pairwise(in_order):
        if more <= fewer:
            yield Fault(late, f"must come after {early} ({fewer} is not fewer days than {more})")
    settled = membership.roll_cut_off - membership.roll_challenge
    if settled - membership.challenges_decided_within < delegates.nominations_open:
        yield Fault(
            "delegates.nominations_open",
            "nominations cannot open before challenges to the roll are decided",
        )
    floor = rulebook.floor
    if floor.at_least_every <= floor.notice:
        yield Fault("floor.at_least_every", "leaves no time to call it with floor.notice")
    if floor.late_hours >= floor.lapses_after * 24:
        yield Fault("floor.late_hours", "comes after floor.lapses_after: it would never be opened")
    if delegates.nominations_open <= delegates.election_opens:
        yield Fault("delegates.election_opens", "must come after delegates.nominations_open")
    if bulletin.opens > floor.notice:
        yield Fault("bulletin.opens", "comes before floor.notice: nothing may be called yet")
    if bulletin.opens <= bulletin.closes:
        yield Fault("bulletin.closes", "must come after bulletin.opens")
    if bulletin.closes < proposals.seconding_closes:
        yield Fault("proposals.seconding_closes", "cannot come before bulletin.closes")
    if bulletin.appeal_within + bulletin.appeal_decided_within > proposals.seconding_closes:
        yield Fault(
            "bulletin.appeal_decided_within",
            "an appeal that is won late would give time for seconders until after the opening",
        )
    for number, day in enumerate(bulletin.issues):
        if not bulletin.opens > day:
            yield Fault(f"bulletin.issues.{number}", "comes before the bulletin opens")
    if not bulletin.issues or min(bulletin.issues) > bulletin.closes:
        yield Fault("bulletin.issues", "no issue comes out at or after bulletin.closes")


def _half_rules(rulebook: Rulebook) -> Iterator[Fault]:
    seconds, delegates = rulebook.proposals.seconds, rulebook.delegates
    if (seconds.delegates, seconds.branches, seconds.members) == (None, None, None):
        yield Fault("proposals.seconds", "names no way to be seconded")
    if delegates.method == "sainte-lague" and delegates.seats is None:
        yield Fault("delegates.seats", "is needed to share out seats")
    if delegates.method == "per-members" and delegates.members_per_delegate is None:
        yield Fault("delegates.members_per_delegate", "is needed")
    if delegates.count not in COUNTS_OF_INDIVIDUALS:
        yield Fault("delegates.count", "is no counting rule for persons")
    polls = rulebook.elections
    if polls.over_within < polls.nominations_days + polls.poll_days:
        yield Fault("elections.over_within", "leaves no time for nominations and the poll")
    for name in ("commit_hours", "reveal_hours", "sitting_commit_hours", "sitting_reveal_hours"):
        if getattr(rulebook.lots, name) == 0:
            yield Fault(f"lots.{name}", "must be 1 at least, or no lot can be drawn")
    tellers = rulebook.bodies.get(delegates.credentials_by)
    if rulebook.elections.on_paper and (tellers is None or tellers.seats < 2):
        yield Fault(
            "elections.on_paper",
            "needs a body of two at least in delegates.credentials_by: who enters papers does not "
            "end them",
        )
    if rulebook.witnesses.results == "witnessed" and not rulebook.witnesses.asked_for:
        yield Fault("witnesses.results", "waits for witnesses, and none is asked for")
    signing = rulebook.signing
    if signing.unsigned_vouchers and signing.unsigned_vouchers < signing.vouchers:
        yield Fault("signing.unsigned_vouchers", "cannot be fewer than signing.vouchers")
    if signing.unsigned_vouchers and signing.unsigned_wait_hours <= signing.wait_hours:
        yield Fault("signing.unsigned_wait_hours", "must be longer than signing.wait_hours")
    if signing.unsigned_wait_hours and not signing.unsigned_vouchers:
        yield Fault("signing.unsigned_wait_hours", "waits for nobody: unsigned_vouchers is 0")
    if not rulebook.bulletin.refusal_reasons:
        yield Fault("bulletin.refusal_reasons", "lists none: then nothing could be refused")


def _choices(rulebook: Rulebook) -> Iterator[Fault]:
    known = {*rulebook.bodies, *rulebook.posts}
    posts_of_the_whole = {n for n, post in rulebook.posts.items() if post.per == "organisation"}
    of_the_whole = {*rulebook.bodies, *posts_of_the_whole}
    for kind, offices in (("bodies", rulebook.bodies), ("posts", rulebook.posts)):
        for name, office in offices.items():
            path = f"{kind}.{name}"
            if office.chosen_by == "appointment":
                if office.appointed_by not in known:
                    yield Fault(f"{path}.appointed_by", "must name a body or a post")
                elif not _reaches(rulebook, office.appointed_by or "", office):
                    yield Fault(f"{path}.appointed_by", "holds office in one place, and not here")
            elif office.count is None:
                yield Fault(f"{path}.count", "an election needs a counting rule")
            if office.recalled_by is not None and office.recalled_by not in {
                *known,
                "convention",
                "region",
                "branch",
            }:
                yield Fault(f"{path}.recalled_by", "must name a body, a post or who elects")
            if not _reaches(rulebook, office.recalled_by or "", office):
                yield Fault(f"{path}.recalled_by", "holds office in one place, and not here")
            one_of = "region", "branch"
            if office.recalled_by in one_of and getattr(office, "per", "") != office.recalled_by:
                yield Fault(
                    f"{path}.recalled_by",
                    f"a {office.recalled_by} recalls from its own posts only",
                )
            if office.after_term == "ends" and office.stood_in_by is None:
                yield Fault(
                    f"{path}.stood_in_by", "somebody must act when a term has ended: say who"
                )
            if office.stood_in_by not in {None, *of_the_whole} - {name}:
                yield Fault(f"{path}.stood_in_by", "must name another body, or a post of the whole")
    for name, body in rulebook.bodies.items():
        if body.chosen_by == "convention":
            allowed = COUNTS_OF_SLATES if body.method == "slate" else _counts_of(body)
            if body.method is None:
                yield Fault(f"bodies.{name}.method", "individuals or slate?")
            elif body.count not in allowed:
                yield Fault(f"bodies.{name}.count", f"must be one of {', '.join(allowed)}")
            if body.method == "slate" and body.slate_from not in {"delegates", *rulebook.bodies}:
                yield Fault(f"bodies.{name}.slate_from", "must say who may propose a slate")
    for name, post in rulebook.posts.items():
        if post.chosen_by in ("region", "branch") and (
            rulebook.elections.voice_after >= post.term_days
        ):
            yield Fault(
                "elections.voice_after",
                f"is as long as the term of posts.{name}: whoever comes would have no vote on it",
            )
        if post.chosen_by in ("region", "branch") and post.per != post.chosen_by:
            yield Fault(
                f"posts.{name}.chosen_by",
                f"a {post.chosen_by} elects to its own posts only: per must be {post.chosen_by}",
            )
        if post.chosen_by != "appointment" and post.count not in (
            None,
            *COUNTS_OF_INDIVIDUALS,
            *COUNTS_FOR_ONE,
        ):
            yield Fault(f"posts.{name}.count", "is no counting rule for persons")


def _counts_of(body: Body) -> tuple[str, ...]:
    """The rules by which persons may be elected to so many seats."""
    more = COUNTS_FOR_ONE if body.seats == 1 else ("limited-vote/1",)
    return (*COUNTS_OF_INDIVIDUALS, *more)


def _terms(rulebook: Rulebook) -> Iterator[Fault]:
    """What a body states besides its counting rule, where the rule has nothing of the kind."""
    for name, body in rulebook.bodies.items():
        path = f"bodies.{name}"
        if (body.count == "limited-vote/1") != (body.marks is not None):
            yield Fault(f"{path}.marks", "goes together with limited-vote/1: marks on a ballot")
        elif body.marks is not None and body.marks >= body.seats:
            yield Fault(f"{path}.marks", "must be fewer than seats, or the vote is not limited")
        if body.points is not None and body.count != "cumulative/1":
            yield Fault(f"{path}.points", "is for cumulative/1 only")
        if body.reserved is None:
            continue
        if body.chosen_by != "convention" or body.count not in COUNTS_WITH_RESERVED:
            yield Fault(
                f"{path}.reserved",
                f"is for persons elected by one of {', '.join(COUNTS_WITH_RESERVED)}",
            )
        if body.reserved.at_least > body.seats:
            yield Fault(f"{path}.reserved.at_least", "is more than there are seats")


def _reaches(rulebook: Rulebook, name: str, office: Body | Post) -> bool:
    """Whether whoever holds ``name`` holds it where this office is: a post of each branch chooses
    for its own branch only, one of each region for the region and its branches."""
    chooser = rulebook.posts.get(name)
    if chooser is None or chooser.per == "organisation":
        return True
    per = "organisation" if isinstance(office, Body) else office.per
    return per in ("branch", chooser.per) if chooser.per == "region" else per == "branch"
