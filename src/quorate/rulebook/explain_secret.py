"""Secret ballots in plain words: what is secret from whom, and what is not; each sentence has its
dotted path."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.rulebook.fractions import write_share
from quorate.rulebook.lint_secret import secret_offices
from quorate.rulebook.schema import Rulebook
from quorate.rulebook.secret_rules import Side
from quorate.rulebook.words import many, office_in_words, plural, share_in_words

Lines = Iterator[tuple[str, str]]


def secret(rulebook: Rulebook) -> Lines:
    """Who holds the key, what is needed of them, and when."""
    rule, words = rulebook.secret, rulebook.organisation.words
    if not rule.sides:
        yield (
            "secret.sides",
            "No election is held by secret ballot on the server: nobody is named to hold its key.",
        )
        yield "secret.on_demand", f"Nor can {plural(words.delegate)} demand that."
        return
    size = len(rule.sides)
    yield (
        "secret.sides",
        "In an election by secret ballot every vote is encrypted on the voter's own device. "
        f"{many(size, 'trustee')} hold the key together, each from another side: who holds an "
        "office that names the trustee of one side is the trustee of no other. Neither officers "
        "nor whoever runs the server can read, add, drop or change a vote unseen, and anybody can "
        "check that. It does not hide that somebody claimed a key to vote with, nor from where "
        "they connected; it keeps nobody from looking over a voter's shoulder, which is why a "
        "later ballot replaces an earlier one.",
    )
    for name, side in sorted(rule.sides.items()):
        yield f"secret.sides.{name}", f"{_called(name)}: {_trustee(rulebook, side)}"
    if rule.all_needed:
        yield (
            "secret.needed",
            f"All {size} trustees are needed to open a box: if one loses their key, nobody ever "
            "reads it, and the election is held anew.",
        )
    else:
        yield (
            "secret.needed",
            f"Any {rule.needed} of the {size} trustees open a box together, so one lost key loses "
            "no election; fewer can read no vote, and cannot tell whose key is whose.",
        )
    yield (
        "secret.fewest_voters",
        f"With fewer than {rule.fewest_voters} keys there is no secret ballot: it would be too "
        "easy to guess whose is which." + _where_few_vote(rulebook),
    )
    yield (
        "secret.fewest_ballots",
        f"A box with fewer than {many(rule.fewest_ballots, 'ballot')} is not opened: what it holds "
        "would show how somebody voted. The election is held again, once by itself. If all in a "
        "box vote alike, the result shows how each of them did; nothing can hide that.",
    )
    yield (
        "secret.ballots_each",
        f"A voter can cast {many(rule.ballots_each, 'ballot')} in an election; the last one "
        "counts.",
    )
    yield (
        "secret.batch_minutes",
        f"What was cast enters the box every {many(rule.batch_minutes, 'minute')}, so that nobody "
        "sees when somebody voted.",
    )
    yield (
        "secret.papers_minutes",
        "Whoever claimed no key votes on paper, where the rulebook allows papers. They are entered "
        f"within {many(rule.papers_minutes, 'minute')} of the close, before the box is opened, so "
        "that nobody enters papers who knows what they change. A paper is not encrypted: where few "
        "vote so, it shows how they did.",
    )
    yield (
        "secret.open_hours",
        f"The trustees open the box within {many(rule.open_hours, 'hour')} of the close. If too "
        "few of them come, the election is void, and nobody ever reads its ballots.",
    )
    yield "secret.on_demand", _on_demand(rulebook)
    yield from _terms(rulebook)
    held = {
        "paper": "is held on paper",
        "later": "is held later, with a new register",
    }[rule.without_trustees]
    yield (
        "secret.without_trustees",
        "If the trustees do not come to their keys in time, do not make the roll of keys, or too "
        f"few {plural(words.member)} claimed one, the election {held}. Otherwise no office that is "
        "elected by secret ballot is elected on paper, so that nobody gets round the box.",
    )


def _on_demand(rulebook: Rulebook) -> str:
    asked, words = rulebook.secret.on_demand, rulebook.organisation.words
    if not asked:
        return "Only offices of which this rulebook says so are elected by secret ballot."
    who = (
        many(asked, words.delegate)
        if isinstance(asked, int)
        else f"{share_in_words(write_share(asked))} of the {plural(words.delegate)}"
    )
    return (
        f"{who.capitalize()} can demand that the {words.convention} elect to an office by secret "
        "ballot to which it would elect openly, until voting has begun. So a register of voting "
        f"keys is opened at the call of every {words.convention}. If it comes to nothing, the "
        "office is elected on paper; where such elections are held later, it is elected openly."
    )


def _where_few_vote(rulebook: Rulebook) -> str:
    words = rulebook.organisation.words
    chosen_by = {office.chosen_by for office in secret_offices(rulebook).values()}
    if not chosen_by & {"branch", "region"}:
        return ""
    return f" A {words.branch} or {words.region} in which fewer vote elects on paper."


def _terms(rulebook: Rulebook) -> Lines:
    rule, words = rulebook.secret, rulebook.organisation.words
    if any(side.trustee == "lot" for side in rule.sides.values()):
        yield (
            "secret.answer_hours",
            f"A {words.member} who is drawn as a trustee has {many(rule.answer_hours, 'hour')} to "
            "make their key; then whoever was drawn next is.",
        )
    yield (
        "secret.keys_days",
        f"For a {words.convention} the trustees have their keys "
        f"{many(rule.keys_days, 'day')} before it opens.",
    )
    yield (
        "secret.claims_minutes",
        f"{plural(words.delegate).capitalize()} claim their keys once the trustees have theirs, "
        f"until {many(rule.claims_minutes, 'minute')} after the opening. Nobody is given a key, "
        "and nobody can claim one for another.",
    )
    yield (
        "secret.mix_minutes",
        f"When no key can be claimed any more the trustees have {many(rule.mix_minutes, 'minute')} "
        "to mix the claims, so that nobody knows whose key is whose, and to try their own keys in "
        "making the roll; voting does not open before.",
    )
    yield (
        "secret.keys_hours",
        f"In a {words.branch} or {words.region} the trustees have their keys "
        f"{many(rule.keys_hours, 'hour')} after the call of the election, while nominations run. "
        f"They are of the same sides, from the whole organisation. Offices of one {words.branch} "
        f"or {words.region} that are called in those hours share their keys; another is called "
        "when the roll of keys stands.",
    )
    yield (
        "secret.claims_hours",
        f"In a {words.branch} or {words.region}, {plural(words.member)} claim theirs in the "
        f"{many(rule.claims_hours, 'hour')} after the trustees have to have their keys.",
    )
    yield (
        "secret.mix_hours",
        f"In a {words.branch} or {words.region}, the trustees make the roll in the "
        f"{many(rule.mix_hours, 'hour')} after the last claim.",
    )


def _trustee(rulebook: Rulebook, side: Side) -> str:
    words = rulebook.organisation.words
    if side.trustee == "lot":
        return f"a {words.member} in good standing, drawn by lot."
    namer = office_in_words(rulebook, side.named_by or "")
    if side.trustee == "outside":
        return f"somebody of another organisation, named by {namer}."
    return f"a {words.member} in good standing, named by {namer}."


def _called(name: str) -> str:
    return f"The side “{name.replace('-', ' ')}”"
