"""A rulebook printed as standing orders in plain words; each sentence has its dotted path.

The same sentences are cited by every refusal, so that nobody has to take an officer's word for
what the rules say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quorate.rulebook import explain_floor, explain_record, explain_secret
from quorate.rulebook.explain_offices import bodies, posts
from quorate.rulebook.fractions import write_share
from quorate.rulebook.schema import Rulebook
from quorate.rulebook.words import (
    count_in_words,
    many,
    office_in_words,
    plural,
)

FIXED = {
    "record.founding": "Nothing can be done before a rulebook is adopted; the founder's rights end "
    "when the founding is complete.",
    "record.order": "Every act has one place in the record, one after the other.",
    "record.time": "Time in the record never goes back.",
    "record.subject": "An act names what it is about by a number or name that the record knows.",
    "record.names": "A code, a pseudonym and a personal sheet belong to one only, for ever.",
    "record.keys": "The record is signed by the keys that it names; new ones agree to follow, and "
    "a key that was given up does not come back.",
    "record.ballots": "What is too large for the record (shuffles, decryptions and rolls of secret "
    "ballots) is taken only after every proof in it was checked; the record holds its fingerprint.",
    "record.due": "What the rulebook does by itself happens at its date, before anything else.",
}
"""The few rules that no rulebook can change."""


TOLD_WITH = {
    "membership.challenges_decided_within": "membership.challenges_decided_by",
    "membership.burst_days": "membership.burst_share",
    "delegates.minimum": "delegates.method",
    "delegates.seats": "delegates.method",
    "witnesses.outside": "witnesses.branches",
    "delegates.members_per_delegate": "delegates.method",
    "lots.participants": "lots.source",
    "lots.reveal_hours": "lots.commit_hours",
    "lots.sitting_commit_hours": "lots.commit_hours",
    "lots.sitting_reveal_hours": "lots.commit_hours",
    "secret.all_needed": "secret.needed",
}
"""Rules that have no sentence of their own → the rule whose sentence tells them."""


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
        ("Reading", _reading(rulebook)),
        ("Membership", _membership(rulebook)),
        ("The bulletin", _bulletin(rulebook)),
        ("Proposals", _proposals(rulebook)),
        ("Delegates", _delegates(rulebook)),
        ("The floor", explain_floor.floor(rulebook)),
        ("Elections", explain_floor.elections(rulebook)),
        ("Secret ballots", explain_secret.secret(rulebook)),
        ("Recall", explain_floor.recall(rulebook)),
        ("Lots", explain_floor.lots(rulebook)),
        ("Witnesses", explain_record.witnesses(rulebook)),
        ("The keys of the record", explain_record.keys(rulebook)),
        ("Signing", explain_record.signing(rulebook)),
        ("Erasing", explain_record.erasing(rulebook)),
        ("Bodies", bodies(rulebook)),
        ("Posts", posts(rulebook)),
    )
    return tuple(
        ChapterOfOrders(title, tuple(Sentence(path, text) for path, text in clauses))
        for title, clauses in chapters
    )


def sentence(rulebook: Rulebook, path: str) -> str:
    """The sentence of the rule at this path, or of the rule that it belongs to; of a whole table,
    its sentences; "" if there is none."""
    if path in FIXED:
        return FIXED[path]
    sentences = {
        clause.path: clause.sentence
        for chapter in standing_orders(rulebook)
        for clause in chapter.clauses
    }
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        above = ".".join(steps[:length])
        found = sentences.get(TOLD_WITH.get(above, above))
        if found is not None:
            return found
    return " ".join(text for told, text in sentences.items() if told.startswith(f"{path}."))


Lines = Iterator[tuple[str, str]]


def _reading(rulebook: Rulebook) -> Lines:
    words = rulebook.organisation.words
    what = f"The {words.bulletin}, the {plural(words.convention)}, the elections and the record"
    if rulebook.organisation.read_by == "anyone":
        yield ("organisation.read_by", f"{what} can be read by anyone.")
    else:
        yield (
            "organisation.read_by",
            f"{what} are read by {plural(words.member)} and by guests of the {words.convention}; "
            "this rulebook, and the signature under the record, by anyone.",
        )


def _membership(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.membership, rulebook.organisation.words
    if rule.admission == "automatic":
        yield (
            "membership.admission",
            f"A new {words.member} is entered by "
            f"{office_in_words(rulebook, rule.roll_attested_by)}; nobody else has to agree, and "
            "there is no ground on which to refuse them.",
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
    yield (
        "membership.challenge_parties",
        "Whoever attested the roll, attests it for the "
        f"{words.branch}, or entered the {words.member} whom it is about, does not decide either."
        if rule.challenge_parties == "involved"
        else "Whoever attested the roll, or entered whom it is about, may decide all the same.",
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
    if rule.suspension_after:
        after = many(rule.suspension_after, "day")
        yield (
            "membership.suspension_after",
            f"It takes effect {after} after it is decided, but not while a {words.convention} "
            f"sits: then when that is over. Until then the {words.member} keeps every right, and "
            "it can be taken back.",
        )
    else:
        yield ("membership.suspension_after", "It takes effect as soon as it is decided.")


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
        who = f"Only {plural(words.delegate)}"
    yield ("proposals.may_propose", f"{who} may hand in a {words.proposal}.")
    ways = []
    if rule.seconds.delegates is not None:
        ways.append(f"{rule.seconds.delegates} {plural(words.delegate)}")
    if rule.seconds.branches is not None:
        ways.append(
            f"{rule.seconds.branches} {plural(words.branch)} (for each, "
            f"{write_share(rule.seconds.branch_share)} of its {plural(words.member)} second it, "
            f"and {rule.seconds.branch_members} of them at least, who belonged to it when the "
            f"{words.bulletin} opened)"
        )
    if rule.seconds.members is not None:
        known = f", who were {plural(words.member)} when the {words.bulletin} opened"
        ways.append(
            f"{write_share(rule.seconds.members)} of the {plural(words.member)}"
            + ("" if rule.seconds.new_members else known)
        )
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


def _guaranteed(rulebook: Rulebook) -> str:
    """Which branches have the minimum of seats for certain."""
    rule, words = rulebook.delegates, rulebook.organisation.words
    if rule.minimum_from == 1:
        return f"Every {words.branch} that has a {words.member} on its roll is guaranteed that."
    has = "the seats that its number gives it in the sharing"
    if rule.method == "per-members":
        has = "seats for whole numbers only, and none for a part"
    return (
        f"A {words.branch} with fewer than {rule.minimum_from} {plural(words.member)} on its roll, "
        f"or one opened after the call of the {words.convention}, is not guaranteed that: it has "
        f"{has}."
    )


def _delegates(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.delegates, rulebook.organisation.words
    if rule.method == "sainte-lague":
        how = f"{rule.seats} seats are shared out among the {plural(words.branch)} by Sainte-Laguë"
    else:
        how = (
            f"Each {words.branch} has a seat for every {rule.members_per_delegate} "
            f"{plural(words.member)} or part of that number"
        )
    yield (
        "delegates.method",
        f"{how}, by the frozen rolls, with at least {rule.minimum} each.",
    )
    yield ("delegates.minimum_from", _guaranteed(rulebook))
    yield (
        "delegates.count",
        f"Each {words.branch}'s {plural(words.member)} elect its {plural(words.delegate)}, by "
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
    if not rule.may_not_nominate:
        yield (
            "delegates.may_not_nominate",
            f"Whoever is on the {words.branch}'s roll may nominate, whatever office they hold.",
        )
    for number, name in enumerate(rule.may_not_nominate):
        yield (
            f"delegates.may_not_nominate.{number}",
            f"{office_in_words(rulebook, name).capitalize()} may not nominate "
            f"{plural(words.delegate)}.",
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
