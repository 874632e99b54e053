"""Keeping what stands behind the record's commitments, and giving it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quorate import commitments
from quorate.record import canonical
from quorate.store import sealing
from quorate.store.handing_in import Kept
from quorate.store.models import Document, PersonalSheet, SealedChoice


@dataclass(frozen=True, slots=True)
class Text:
    """A member's text as it was handed in."""

    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A person's sheet."""

    name: str
    email: str = ""
    phone: str = ""
    claimed_since: str = ""
    organisation: str = ""


ERASED = "[erased]"


def keep(key: bytes, things: Iterable[Kept]) -> None:
    """Puts away what stands behind the commitments of entries being written."""
    documents, sheets, choices = [], [], []
    for thing in things:
        if thing.domain == commitments.DOCUMENT:
            documents.append(
                Document(commitment=thing.commitment, salt=thing.salt, payload=thing.payload)
            )
            continue
        sealed = sealing.seal(key, thing.commitment, thing.salt, thing.payload)
        if thing.domain == commitments.PERSON:
            address = address_on(thing)
            sheets.append(
                PersonalSheet(
                    commitment=thing.commitment,
                    sealed=sealed,
                    mail_digest=sealing.mail_digest(key, address) if address else "",
                )
            )
        else:
            choices.append(SealedChoice(commitment=thing.commitment, sealed=sealed))
    Document.objects.bulk_create(documents)
    PersonalSheet.objects.bulk_create(sheets)
    # Somebody may seal with the same choice and salt twice: it is the same row.
    SealedChoice.objects.bulk_create(choices, ignore_conflicts=True)


def openings(
    key: bytes, wanted: Mapping[str, str], waiting: Mapping[str, Kept]
) -> dict[str, tuple[bytes, bytes]]:
    """Whose → (salt, choice) of the sealed choices that can be opened.

    ``wanted``: whose → commitment. ``waiting``: what this group of entries is about to keep.
    """
    rows = dict(
        SealedChoice.objects.filter(commitment__in=list(wanted.values())).values_list(
            "commitment", "sealed"
        )
    )
    found = {}
    for whose, commitment in wanted.items():
        if commitment in waiting:
            found[whose] = (waiting[commitment].salt, waiting[commitment].payload)
        elif commitment in rows:
            try:
                found[whose] = sealing.unseal(key, commitment, bytes(rows[commitment]))
            except sealing.Unsealable:
                continue  # the entry that opens the others names it as lost
    return found


def texts(wanted: Iterable[str]) -> dict[str, Text]:
    """Commitment → text, for those that are there and not erased."""
    found = {}
    rows = Document.objects.filter(commitment__in=list(wanted))
    for commitment, payload in rows.values_list("commitment", "payload"):
        value = _value(bytes(payload))
        found[commitment] = Text(value.get("title", ""), value.get("text", ""))
    return found


def sheets(key: bytes, wanted: Iterable[str]) -> dict[str, Sheet]:
    """Commitment → personal sheet, for those that are there and not erased."""
    rows = PersonalSheet.objects.filter(commitment__in=list(wanted))
    return {
        commitment: Sheet(**_value(sealing.unseal(key, commitment, bytes(sealed))[1]))
        for commitment, sealed in rows.values_list("commitment", "sealed")
    }


def by_mail(key: bytes, address: str) -> tuple[str, ...]:
    """The commitments of the personal sheets that give this e-mail address."""
    rows = PersonalSheet.objects.filter(mail_digest=sealing.mail_digest(key, address))
    return tuple(rows.values_list("commitment", flat=True))


def address_on(sheet: Kept) -> str:
    """The e-mail address on a sheet that is handed in; "" for none."""
    return str(_value(sheet.payload).get("email", ""))


def _value(payload: bytes) -> dict[str, Any]:
    value = canonical.decode(payload)
    return value if isinstance(value, dict) else {}
