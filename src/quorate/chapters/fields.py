"""The kinds of fields that acts have, with the limits that the record sets.

An entry holds no personal data and no texts. Where an act carries one, the field holds a
commitment, and its kind says to what, so that every border (page, API, command) can take the
thing itself, commit to it, and put it away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from quorate import commitments


@dataclass(frozen=True, slots=True)
class Committed:
    """Marks a field as a commitment in ``domain``; ``what`` a border takes in its place.

    "document": an object with title and text (Markdown). "person": an object with name, e-mail
    and so on. "vote": for, against or abstain. "ballot": numbers in order of preference, with
    commas; nothing for a blank one. "number": any text that nobody can guess.
    """

    domain: str
    what: Literal["document", "person", "vote", "ballot", "number"]


@dataclass(frozen=True, slots=True)
class Beside:
    """Marks a field as the SHA-256 of what lies beside the record, public and too large for it."""


_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

Hash = _Hash
Document = Annotated[_Hash, Committed(commitments.DOCUMENT, "document")]
Person = Annotated[_Hash, Committed(commitments.PERSON, "person")]
SealedVote = Annotated[_Hash, Committed(commitments.CHOICE, "vote")]
SealedBallot = Annotated[_Hash, Committed(commitments.CHOICE, "ballot")]
SealedNumber = Annotated[_Hash, Committed(commitments.CHOICE, "number")]

BallotFile = Annotated[_Hash, Beside()]
"""A part of a secret ballot: a shuffle, a decryption, a roll."""

Message = Annotated[str, Field(max_length=24_000, pattern=r"^\{[ -~]*\}$")]
"""What a trustee's or a voter's own program has made, a JSON object in ASCII; nobody types it."""

TrusteeSignature = Annotated[str, Field(min_length=2, max_length=400)]
"""Challenge and response in JSON."""

Pseudonym = Annotated[str, Field(pattern=r"^m-[a-z2-7]{16}$")]
"""A member: "m-" and 80 random bits in base32."""

GuestId = Annotated[str, Field(pattern=r"^g-[a-z2-7]{16}$")]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,8}$")]
"""A region's or branch's short name."""

SeatId = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,8}-[0-9]{1,4}$")]
OfficeName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
PublicKey = Annotated[
    str,
    Field(pattern=r"^[^\s+\x00-\x1f\x7f-\x9f]{1,100}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{40,2000}={0,2}$"),
]
"""A public key as C2SP's signed notes write it: name+id+key."""

Place = Annotated[str, Field(pattern=r"^[A-Z0-9]{0,8}$")]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Number = Annotated[int, Field(ge=1, le=2**40)]
LATEST = 2**47
"""A time in the year 6429: what is reckoned from it is a date too."""

Count = Annotated[int, Field(ge=0, le=2**40)]
"""How many there are of something, perhaps none."""

Time = Annotated[int, Field(ge=0, le=LATEST)]
"""Milliseconds since 1970, UTC."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening of a sealed choice: whose it is (a seat, a voter), the choice, the salt (hex)."""

    whose: Annotated[str, Field(max_length=40)]
    choice: Annotated[str, Field(max_length=2000)]
    salt: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
