"""The bodies and posts of a rulebook in plain words; each sentence has its dotted path."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.rulebook.schema import Body, Post, Rulebook
from quorate.rulebook.words import count_in_words, many, office_in_words, plural


def _choice_in_words(rulebook: Rulebook, office: Body | Post) -> str:
    words = rulebook.organisation.words
    if office.chosen_by == "appointment":
        return f"appointed by {office_in_words(rulebook, office.appointed_by or '')}"
    who = {
        "convention": f"the {words.convention}",
        "region": f"the {plural(words.member)} of the {words.region}",
        "branch": f"the {plural(words.member)} of the {words.branch}",
    }[office.chosen_by]
    how = f", by {count_in_words(office.count)}" if office.count else ""
    if isinstance(office, Body) and office.method == "slate":
        proposer = (
            f"{plural(words.delegate)}"
            if office.slate_from == "delegates"
            else office_in_words(rulebook, office.slate_from or "")
        )
        how = f" as one slate, proposed by {proposer}{how}"
    ballot = " in a secret ballot" if office.secret else ""
    return f"elected by {who}{ballot}{how}{_terms_in_words(office)}"


def _terms_in_words(office: Body | Post) -> str:
    """What a body states besides its counting rule."""
    if isinstance(office, Post):
        return ""
    said = ""
    if office.marks is not None:
        said += f", up to {many(office.marks, 'mark')} on a ballot"
    if office.points is not None:
        said += f", up to {many(office.points, 'point')} on a ballot"
    if office.reserved is not None:
        said += (
            f", at least {many(office.reserved.at_least, 'seat')} of them for "
            f"{office.reserved.group} (who stands says whether they are of this group)"
        )
    return said


def bodies(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Each body: its seats, who chooses it, whom it answers to, who can end its term."""
    for name, body in rulebook.bodies.items():
        yield (
            f"bodies.{name}",
            f"{body.title}: {body.seats} seats, {_choice_in_words(rulebook, body)}; it answers to "
            f"{body.answers_to}; {_term(rulebook, body)}.",
        )


def posts(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Each post: how many, who chooses it, whom it answers to, who can end its term."""
    words = rulebook.organisation.words
    for name, post in rulebook.posts.items():
        each = {
            "organisation": "one",
            "region": f"one in each {words.region}",
            "branch": f"one a {words.branch}",
        }
        paid = "paid" if post.paid else "unpaid"
        yield (
            f"posts.{name}",
            f"{post.title}: {each[post.per]}, {paid}, {_choice_in_words(rulebook, post)}; answers "
            f"to {post.answers_to}; {_term(rulebook, post)}.",
        )


def _term(rulebook: Rulebook, office: Body | Post) -> str:
    term = f"term {many(office.term_days, 'day')}"
    if office.after_term == "stays":
        term += (
            ", and until a successor is chosen; whose term is over is shown as overdue, and does "
            "not judge, suspend or recall"
        )
    else:
        term += ", and not a day longer"
    return f"{term}{_recall(rulebook, office)}{_stand_in(rulebook, office)}"


def _recall(rulebook: Rulebook, office: Body | Post) -> str:
    if office.recalled_by is None:
        return "; nobody can recall"
    words = rulebook.organisation.words
    assemblies = {"convention": words.convention, "region": words.region, "branch": words.branch}
    if office.recalled_by in assemblies:
        who = assemblies[office.recalled_by]
        return f"; the {who} may recall, by a vote that opens when enough demand it"
    return f"; {office_in_words(rulebook, office.recalled_by)} may recall, by more than half"


def _stand_in(rulebook: Rulebook, office: Body | Post) -> str:
    if office.stood_in_by is None:
        return ""
    return f"; while nobody holds it, {office_in_words(rulebook, office.stood_in_by)} acts"
