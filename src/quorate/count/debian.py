"""One decision as the Debian project makes it: the rule "debian/1".

Source: Constitution for the Debian Project, version 1.9 (26 March 2022), appendix A.5. Numbers
such as A.5.2 below are its paragraphs. The options are the candidates; one of them is the default
option ("none of the above", "further discussion"), which cannot be dropped.

The constitution leaves it to the text that refers to A.5 to state the default option, the quorum
and any supermajority; ``Terms`` states them, and an election by this rule must. Where several
options are left at the end, A.5.8 has the elector with the casting vote choose; here a lot does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from quorate.count.figures import some
from quorate.count.pairwise import Matrix, Pair, matrix_of, sheet_of, stated, winner_of
from quorate.count.papers import Election, NotCountable
from quorate.count.sheet import Sheet, listed

RULE = "debian/1"
UNVOTED = "No paper is valid, so every option but the default option is dropped (A.5.3)."


@dataclass(frozen=True, slots=True)
class Terms:
    """``default``: the default option's name. ``quorum``: R, in votes.

    ``majorities``: name of an option → S of its supermajority S:1; those not named have 1.
    """

    default: str
    quorum: int = 0
    majorities: Mapping[str, Fraction] | None = None

    def majority(self, option: str) -> Fraction:
        """A.5.3.3: the option's majority ratio."""
        return (self.majorities or {}).get(option, Fraction(1))


def count(election: Election, seed: bytes | None, terms: Terms) -> Sheet:
    """Counts the election by "debian/1". Raises LotNeeded, and NotCountable naming the field."""
    default = _checked(election, terms)
    matrix = matrix_of(election)
    out = dropped_options(election, matrix, terms, default)
    options = [number for number in matrix.numbers if number not in out]
    best, dropped = schwartz_set(matrix, options)
    winners, ties = winner_of(election, best, seed, RULE, "are left without a defeat (A.5.8)")
    left_out = {
        (a, b): f"{election.name(a if a in out else b)} is dropped"
        for a, b in matrix.defeats()
        if a in out or b in out
    } | {
        pair: f"the weakest in the Schwartz set, round {number} (A.5.7)"
        for number, round_ in enumerate(dropped, start=1)
        for pair in round_
    }
    others = sorted(
        (number for number in matrix.numbers if number not in winners),
        key=lambda number: (number in out, number not in best, number),
    )
    return sheet_of(
        RULE,
        election,
        matrix,
        winners + others,
        ties,
        "the only option in the Schwartz set",
        stated(election, matrix, left_out),
        (
            *(() if matrix.papers.valid else (UNVOTED,)),
            *out.values(),
            f"The order of those not chosen is no ranking; {terms.default} is the default option.",
        ),
    )


def dropped_options(
    election: Election, matrix: Matrix, terms: Terms, default: int
) -> dict[int, str]:
    """A.5.2 and A.5.3: options without quorum or majority against the default, and why."""
    out: dict[int, str] = {}
    for option in matrix.numbers:
        if option == default:
            continue
        name = election.name(option)
        for_it, against = matrix.prefer[option, default], matrix.prefer[default, option]
        ratio = terms.majority(name)
        if for_it < terms.quorum:
            out[option] = (
                f"{name} is dropped: {_rank(for_it)} it above {terms.default}, and the quorum "
                f"is {terms.quorum} (A.5.2)."
            )
        elif not (for_it >= ratio * against and for_it > against):
            out[option] = (
                f"{name} is dropped: {_rank(for_it)} it above {terms.default} and {against} "
                f"below, and it needs a majority of {ratio}:1 (A.5.3)."
            )
    return out


def _rank(votes: int) -> str:
    return f"{some(votes, 'votes')} {'ranks' if votes == 1 else 'rank'}"


def schwartz_set(matrix: Matrix, options: list[int]) -> tuple[list[int], list[list[Pair]]]:
    """A.5.4 to A.5.8: who is left without defeats among them, and what was dropped each round."""
    defeats = set(matrix.defeats(options))
    dropped: list[list[Pair]] = []
    while True:
        best = _undominated(defeats, options)
        within = [pair for pair in defeats if pair[0] in best and pair[1] in best]
        if not within:
            return best, dropped
        weakest = min(_strength(matrix, pair) for pair in within)
        dropped.append(sorted(pair for pair in within if _strength(matrix, pair) == weakest))
        defeats -= set(dropped[-1])


def _strength(matrix: Matrix, pair: Pair) -> tuple[int, int]:
    """A.5.7.1: weaker with fewer votes for it, then with more against it."""
    a, b = pair
    return matrix.prefer[a, b], -matrix.prefer[b, a]


def _undominated(defeats: set[Pair], options: list[int]) -> list[int]:
    """A.5.5 and A.5.6: those who transitively defeat everyone that transitively defeats them."""
    reached = {option: _defeated_by(defeats, option) for option in options}
    return [
        a for a in options if all(b in reached[a] or a not in reached[b] for b in options if b != a)
    ]


def _defeated_by(defeats: set[Pair], option: int) -> set[int]:
    """Whom the option transitively defeats."""
    found: set[int] = set()
    new = {option}
    while new:
        new = {b for a, b in defeats if a in new} - found
        found |= new
    return found


def _checked(election: Election, terms: Terms) -> int:
    """The number of the default option, if the terms fit the election."""
    standing = [election.name(number) for number in election.standing]
    if terms.default not in standing:
        raise NotCountable(
            f'default: no option "{terms.default}"; there are {listed(standing or ["none"])}'
        )
    if terms.quorum < 0:
        raise NotCountable(f"quorum: expected a number from 0, not {terms.quorum}")
    for name, ratio in (terms.majorities or {}).items():
        if name not in election.candidates or name == terms.default:
            raise NotCountable(f'supermajority: "{name}" is no option besides the default')
        if ratio < 1:
            raise NotCountable(f"supermajority: expected a ratio from 1 for {name}, not {ratio}")
    return election.candidates.index(terms.default) + 1
