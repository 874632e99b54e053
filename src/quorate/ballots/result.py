"""The election's result (section 4.21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isqrt

from quorate.ballots.decryption import Factors
from quorate.ballots.elections import Election
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import (
    Json,
    Malformed,
    array,
    canonical,
    dump,
    each,
    field,
    fields,
    small,
    weight,
    weight_json,
)
from quorate.ballots.questions import Homomorphic, Question
from quorate.ballots.tally import EncryptedTally

Sums = tuple[int, ...]
"""How often each choice was chosen; where blank is allowed, the blank votes first."""

Rankings = tuple[tuple[int, ...], ...]
"""Every ballot's numbers, in the order of the last shuffle."""

Result = tuple[Sums | Rankings, ...]
"""For each question."""


class BadResult(Exception):
    """The stated result does not follow from the decryption; says where."""


def read_result(election: Election[E], data: bytes) -> Result:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _reader(election), result_json)


def write_result(election: Election[E], result: Result) -> bytes:
    return dump(result_json(result))


def verify(
    election: Election[E],
    tally: EncryptedTally[E],
    factors: Factors[E],
    total_weight: int,
    result: Result,
) -> None:
    """Raises BadResult unless beta / F of every ciphertext is what the result says."""
    for place, (question, stated) in enumerate(zip(election.questions, result, strict=True)):
        plain = _plain(election.group, tally, factors, place)
        figures: Sequence[int | tuple[int, ...]] = stated
        if len(plain) != len(figures):
            raise BadResult(f"question {place + 1}: not one figure for each ciphertext")
        for j, (element, said) in enumerate(zip(plain, figures, strict=True), 1):
            if not _stands(election.group, question, element, total_weight, said):
                what = "choice" if isinstance(question, Homomorphic) else "ballot"
                raise BadResult(f"question {place + 1}: {what} {j} is not what was decrypted")


def compute(
    election: Election[E], tally: EncryptedTally[E], factors: Factors[E], total_weight: int
) -> Result:
    """The result that the decryption gives. Raises BadResult for a sum above the total weight,
    which proofs make impossible."""
    result: list[Sums | Rankings] = []
    for place, question in enumerate(election.questions):
        plain = _plain(election.group, tally, factors, place)
        if isinstance(question, Homomorphic):
            result.append(_logarithms(election.group, plain, total_weight))
        else:
            count = len(question.answers)
            result.append(tuple(election.group.to_ints(count, one) for one in plain))
    return tuple(result)


def _stands(
    group: Group[E],
    question: Question,
    element: E,
    total_weight: int,
    said: int | tuple[int, ...],
) -> bool:
    """Whether an element is what the result says: g to that sum, or these numbers."""
    if isinstance(said, tuple):
        return group.to_ints(len(question.answers), element) == said
    return said <= total_weight and group.power(group.g, said) == element


def _plain(group: Group[E], tally: EncryptedTally[E], factors: Factors[E], place: int) -> list[E]:
    return [
        group.divide(ciphertext.beta, factor)
        for ciphertext, factor in zip(tally[place], factors[place], strict=True)
    ]


def _logarithms(group: Group[E], elements: Sequence[E], most: int) -> tuple[int, ...]:
    """The n of 0..most with g^n = element, for each: baby steps and giant steps."""
    stride = isqrt(most) + 1
    baby: dict[E, int] = {}
    power = group.one
    for n in range(stride):
        baby[power] = n
        power = group.multiply(power, group.g)
    return tuple(_logarithm(group, baby, power, element) for element in elements)


def _logarithm(group: Group[E], baby: Mapping[E, int], giant: E, element: E) -> int:
    """``baby``: g^n → n for n below the stride. ``giant``: g^stride."""
    for steps in range(len(baby)):
        if element in baby:
            return steps * len(baby) + baby[element]
        element = group.divide(element, giant)
    raise BadResult("a sum above the total weight")


def _reader(election: Election[E]) -> Callable[[Json], Result]:
    def read_one(question: Question, value: Json) -> Sums | Rankings:
        if isinstance(question, Homomorphic):
            return each(value, weight)
        return each(value, lambda inner: each(inner, small))

    def read_all(value: Json) -> Result:
        result: list[Sums | Rankings] = []
        for place, item in enumerate(array(value, len(election.questions))):
            try:
                result.append(read_one(election.questions[place], item))
            except Malformed as error:
                raise error.within(f"[{place}]") from None
        return tuple(result)

    return lambda value: field(fields(value, ("result",)), "result", read_all)


def grouped(rankings: Iterable[tuple[int, ...]]) -> list[tuple[int, tuple[int, ...]]]:
    """How many ballots say each ranking, sorted by the rankings: their order in the last shuffle
    tells nothing, and nothing is left of it."""
    return [(weight, numbers) for numbers, weight in sorted(Counter(rankings).items())]


def result_json(result: Result) -> Json:
    return {
        "result": [
            [list(one) if isinstance(one, tuple) else weight_json(one) for one in stated]
            for stated in result
        ]
    }
