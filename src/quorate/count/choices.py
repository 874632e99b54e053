"""Which candidate of a paper is yes, no or abstention, where a question is put on paper.

Names that say so in English are taken at their word wherever they stand, since a spreadsheet puts
them in alphabetical order, and leaves out what nobody chose. Other names stand in the order yes,
no, abstention.
"""

from __future__ import annotations

from dataclasses import replace

from quorate.count.papers import Election, NotCountable

CHOICES = ("yes", "no", "abstention")

_MEANS = {
    **dict.fromkeys(("yes", "aye", "for", "in favour", "in favor", "agree", "approve"), 0),
    **dict.fromkeys(("no", "nay", "against", "opposed", "disagree", "reject"), 1),
    **dict.fromkeys(("abstain", "abstention", "abstained", "abstaining"), 2),
}


def with_all_choices(election: Election, asked: int) -> Election:
    """The election with the choices that no paper of a spreadsheet happens to mark.

    A column of answers knows those alone that somebody gave. Where all of them say in English what
    they are, and each something else, the missing ones are put at the end; no other election is
    changed.
    """
    names = election.candidates
    means = {_MEANS.get(name.strip().casefold()) for name in names}
    if None in means or len(means) < len(names):
        return election
    missing = tuple(CHOICES[place] for place in range(asked) if place not in means)
    return replace(election, candidates=names + missing)


def numbers_of(names: tuple[str, ...], rule: str, asked: int) -> tuple[int, ...]:
    """The numbers, from 1, of yes, no and (if three are ``asked``) abstention.

    Raises NotCountable for more or fewer choices, and where some names say what they are and do
    not stand in their place.
    """
    wanted = ", ".join(CHOICES[: asked - 1]) + f" and {CHOICES[asked - 1]}"
    if len(names) != asked:
        raise NotCountable(
            f"candidates: {rule} has the choices {wanted}, in this order, and the paper has "
            f"{len(names)}: {', '.join(names)}"
        )
    means = [_MEANS.get(name.strip().casefold()) for name in names]
    if sorted(place for place in means if place is not None) == list(range(asked)):
        return tuple(means.index(place) + 1 for place in range(asked))
    for name, stands, place in zip(names, means, range(asked), strict=True):
        if stands is not None and stands != place:
            raise NotCountable(
                f'candidates: "{name}" stands where {rule} has {CHOICES[place]}; its choices are '
                f"{wanted}, in this order"
            )
    return tuple(range(1, asked + 1))
