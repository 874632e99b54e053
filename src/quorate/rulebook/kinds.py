"""The kinds of values that rules have."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainSerializer

from quorate.direction import turned
from quorate.rulebook.fractions import read_number_or_share, read_share, write_share


def _straight(line: str) -> str:
    if wrong := turned(line):
        raise ValueError(wrong)
    return line


SHAPE = ConfigDict(extra="forbid", arbitrary_types_allowed=True, strict=False)

Share = Annotated[
    Fraction,
    BeforeValidator(read_share),
    PlainSerializer(write_share, return_type=str),
]
NumberOrShare = Annotated[
    int | Fraction,
    BeforeValidator(read_number_or_share),
    PlainSerializer(lambda said: said if isinstance(said, int) else write_share(said)),
]
"""So many, 0 for none, or a share of the whole."""
Days = Annotated[int, Field(strict=True, ge=0, le=1000)]
Some = Annotated[int, Field(strict=True, ge=1, le=100_000)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_straight)]
