"""Letters to whoever loses rights, or may lose them: suspension and recall."""

from __future__ import annotations

from quorate.chapters.offices.recall import Recall
from quorate.chapters.rights import holders, title_of
from quorate.chapters.state import State
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link
from quorate.web.templatetags.saying import place


def suspended(state: State, taken: Taken) -> Words:
    """To the member: who decides it, and what they still can do."""
    office = state.rules.membership.suspended_by
    return Words(
        "Your membership is suspended",
        f"More than half of {title_of(state, office)} have suspended your membership, each in\n"
        "their own name and with a reason. Your rights rest until it is restored. What you did\n"
        "before stands, and you can still appeal against the refusal of a text of yours.\n\n"
        f"Where it stands in the record:\n{link(f'record/{taken.entry}')}",
    )


def recall(state: State, taken: Taken) -> Words:
    """To the holder of an office: that their recall is asked for, or that they are recalled."""
    act = taken.act
    where = f" of {place(act.place)}" if act.place else ""
    office = f"{title_of(state, act.office)}{where}"
    by = names.name_of(state, taken.by)
    if isinstance(act, Recall) and taken.member not in holders(state, act.office, act.place):
        said = f"You are recalled, and are {office} no longer. {by} was one of those who said so."
    else:
        said = f"{by} asks that you be recalled: {office}."
    return Words(
        f"Your recall: {office}",
        f"{said}\nReasons and voices stand on this page:\n{link('offices')}",
    )
