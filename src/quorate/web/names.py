"""Names for pseudonyms and titles for texts, kept in this process once they were read.

A commitment never comes to mean something else, so what was read and is what was handed in stays
right; who has been erased is looked up in the state each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from quorate.chapters.clause import FOUNDER, RULEBOOK
from quorate.chapters.delegates.remembers import Guest
from quorate.chapters.state import State
from quorate.store import keeping
from quorate.web.lane import erased, lane

_SHEETS: dict[str, keeping.Sheet] = {}
_TITLES: dict[str, str] = {}
FORMER = "a former member"
FORMER_GUEST = "a former guest"


def remember(state: State, members: Iterable[str]) -> None:
    """Reads the sheets of these members that are not known yet, at once."""
    known = state.membership.members
    wanted = {known[m].person for m in members if m in known and not known[m].erased}
    _sheets(wanted)


def place_of(state: State, code: str) -> str:
    """What people call the branch or region."""
    membership = state.membership
    found = membership.branches.get(code) or membership.regions.get(code)
    return code if found is None else found.name


def name_of(state: State, member: str | None) -> str:
    """What people call the member."""
    if member == RULEBOOK:
        return "the rulebook"
    if member == FOUNDER:
        return "the founder"
    if member is not None and member in state.secret.outside:
        return _trustee_name(state, member)
    found = state.membership.members.get(member or "")
    if found is None or found.erased:
        return FORMER
    return _sheets([found.person])[found.person].name


def _trustee_name(state: State, who: str) -> str:
    """What is known of a trustee who is no member: whose they are."""
    for register in state.secret.registers.values():
        for trustee in register.trustees:
            if trustee.who == who:
                return f"the trustee of {trustee.organisation}"
    return "somebody who was named as a trustee"


def guest_name(guest: Guest) -> str:
    """A guest's name and who sends them."""
    if guest.erased:
        return FORMER_GUEST
    sheet = _sheets([guest.person])[guest.person]
    return f"{sheet.name}, {sheet.organisation}" if sheet.organisation else sheet.name


def _sheets(wanted: Collection[str]) -> dict[str, keeping.Sheet]:
    """Personal sheets by their commitments; what is wrong now is looked for again next time."""
    new = {person for person in wanted if person not in _SHEETS}
    read = keeping.sheets(lane().place.sealing_key, new) if new else {}
    _SHEETS.update({person: sheet for person, sheet in read.items() if not sheet.trouble})
    return {person: _SHEETS.get(person) or read[person] for person in wanted}


def remember_titles(texts: Iterable[str]) -> None:
    """Reads the titles of these texts that are not known yet, at once."""
    wanted = [text for text in texts if text not in _TITLES]
    for start in range(0, len(wanted), 500):
        found = keeping.texts(wanted[start : start + 500], erased)
        _TITLES.update({text: known.title for text, known in found.items() if not known.trouble})


def title_of(text: str) -> str:
    """The title of a text, by its commitment."""
    if text not in _TITLES or text in lane().standing.state.erasing.texts:
        found = keeping.texts([text], erased)[text]
        if found.trouble:
            return found.title
        _TITLES[text] = found.title
    return _TITLES[text] or "Without a title"


def contribution_title(state: State, number: int) -> str:
    """The title of a contribution: of its admitted version, or its latest."""
    contribution = state.bulletin.contributions[number]
    proposal = state.proposals.proposals.get(number)
    if proposal is not None and proposal.admission is not None:
        return title_of(proposal.admission.version)
    return title_of(contribution.latest.text)
