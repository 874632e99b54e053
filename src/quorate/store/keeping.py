"""Keeping what stands behind the record's commitments, and giving it back.

Whoever keeps the database can write into it. So everything is held against its commitment when it
is read: what was changed is never given back as if it were what was handed in, and what is gone
though nothing erased it is called missing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from quorate import commitments
from quorate.record import canonical
from quorate.store import sealing
from quorate.store.asking import ask_about, put
from quorate.store.handing_in import Kept
from quorate.store.models import PersonalSheet

Trouble = Literal["", "changed", "missing", "erased"]
"""What is wrong with what lies here; "" for nothing: it is what was committed to. "erased": an act
of the record had it erased."""


@dataclass(frozen=True, slots=True)
class Text:
    """A member's text as it was handed in; with ``trouble``, what is to be shown in its place."""

    title: str
    markdown: str
    trouble: Trouble = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A person's sheet; with ``trouble``, what is to be shown in its place."""

    name: str
    email: str = ""
    phone: str = ""
    claimed_since: str = ""
    organisation: str = ""
    trouble: Trouble = ""


CHANGED_TEXT = Text(
    "[changed on the server]",
    "This is not the text that was handed in: somebody has changed it on the server.",
    "changed",
)
MISSING_TEXT = Text(
    "[missing on this server]",
    "This text is missing on this server, though nothing erased it.",
    "missing",
)
ERASED_TEXT = Text(
    "[erased]",
    "This text was erased, by a decision that stands in the record.",
    "erased",
)
CHANGED_SHEET = Sheet("a person whose sheet was changed on this server", trouble="changed")
MISSING_SHEET = Sheet("a person whose sheet is missing on this server", trouble="missing")

_LOG = logging.getLogger("quorate.store")
_TOLD: set[tuple[str, Trouble]] = set()
"""What this process has said in its log already."""


def keep(key: bytes, things: Iterable[Kept]) -> None:
    """Puts away what stands behind the commitments of entries being written."""
    documents, sheets, choices = [], [], []
    for thing in things:
        if thing.domain == commitments.DOCUMENT:
            documents.append((thing.commitment, thing.salt, thing.payload))
            continue
        sealed = sealing.seal(key, thing.commitment, thing.salt, thing.payload)
        if thing.domain == commitments.PERSON:
            digest = sealing.mail_digest(key, thing.address) if thing.address else ""
            sheets.append((thing.commitment, sealed, digest))
        else:
            choices.append((thing.commitment, sealed))
    # Somebody may bring the same thing with the same salt twice: it is the same row.
    put("store_document (commitment, salt, payload)", documents, unless_there=True)
    put("store_personalsheet (commitment, sealed, mail_digest)", sheets, unless_there=True)
    put("store_sealedchoice (commitment, sealed)", choices, unless_there=True)


def openings(
    key: bytes, wanted: Mapping[str, str], waiting: Mapping[str, Kept]
) -> dict[str, tuple[bytes, bytes]]:
    """Whose → (salt, choice) of the sealed choices that can be opened.

    ``wanted``: whose → commitment. ``waiting``: what this group of entries is about to keep.
    """
    rows = dict(
        ask_about(
            "SELECT commitment, sealed FROM store_sealedchoice WHERE commitment", wanted.values()
        )
    )
    found = {}
    for whose, commitment in wanted.items():
        if commitment in waiting:
            found[whose] = (waiting[commitment].salt, waiting[commitment].payload)
        elif commitment in rows:
            opened = _unsealed(key, commitment, bytes(rows[commitment]), commitments.CHOICE)
            if opened is not None:  # else the entry that opens the others names it as lost
                found[whose] = opened
    return found


def documents(wanted: Iterable[str]) -> dict[str, tuple[bytes, bytes]]:
    """Commitment → salt and payload of the texts that lie here as they were handed in."""
    return {commitment: kept for commitment, kept in _documents(wanted).items() if kept}


def texts(wanted: Iterable[str], erased: Callable[[bool], Container[str]]) -> dict[str, Text]:
    """Commitment → text, for each that is asked for. ``erased``: what the record has erased; asked
    again (True) where a text is not there, for another process may just have erased it."""
    every = set(wanted)
    gone = _in(erased(False), every)
    kept = _documents(every - gone)
    if missing := every - gone - kept.keys():
        gone |= _in(erased(True), missing)
        for commitment in missing - gone:
            _tell("text", commitment, "missing")
    return {c: ERASED_TEXT if c in gone else _text(kept.get(c, ())) for c in every}


def _in(those: Container[str], commitments: Iterable[str]) -> set[str]:
    return {commitment for commitment in commitments if commitment in those}


def _text(kept: tuple[bytes, bytes] | tuple[()] | None) -> Text:
    if not kept:
        return CHANGED_TEXT if kept is None else MISSING_TEXT
    value = _value(kept[1])
    return Text(value.get("title", ""), value.get("text", ""))


def _documents(wanted: Iterable[str]) -> dict[str, tuple[bytes, bytes] | None]:
    """Commitment → salt and payload, of those that lie here; None for what was changed."""
    found: dict[str, tuple[bytes, bytes] | None] = {}
    rows = ask_about(
        "SELECT commitment, salt, payload FROM store_document WHERE commitment", wanted
    )
    for commitment, *kept in rows:
        salt, payload = map(bytes, kept)
        right = commitments.opens(commitment, payload, salt, commitments.DOCUMENT)
        found[commitment] = (salt, payload) if right else None
        if not right:
            _tell("text", commitment, "changed")
    return found


def sheets(key: bytes, wanted: Iterable[str]) -> dict[str, Sheet]:
    """Commitment → personal sheet, for each that is asked for: none that the record has erased."""
    every = set(wanted)
    rows = ask_about("SELECT commitment, sealed FROM store_personalsheet WHERE commitment", every)
    found = {c: _sheet(key, c, bytes(sealed)) for c, sealed in rows}
    for commitment in every - found.keys():
        _tell("personal sheet", commitment, "missing")
    return {commitment: found.get(commitment, MISSING_SHEET) for commitment in every}


def _sheet(key: bytes, commitment: str, sealed: bytes) -> Sheet:
    opened = _unsealed(key, commitment, sealed, commitments.PERSON)
    if opened is None:
        _tell("personal sheet", commitment, "changed")
        return CHANGED_SHEET
    return Sheet(**_value(opened[1]))


def _unsealed(
    key: bytes, commitment: str, sealed: bytes, domain: str
) -> tuple[bytes, bytes] | None:
    """Salt and payload, if they are what was committed to."""
    try:
        salt, payload = sealing.unseal(key, commitment, sealed)
    except sealing.Unsealable:
        return None
    return (salt, payload) if commitments.opens(commitment, payload, salt, domain) else None


def _tell(what: str, commitment: str, trouble: Literal["changed", "missing"]) -> None:
    """Tells whoever reads the log, once for each thing."""
    if (commitment, trouble) not in _TOLD:
        _TOLD.add((commitment, trouble))
        said = {
            "changed": "is not what the record commits to: it was changed in the database",
            "missing": "is not in the database, and no act of the record erased it",
        }
        _LOG.error("The %s behind %s %s.", what, commitment, said[trouble])


def by_mail(key: bytes, address: str) -> tuple[str, ...]:
    """The commitments of the personal sheets that give this e-mail address."""
    digest = sealing.mail_digest(key, address)
    rows = PersonalSheet.objects.filter(mail_digest=digest).values_list("commitment", "sealed")
    return tuple(
        commitment
        for commitment, sealed in rows
        # The digest beside a sheet can be changed by hand; the sheet cannot.
        if sealing.mail_digest(key, _sheet(key, commitment, bytes(sealed)).email) == digest
    )


def _value(payload: bytes) -> dict[str, Any]:
    value = canonical.decode(payload)
    return value if isinstance(value, dict) else {}
