"""Letters to whoever loses rights, or may lose them: suspension and recall."""

from __future__ import annotations

from textwrap import fill

from quorate.chapters.membership.suspensions import to_come
from quorate.chapters.offices.recall import Recall
from quorate.chapters.plain import on
from quorate.chapters.rights import holders, title_of
from quorate.chapters.state import State
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link
from quorate.web.membership.suspension import suspension
from quorate.web.templatetags.saying import place


def suspended(state: State, taken: Taken) -> Words:
    """To the member: who decides it, when it takes effect, and what they still can do."""
    office = state.rules.membership.suspended_by
    to_be = to_come(state, taken.member) is not None
    said = suspension(state, taken.member, state.time, on)
    text = (
        f"More than half of {title_of(state, office)} have said that your membership be suspended, "
        f"each in their own name and with a reason. {said} What you did before stands, and you can "
        "still appeal against the refusal of a text of yours."
    )
    return Words(
        f"Your membership is {'to be ' if to_be else ''}suspended",
        f"{fill(text, 88)}\n\nWhere it stands in the record:\n{link(f'record/{taken.entry}')}",
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
