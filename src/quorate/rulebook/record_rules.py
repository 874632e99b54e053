"""The rules that keep the record honest: who changes the keys that sign it, who else signs it, what
members sign themselves, and what is erased behind it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from quorate.rulebook.kinds import SHAPE, Name
from quorate.rulebook.weighty import Weighty


@dataclass(frozen=True, config=SHAPE)
class Witnesses:
    """Who cosigns the record, so that nobody can be shown another one than the others.

    A checkpoint counts as witnessed when the witnesses of so many ``branches`` and of so many
    ``outside`` organisations have cosigned it; where both are 0 none does. ``branch_by``: who names
    the witness of a branch; ``outside_by``: who names those of other organisations.
    ``silent_hours``: so long a witness may say nothing before every page says so. ``results``: a
    result is declared "at-once", or once it is "witnessed": then ``silent_hours`` after it at the
    latest, and what is missing is said.
    """

    branches: Annotated[int, Field(strict=True, ge=0, le=1000)]
    outside: Annotated[int, Field(strict=True, ge=0, le=1000)]
    branch_by: Name
    outside_by: Name
    silent_hours: Annotated[int, Field(strict=True, ge=1, le=1000)]
    results: Literal["at-once", "witnessed"]

    @property
    def asked_for(self) -> bool:
        """Whether anybody has to witness the record at all."""
        return self.branches + self.outside > 0


@dataclass(frozen=True, config=SHAPE)
class Keys:
    """Who changes the keys with which the server signs the record.

    ``rotated_by``: for new ones, with the signature of the old. ``replaced_by``: when those are
    lost, with what the witnesses that are asked for have cosigned last under them.
    """

    rotated_by: Name
    replaced_by: Name


@dataclass(frozen=True, config=SHAPE)
class Signing:
    """Which acts members sign with a device of their own, so that nobody else can do them.

    ``acts``: their names. ``needed_of``: "all", "members-with-a-device" (of others the server
    vouches for who did it), or "nobody". ``wait_hours``: until a device counts that no other signed
    for. ``vouchers``: so many of the member's branch vouch for a device where the others are lost.
    ``unsigned_vouchers``: so many do, signed or not, where fewer others of it than ``vouchers`` can
    sign; 0 for never. ``unsigned_wait_hours``: until a device counts that was vouched for so.
    """

    acts: tuple[Weighty, ...]
    needed_of: Literal["all", "members-with-a-device", "nobody"]
    wait_hours: Annotated[int, Field(strict=True, ge=0, le=1000)]
    vouchers: Annotated[int, Field(strict=True, ge=1, le=100)]
    unsigned_vouchers: Annotated[int, Field(strict=True, ge=0, le=100)] = 0
    unsigned_wait_hours: Annotated[int, Field(strict=True, ge=0, le=1000)] = 0


@dataclass(frozen=True, config=SHAPE)
class Erasing:
    """Whose decision it is that a text is erased. The record keeps its commitment.

    ``decided_within``: days after the request; ``undecided``: what then becomes of the text, if
    nothing was decided. ``backups_days``: so long a backup may be kept, which holds what is erased
    meanwhile.
    """

    decided_by: Name
    decided_within: Annotated[int, Field(strict=True, ge=1, le=365)]
    undecided: Literal["erased", "kept"]
    backups_days: Annotated[int, Field(strict=True, ge=1, le=3650)]
