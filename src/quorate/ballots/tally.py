"""The encrypted tally (section 4.18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, NamedTuple

from quorate.ballots.ballot import Answer, ciphertexts
from quorate.ballots.common import (
    Ciphertext,
    ciphertext,
    ciphertext_json,
    multiplied,
    nothing,
)
from quorate.ballots.elections import Election
from quorate.ballots.groups.group import E, Group
from quorate.ballots.json_form import (
    Json,
    canonical,
    dump,
    each,
    field,
    fields,
    hash_hex,
    small,
    weight,
    weight_json,
)
from quorate.ballots.questions import Homomorphic

EncryptedTally = tuple[tuple[Ciphertext[E], ...], ...]
"""For each question its ciphertexts: one for each choice, or one for each ballot."""


class WeightedRanking(Exception):
    """A ballot that counts several times, or not at all, answers a ranked question."""


class Weighted(NamedTuple, Generic[E]):
    """A ballot's answers and how many times they count."""

    weight: int
    answers: tuple[Answer[E], ...]


@dataclass(frozen=True, slots=True)
class SizedEncryptedTally:
    """``encrypted_tally``: the SHA-256 of the tally's bytes."""

    num_tallied: int
    total_weight: int
    encrypted_tally: str


def tally(election: Election[E], ballots: Iterable[Weighted[E]]) -> EncryptedTally[E]:
    """The tally of the last ballot of each credential. Raises WeightedRanking."""
    cast = list(ballots)
    return tuple(
        _sums(election.group, question.length, [(w, ciphertexts(a[place])) for w, a in cast])
        if isinstance(question, Homomorphic)
        else _listed(election.group, [(w, ciphertexts(a[place])) for w, a in cast])
        for place, question in enumerate(election.questions)
    )


def read_tally(group: Group[E], data: bytes) -> EncryptedTally[E]:
    """Raises Malformed, NotCanonical."""
    return canonical(data, ciphertext_lists(group), lambda lists: lists_json(group, lists))


def write_tally(group: Group[E], tally: EncryptedTally[E]) -> bytes:
    return dump(lists_json(group, tally))


def read_sized_tally(data: bytes) -> SizedEncryptedTally:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _read_sized, _sized_json)


def write_sized_tally(sized: SizedEncryptedTally) -> bytes:
    return dump(_sized_json(sized))


def ciphertext_lists(group: Group[E]) -> Callable[[Json], EncryptedTally[E]]:
    """A reader of lists of lists of ciphertexts, as the tally and a shuffle are."""
    read_ciphertext = ciphertext(group)
    return lambda value: each(value, lambda inner: each(inner, read_ciphertext))


def lists_json(group: Group[E], lists: EncryptedTally[E]) -> Json:
    return [[ciphertext_json(group, one) for one in inner] for inner in lists]


def _sums(
    group: Group[E], length: int, ballots: Sequence[tuple[int, tuple[Ciphertext[E], ...]]]
) -> tuple[Ciphertext[E], ...]:
    """The product over the ballots of the j-th ciphertext, to the power of its weight."""
    return tuple(
        reduce(
            lambda left, right: multiplied(group, left, right),
            (_weighted(group, weight, choices[j]) for weight, choices in ballots),
            nothing(group),
        )
        for j in range(length)
    )


def _weighted(group: Group[E], weight: int, choice: Ciphertext[E]) -> Ciphertext[E]:
    if weight == 1:
        return choice
    return Ciphertext(group.power(choice.alpha, weight), group.power(choice.beta, weight))


def _listed(
    group: Group[E], ballots: Sequence[tuple[int, tuple[Ciphertext[E], ...]]]
) -> tuple[Ciphertext[E], ...]:
    """The ballots' ciphertexts, sorted."""
    if any(weight != 1 for weight, _choices in ballots):
        raise WeightedRanking
    return in_order(group, (choices[0] for _weight, choices in ballots))


def in_order(group: Group[E], ciphertexts: Iterable[Ciphertext[E]]) -> tuple[Ciphertext[E], ...]:
    """Sorted, so that their order tells nothing."""
    return tuple(
        sorted(ciphertexts, key=lambda one: (group.sort_key(one.alpha), group.sort_key(one.beta)))
    )


def _read_sized(value: Json) -> SizedEncryptedTally:
    record = fields(value, ("num_tallied", "total_weight", "encrypted_tally"))
    return SizedEncryptedTally(
        num_tallied=field(record, "num_tallied", small),
        total_weight=field(record, "total_weight", weight),
        encrypted_tally=field(record, "encrypted_tally", hash_hex),
    )


def _sized_json(sized: SizedEncryptedTally) -> Json:
    return {
        "num_tallied": sized.num_tallied,
        "total_weight": weight_json(sized.total_weight),
        "encrypted_tally": sized.encrypted_tally,
    }
