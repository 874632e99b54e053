"""Which candidate of a paper is yes, no or abstention, where a question is put on paper.

Names that say so (``choice_words``) are taken at their word wherever they stand, since a
spreadsheet puts them in alphabetical order, and leaves out what nobody chose. Other names stand in
the order yes, no, abstention, if an order was stated: by a list of the candidates, or by a file
that lists them. Where neither is so, the election is refused.
"""

from __future__ import annotations

from dataclasses import replace

from quorate.count.choice_words import Choice, meaning_of
from quorate.count.papers import Election, NotCountable

CHOICES: tuple[Choice, ...] = ("yes", "no", "abstention")


def with_all_choices(election: Election, asked: int) -> Election:
    """The election with the choices that no paper of a spreadsheet happens to mark.

    A column of answers knows those alone that somebody gave. Where all of them say what they are,
    and each something else, the missing ones are put at the end; no other election is changed.
    """
    names = election.candidates
    means = {meaning_of(name) for name in names}
    if None in means or len(means) < len(names):
        return election
    missing = tuple(choice for choice in CHOICES[:asked] if choice not in means)
    return replace(election, candidates=names + missing)


def numbers_of(election: Election, rule: str, asked: int) -> tuple[int, ...]:
    """The numbers, from 1, of yes, no and (if three are ``asked``) abstention.

    Raises NotCountable for more or fewer choices; where nothing tells which is which; and where
    some names say what they are and do not stand in their place.
    """
    names, choices = election.candidates, CHOICES[:asked]
    wanted = f"{', '.join(choices[:-1])} and {choices[-1]}"
    means = [meaning_of(name) for name in names]
    every = ", ".join(f'"{name}"' for name in names)
    if len(names) != asked:
        abstention = (
            "; yes-no-abstain/1 counts abstentions" if asked == 2 and "abstention" in means else ""
        )
        raise NotCountable(
            f"candidates: {rule} has the choices {wanted}, in this order, and the paper has "
            f"{len(names)}: {every} (a list of the choices, --candidates FILE, also "
            f"names those that nobody marked{abstention})"
        )
    if sorted(map(str, means)) == sorted(choices):
        return tuple(means.index(choice) + 1 for choice in choices)
    for name, says, choice in zip(names, means, choices, strict=True):
        if says is not None and says != choice:
            raise NotCountable(
                f'candidates: "{name}" stands where {rule} has {choice}; its choices are '
                f"{wanted}, in this order; list them so in a file for --candidates"
            )
    if not election.in_order:
        raise NotCountable(
            f"candidates: nothing says which of {every} is which of {wanted}; "
            "list them in this order in a file for --candidates, below a line that says name"
        )
    return tuple(range(1, asked + 1))


def read_as(election: Election, numbers: tuple[int, ...]) -> tuple[str, ...]:
    """A remark that says which choice was read as what; none where they are just called so."""
    names = [election.name(number) for number in numbers]
    if names == list(CHOICES[: len(names)]):
        return ()
    pairs = [f'"{name}" as {choice}' for name, choice in zip(names, CHOICES, strict=False)]
    known = all(meaning_of(name) for name in names)
    why = "" if known else ", in the order in which they stand"
    return (f"Read {', '.join(pairs[:-1])} and {pairs[-1]}{why}.",)
