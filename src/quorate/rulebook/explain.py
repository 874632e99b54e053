"""A rulebook printed as standing orders in plain words; each sentence has its dotted path.

The same sentences are cited by every refusal, so that nobody has to take an officer's word for
what the rules say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quorate.rulebook.explain_offices import bodies, posts
from quorate.rulebook.fractions import write_share
from quorate.rulebook.schema import Rulebook
from quorate.rulebook.words import (
    count_in_words,
    majority_in_words,
    many,
    office_in_words,
    share_in_words,
)

FIXED = {
    "record.founding": "Nothing can be done before a rulebook is adopted; the founder's rights end "
    "when the founding is complete.",
    "record.order": "Every act has one place in the record, one after the other.",
    "record.time": "Time in the record never goes back.",
    "record.subject": "An act names what it is about by a number or name that the record knows.",
    "record.names": "A code, a pseudonym and a personal sheet belong to one only, for ever.",
    "record.due": "What the rulebook does by itself happens at its date, before anything else.",
}
"""The few rules that no rulebook can change."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One clause in plain words, and the dotted path of the rule that it tells."""

    path: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ChapterOfOrders:
    """A chapter of the standing orders."""

    title: str
    clauses: tuple[Sentence, ...]


def standing_orders(rulebook: Rulebook) -> tuple[ChapterOfOrders, ...]:
    """The whole rulebook as standing orders, chapter by chapter."""
    chapters = (
        ("Membership", _membership(rulebook)),
        ("The bulletin", _bulletin(rulebook)),
        ("Proposals", _proposals(rulebook)),
        ("Delegates", _delegates(rulebook)),
        ("The floor", _floor(rulebook)),
        ("Elections", _elections(rulebook)),
        ("Recall", _recall(rulebook)),
        ("Lots", _lots(rulebook)),
        ("Bodies", bodies(rulebook)),
        ("Posts", posts(rulebook)),
    )
    return tuple(
        ChapterOfOrders(title, tuple(Sentence(path, text) for path, text in clauses))
        for title, clauses in chapters
    )


def sentence(rulebook: Rulebook, path: str) -> str:
    """The sentence of the rule at this path, or of the rule that it belongs to; "" if none."""
    if path in FIXED:
        return FIXED[path]
    sentences = {
        clause.path: clause.sentence
        for chapter in standing_orders(rulebook)
        for clause in chapter.clauses
    }
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        found = sentences.get(".".join(steps[:length]))
        if found is not None:
            return found
    return ""


Lines = Iterator[tuple[str, str]]


def _membership(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.membership, rulebook.organisation.words
    if rule.admission == "automatic":
        yield (
            "membership.admission",
            f"A new {words.member} is entered by the secretary of their {words.branch}; nobody "
            "else has to agree, and there is no ground on which to refuse them.",
        )
    else:
        yield (
            "membership.admission",
            f"A {words.member} is admitted by {office_in_words(rulebook, rule.admission)}.",
        )
    yield (
        "membership.roll_cut_off",
        f"The roll of each {words.branch} is frozen {rule.roll_cut_off} days before the "
        f"{words.convention}; who is a {words.member} in good standing then counts.",
    )
    yield (
        "membership.roll_attested_by",
        f"Each {words.branch}'s roll is attested by its "
        f"{office_in_words(rulebook, rule.roll_attested_by).removeprefix('the ')}.",
    )
    yield (
        "membership.roll_challenge",
        f"Any {words.member} may challenge a roll for {rule.roll_challenge} days after it is "
        "frozen.",
    )
    yield (
        "membership.challenges_decided_by",
        f"Challenges are decided by {office_in_words(rulebook, rule.challenges_decided_by)} "
        f"within {rule.challenges_decided_within} days more; nobody decides their own.",
    )
    undecided = f"counts as {rule.challenge_undecided}"
    if rule.challenge_undecided == "for-the-member":
        undecided = (
            f"counts for the {words.member}: who was missing is put on the roll, who stands on it "
            "stays"
        )
    yield (
        "membership.challenge_undecided",
        f"A challenge not decided in time {undecided}.",
    )
    yield (
        "membership.burst_share",
        f"Where {write_share(rule.burst_share)} or more of a {words.branch}'s roll was admitted in "
        f"the {rule.burst_days} days before the cut-off, that is shown.",
    )
    yield (
        "membership.suspended_by",
        f"A membership may be suspended, with a reason on the record, by "
        f"{office_in_words(rulebook, rule.suspended_by)}, by more than half of it, and by nobody "
        "else; so it is restored.",
    )


def _bulletin(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.bulletin, rulebook.organisation.words
    yield (
        "bulletin.opens",
        f"The {words.bulletin} opens {rule.opens} days before the {words.convention}; any "
        f"{words.member} in good standing may write in it.",
    )
    yield (
        "bulletin.closes",
        f"It closes {rule.closes} days before the {words.convention}.",
    )
    days = ", ".join(str(day) for day in sorted(rule.issues, reverse=True))
    yield (
        "bulletin.issues",
        f"Issues come out {days} days before the {words.convention}, with everything handed in "
        "until then.",
    )
    yield ("bulletin.words", f"A contribution has {rule.words:,} words at most.")
    yield (
        "bulletin.refused_by",
        f"Only {office_in_words(rulebook, rule.refused_by)} may refuse a contribution, in their "
        "own name, before it is printed, for one of the listed reasons, one version of it and "
        "each only once; it stays listed as refused.",
    )
    yield ("bulletin.refusal_reasons", "Nothing is refused for any other reason than these.")
    for name, reason in rule.refusal_reasons.items():
        yield (f"bulletin.refusal_reasons.{name}", f"Reason “{name}”: {reason}")
    yield (
        "bulletin.appeal_to",
        f"The author may appeal to {office_in_words(rulebook, rule.appeal_to)}; nobody judges who "
        "refused it.",
    )
    yield (
        "bulletin.appeal_within",
        f"An appeal is made within {rule.appeal_within} days of the refusal; it stops the clock "
        "for the author, who has so much longer for a new version and for seconders.",
    )
    yield (
        "bulletin.appeal_decided_within",
        f"An appeal not decided within {rule.appeal_decided_within} days counts as won.",
    )


def _proposals(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.proposals, rulebook.organisation.words
    who = f"Any {words.member} in good standing"
    if rule.may_propose == "delegates":
        who = f"Only {words.delegate}s"
    yield ("proposals.may_propose", f"{who} may hand in a {words.proposal}.")
    ways = []
    if rule.seconds.delegates is not None:
        ways.append(f"{rule.seconds.delegates} {words.delegate}s")
    if rule.seconds.branches is not None:
        ways.append(
            f"{rule.seconds.branches} {words.branch}es (for each, "
            f"{write_share(rule.seconds.branch_share)} of its {words.member}s second it, and "
            f"{rule.seconds.branch_members} of them at least, who belonged to it when the "
            f"{words.bulletin} opened)"
        )
    if rule.seconds.members is not None:
        ways.append(f"{write_share(rule.seconds.members)} of the {words.member}s")
    yield (
        "proposals.seconds",
        f"A {words.proposal} is admitted as soon as one version of it is seconded by "
        f"{' or by '.join(ways)}, the author not counted; nobody's approval is asked.",
    )
    yield (
        "proposals.seconding_closes",
        f"Seconding closes {rule.seconding_closes} days before the {words.convention}; a "
        f"{words.proposal} without enough seconders lapses, and that is shown.",
    )
    yield (
        "proposals.answer_from",
        f"To each admitted {words.proposal} {office_in_words(rulebook, rule.answer_from)} owes an "
        "answer in writing.",
    )
    yield (
        "proposals.answer_due",
        f"The answer is due {rule.answer_due} days before the {words.convention}; whether it came "
        f"stands on the {words.proposal}.",
    )


def _delegates(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.delegates, rulebook.organisation.words
    if rule.method == "sainte-lague":
        how = f"{rule.seats} seats are shared out among the {words.branch}es by Sainte-Laguë"
    else:
        how = (
            f"Each {words.branch} has a seat for every {rule.members_per_delegate} "
            f"{words.member}s or part of that number"
        )
    yield (
        "delegates.method",
        f"{how}, by the frozen rolls, with at least {rule.minimum} each.",
    )
    yield (
        "delegates.count",
        f"Each {words.branch}'s {words.member}s elect its {words.delegate}s, by "
        f"{count_in_words(rule.count)}.",
    )
    yield (
        "delegates.nominations_open",
        f"Nominations open {rule.nominations_open} days before the {words.convention}; nobody "
        "stands without their consent.",
    )
    yield (
        "delegates.election_opens",
        f"Voting opens {rule.election_opens} days before the {words.convention}.",
    )
    yield (
        "delegates.election_closes",
        f"It closes {rule.election_closes} days before the {words.convention}; the ballots are "
        "opened then, and not before.",
    )
    yield (
        "delegates.alternates",
        f"Up to {rule.alternates} of those not elected are alternates, in order, and step in for "
        "an empty seat.",
    )
    for number, name in enumerate(rule.may_not_nominate):
        yield (
            f"delegates.may_not_nominate.{number}",
            f"{office_in_words(rulebook, name).capitalize()} may not nominate {words.delegate}s.",
        )
    yield (
        "delegates.credentials_by",
        f"Credentials are checked by {office_in_words(rulebook, rule.credentials_by)}.",
    )
    yield (
        "delegates.credentials_within",
        f"A {words.delegate} whose credentials nobody has checked by the opening, or "
        f"{many(rule.credentials_within, 'hour')} after stepping in, takes the seat all the same.",
    )
    yield (
        "delegates.guests_by",
        f"Guests, with voice and no vote, are invited by "
        f"{office_in_words(rulebook, rule.guests_by)}.",
    )


def _floor(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.floor, rulebook.organisation.words
    yield (
        "floor.called_by",
        f"The {words.convention} is called by {office_in_words(rulebook, rule.called_by)}.",
    )
    yield ("floor.notice", f"It is called at least {rule.notice} days before it opens.")
    yield (
        "floor.at_least_every",
        f"One opens within {many(rule.at_least_every, 'day')} of the end of the last; where none "
        f"is called in time for that, any {words.member} in good standing may call it.",
    )
    yield (
        "floor.chaired_by",
        f"{office_in_words(rulebook, rule.chaired_by).capitalize()} chairs it.",
    )
    yield (
        "floor.late_hours",
        f"Where the chair has not opened it {many(rule.late_hours, 'hour')} after its time, any "
        f"{words.delegate} who is present may.",
    )
    yield (
        "floor.lapses_after",
        f"A {words.convention} that is not over {many(rule.lapses_after, 'day')} after its time to "
        "open lapses: what it has decided stands, an open vote is counted, and what it did not "
        "reach comes first at the next.",
    )
    yield (
        "floor.quorum",
        f"It can decide while at least {share_in_words(write_share(rule.quorum))} of its seats are "
        "present.",
    )
    order = "drawn by lot" if rule.agenda == "drawn" else "the order in which they were handed in"
    yield (
        "floor.agenda",
        f"Every admitted {words.proposal} is on the agenda; the order is {order}, amendments "
        "before what they amend.",
    )
    yield (
        "floor.majorities",
        f"Each seat has one vote, for, against or abstaining, of the {words.delegate} who sits in "
        "it and is present. Nobody learns how a vote stands before it is closed; then everyone "
        "sees who voted how. Until then a vote can be replaced, with a reason, and both stay "
        "visible.",
    )
    kinds = {
        "proposal": f"A {words.proposal}",
        "programme": "An amendment to the programme",
        "rulebook": "An amendment to this rulebook",
        "referral": f"Referring a {words.proposal}, with an owner and a date,",
    }
    for name, kind in kinds.items():
        majority = majority_in_words(getattr(rule.majorities, name))
        yield (f"floor.majorities.{name}", f"{kind} needs {majority}.")
    yield (
        "floor.close",
        f"The {words.convention} cannot close while a {words.proposal} on its agenda lacks an "
        "outcome of its own.",
    )
    yield (
        "floor.vote_minutes",
        f"A vote stays open for at least {many(rule.vote_minutes, 'minute')}, unless every seat "
        "present has voted."
        if rule.vote_minutes
        else "The chair may close a vote at any time.",
    )
    yield (
        "floor.carried_out_by",
        f"What is adopted is carried out by {office_in_words(rulebook, rule.carried_out_by)}, "
        "unless the floor gives it to another.",
    )
    yield (
        "floor.carried_out_within",
        f"It is due {many(rule.carried_out_within, 'day')} after the vote, unless the floor names "
        "another date; nobody puts it off later.",
    )
    when = (
        f"at the close of the {words.convention}"
        if rule.in_force == "close"
        else f"at the call of the next {words.convention}"
    )
    yield ("floor.in_force", f"Adopted amendments to this rulebook come into force {when}.")


def _elections(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.elections, rulebook.organisation.words
    yield (
        "elections.nominations_minutes",
        f"An election at the {words.convention} takes nominations for at least "
        f"{many(rule.nominations_minutes, 'minute')}.",
    )
    yield (
        "elections.poll_minutes",
        f"It then takes votes for at least {many(rule.poll_minutes, 'minute')}.",
    )
    yield (
        "elections.nominations_days",
        f"An election in a {words.branch} or {words.region} takes nominations for at least "
        f"{many(rule.nominations_days, 'day')}.",
    )
    yield (
        "elections.poll_days",
        f"It then takes votes for at least {many(rule.poll_days, 'day')}.",
    )
    yield (
        "elections.on_paper",
        "An election may be held on paper; tellers enter the papers after the poll, and another "
        "teller than they ends the entering."
        if rule.on_paper
        else "No election is held on paper.",
    )
    if rule.on_paper:
        yield (
            "elections.papers_at_most",
            "There cannot be more papers than people who could vote."
            if rule.papers_at_most == "electorate"
            else "The number of papers is not held against the number of people who could vote.",
        )


def _recall(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.recall, rulebook.organisation.words
    yield (
        "recall.demanded_by",
        f"Where the {words.convention}, a {words.region} or a {words.branch} may recall, the vote "
        f"opens by itself when {share_in_words(write_share(rule.demanded_by))} of the seats or "
        f"{words.member}s have demanded it, each with a reason in writing; it is as long as a "
        "poll.",
    )
    yield (
        "recall.majority",
        f"A recall needs {majority_in_words(rule.majority)}.",
    )
    yield (
        "recall.again_after",
        f"One that was not carried can be demanded again after {many(rule.again_after, 'day')}, "
        "or when the member has been chosen anew.",
    )


def _lots(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.lots, rulebook.organisation.words
    if rule.source == "public":
        yield (
            "lots.source",
            "Lots are drawn from a public source that is named beforehand; where its value is not "
            f"entered in time, numbers of at least {rule.participants} {words.member}s are taken.",
        )
        yield (
            "lots.commit_hours",
            f"The source is named {many(rule.commit_hours, 'hour')} before its value is taken, "
            f"which is entered within {many(rule.reveal_hours, 'hour')} more.",
        )
        return
    yield (
        "lots.source",
        f"Lots are drawn from numbers that at least {rule.participants} {words.member}s commit to "
        "before any is known; all are opened at once. A tie in an election calls its lot by "
        "itself; one lot settles all ties of the elections of delegates. A number that was handed "
        "in and cannot be opened cancels the draw.",
    )
    yield (
        "lots.commit_hours",
        f"There are {rule.commit_hours} hours to commit to a number and {rule.reveal_hours} more "
        "to hand it in; who withholds a number is named.",
    )
