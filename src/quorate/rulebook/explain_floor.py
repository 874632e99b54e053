"""The floor, its elections, recalls and lots in plain words; each sentence has its dotted path."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.rulebook.fractions import write_share
from quorate.rulebook.schema import Rulebook
from quorate.rulebook.words import majority_in_words, many, office_in_words, plural, share_in_words

Lines = Iterator[tuple[str, str]]


def floor(rulebook: Rulebook) -> Lines:
    """How the convention is called, opened, chaired, and decides."""
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
        with_it = ""
        if name == "referral":
            with_it = (
                " The amendments to it that have no outcome are referred with it, and none alone; "
                "those that were adopted stand in it when it comes back."
            )
        yield (f"floor.majorities.{name}", f"{kind} needs {majority}.{with_it}")
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


def elections(rulebook: Rulebook) -> Lines:
    """How long an election takes, at the convention and in a branch."""
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
        "elections.over_within",
        f"It is over within {many(rule.over_within, 'day')} of its call; where its papers are not "
        "entered within as many more, another may be called. At the "
        f"{words.convention} a poll ends before the {words.convention} can lapse.",
    )
    yield (
        "elections.voice_after",
        f"Whoever has belonged to their {words.branch} for {many(rule.voice_after, 'day')} when an "
        f"election to an office is called in the {words.branch} or {words.region} nominates and "
        f"votes in it, and whom the founder entered; who has come since can in the next."
        if rule.voice_after
        else f"Every {words.member} in good standing when an election is called in their "
        f"{words.branch} or {words.region} nominates and votes in it, from the first day.",
    )
    yield (
        "elections.statements_by",
        "A candidate's statement is written by the candidate, and by nobody else."
        if rule.statements_by == "candidate"
        else "Whoever nominates somebody else may write the candidate's statement.",
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


def recall(rulebook: Rulebook) -> Lines:
    """How an assembly recalls whom it elected."""
    rule, words = rulebook.recall, rulebook.organisation.words
    yield (
        "recall.demanded_by",
        f"Where the {words.convention}, a {words.region} or a {words.branch} may recall, the vote "
        f"opens by itself when {share_in_words(write_share(rule.demanded_by))} of the seats or "
        f"{plural(words.member)} have demanded it, each with a reason in writing; it is as long as "
        "a poll.",
    )
    yield (
        "recall.voice_after",
        f"In a {words.region} or {words.branch} whoever has belonged to their {words.branch} for "
        f"{many(rule.voice_after, 'day')} has a voice in it."
        if rule.voice_after
        else f"In a {words.region} or {words.branch} every {words.member} has a voice in it, from "
        "the first day.",
    )
    yield (
        "recall.majority",
        f"A recall needs {majority_in_words(rule.majority)}.",
    )
    share = share_in_words(write_share(rulebook.floor.quorum))
    yield (
        "recall.quorum",
        f"At the {words.convention} it is demanded while {share} of the seats are present, and "
        f"decides nothing unless {share} of them vote; then it can be demanded again at the next."
        if rule.quorum == "floor"
        else f"At the {words.convention} it counts however few vote.",
    )
    yield (
        "recall.again_after",
        f"One that was not carried can be demanded again after {many(rule.again_after, 'day')}, "
        f"or when the {words.member} has been chosen anew.",
    )


def lots(rulebook: Rulebook) -> Lines:
    """Where the seed of a lot comes from."""
    rule, words = rulebook.lots, rulebook.organisation.words
    if rule.source == "public":
        yield (
            "lots.source",
            "Lots are drawn from a public source that is named beforehand; where its value is not "
            f"entered in time, numbers of at least {rule.participants} {plural(words.member)} are "
            "taken.",
        )
        yield (
            "lots.commit_hours",
            f"The source is named {many(rule.commit_hours, 'hour')} before its value is taken, "
            f"which is entered within {many(rule.reveal_hours, 'hour')} more.",
        )
        return
    yield (
        "lots.source",
        f"Lots are drawn from numbers that at least {rule.participants} {plural(words.member)} "
        "commit to before any is known; all are opened at once. A tie in an election calls its "
        "lot by itself; one lot settles all ties of the elections of "
        f"{plural(words.delegate)}. A number that was handed in and cannot be opened cancels the "
        "draw.",
    )
    commit, reveal = rule.hours(sitting=True)
    sitting = (
        f"; while the {words.convention} sits, {commit} and {reveal}"
        if (commit, reveal) != (rule.commit_hours, rule.reveal_hours)
        else ""
    )
    yield (
        "lots.commit_hours",
        f"There are {rule.commit_hours} hours to commit to a number and {rule.reveal_hours} more "
        f"to hand it in{sitting}; who withholds a number is named. Any {words.member} can take "
        "part, and one who does honestly is enough that nobody chooses the seed.",
    )
