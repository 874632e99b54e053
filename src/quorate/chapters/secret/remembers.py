"""What the chapter on secret ballots remembers: every register of voting keys, and every box.

What trustees send each other is small and stands in the entries, and so do the claims. Shuffles,
decryptions and the roll are large: they lie beside the record, which holds their hashes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from immutables import Map

from quorate.chapters.copies import copied_quickly
from quorate.rulebook.secret_rules import Secret as Rules

Way = Literal["member", "outside", "lot"]
Void = Literal["", "keys", "claims", "mix", "box"]
"""Why a register is void: the trustees did not come to their keys in time, too few claimed one (or
it was never time to), or the trustees did not make the roll, or open a box, in time."""


@dataclass(frozen=True, slots=True)
class Trustee:
    """Who holds the key for a side. ``who``: a member's pseudonym, or the id of somebody from
    another ``organisation``, whose ``key`` for signing (an element) was named with them; "" while
    it is nobody. ``certificate``, ``polynomial``, ``voutput``: what they sent, "" before."""

    side: str
    way: Way
    named_by: str = ""
    who: str = ""
    organisation: str = ""
    key: str = ""
    certificate: str = ""
    polynomial: str = ""
    voutput: str = ""


class KeyClaim(NamedTuple):
    """A claim for a voter, made by the member ``by`` who was the voter then."""

    by: str
    claim: str
    entry: int
    time: int


class Part(NamedTuple):
    """A shuffle or a decryption by the trustee in the place ``owner``, from 1. ``before``: the hash
    of what it was made from; ``data``: its own; ``signature``: JSON."""

    owner: int
    before: str
    data: str
    signature: str
    entry: int


@dataclass(frozen=True, slots=True)
class Register:
    """A register of voting keys for the elections of a convention, or of a place.

    ``convention``: its number, or 0 where it is of a branch or region; then ``place`` is its code,
    ``elections`` those that were called for it, ``voters`` who votes in them.
    ``rules``: as they stood when it was opened. ``trustees``: in the order of their sides.
    ``draw``: the number of the lot for the one that is drawn; ``drawn``: those who were drawn, in
    their order; ``passed``: so many of them were passed over. ``description``: JSON, once all
    trustees have confirmed their keys, with the entry ``keyed``; ``phi``: its fingerprint.
    ``claims``: by seat, or member of the place. ``closed``: when (ms) no key could be claimed any
    more, which ``closes`` says beforehand, of a convention once it sits; ``counted``: whose claims
    count;
    ``listed``: the hash of the list before the mix. ``roll``: its hash, stated with the entry
    ``roll_entry``; ``size``: how many keys stand on it; ``without``: how many of the claims gave no
    key of their own.
    """

    number: int
    convention: int
    rules: Rules
    opened: int
    trustees: tuple[Trustee, ...]
    place: str = ""
    elections: tuple[int, ...] = ()
    voters: Map[str, None] = field(default_factory=Map)
    draw: int = 0
    drawn: tuple[str, ...] = ()
    passed: int = 0
    description: str = ""
    phi: str = ""
    keyed: int | None = None
    claims: Map[str, KeyClaim] = field(default_factory=Map)
    closes: int | None = None
    closed: int | None = None
    counted: tuple[str, ...] = ()
    listed: str = ""
    mixes: tuple[Part, ...] = ()
    decryptions: tuple[Part, ...] = ()
    roll: str = ""
    size: int = 0
    without: int = 0
    roll_entry: int = 0
    void: Void = ""

    @property
    def last(self) -> str:
        """The hash of what is mixed next, or decrypted."""
        return self.mixes[-1].data if self.mixes else self.listed


class Head(NamedTuple):
    """What stood in a box when the entry was recorded. ``head``: the hash of the archive's last
    event. ``ballots``: how many it held."""

    head: str
    ballots: int
    entry: int
    time: int


@dataclass(frozen=True, slots=True)
class Box:
    """The ballot box of an election.

    ``asked``: the election's JSON; ``phi``: its fingerprint. ``opened``: ms. ``heads``: from that
    of the Setup on; once it is ``closed`` (ms), the last is that after the tally. ``tally``: its
    hash; ``counted``: how many ballots are in it. ``stated``: so many of the result's groups are
    stated; ``whole``: whether all of it is.
    """

    election: int
    register: int
    rules: Rules
    asked: str
    phi: str
    opened: int
    heads: tuple[Head, ...]
    closed: int | None = None
    tally: str = ""
    counted: int = 0
    shuffles: tuple[Part, ...] = ()
    decryptions: tuple[Part, ...] = ()
    stated: int = 0
    whole: bool = False
    result_entry: int = 0
    void: Literal["", "few", "trustees"] = ""

    @property
    def last(self) -> str:
        """The hash of what is shuffled next, or decrypted."""
        return self.shuffles[-1].data if self.shuffles else self.tally


@copied_quickly
class Secret(NamedTuple):
    """``keys``: every key that a certificate was signed with: none comes back in another register.
    ``outside``: the ids of trustees of other organisations, of all registers. ``boxes``: by
    election. ``demands``: seat → who sat in it, by convention, office and place: those who demand a
    secret ballot."""

    registers: Map[int, Register] = Map()
    keys: Map[str, None] = Map()
    outside: Map[str, None] = Map()
    boxes: Map[int, Box] = Map()
    demands: Map[tuple[int, str, str], Map[str, str]] = Map()
