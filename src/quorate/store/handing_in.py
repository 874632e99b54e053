"""Handing in an act: from what a person gives to what the record may hold.

Where an act's field is a commitment, a person gives the thing itself: a text, a sheet of personal
data, a vote. It is committed to here, with a fresh salt, outside the write lane, and put away
beside the record together with the entry.

Whoever brings no number of their own to a lot has one drawn here, which stays sealed until they
hand it in. Whoever brings a bare commitment keeps number and salt: it must not be the commitment to
anything that lies sealed here, or somebody's vote would be opened with the lot's numbers. It is
handed in bare only if what it commits to lies sealed here: nobody can cancel a lot, and have its
keeper blamed, with a commitment that nobody can open.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from dataclasses import field as derived
from functools import cache
from typing import Any

from quorate import commitments, organisation
from quorate.chapters.clause import Occasion, Signed
from quorate.chapters.fields import Committed
from quorate.organisation import BadAct, FieldFault
from quorate.record import canonical, entry
from quorate.store import ballot_files, mail_addresses, plain_values
from quorate.store.ballot_files import BallotFile
from quorate.store.models import SealedChoice

_HASH = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[!-~]{1,100}")
_PAPER = re.compile(r"\s*[0-9]{1,4}\s*(,\s*[0-9]{1,4}\s*)*")
MAX_NAME = 200
MAX_TITLE = 300
MAX_TEXT = 2_000_000
"""Characters of a text; 100,000 words are well below."""

MAX_CHOICE = 2000
"""Characters of a vote, a ballot or a number."""

DRAWN = {"lots.commit": ("number",)}
"""Fields for which a number is drawn where somebody brings none."""

DRAWN_BYTES = 16


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands behind a commitment. ``domain`` says what it is. ``address``: the e-mail address
    on a personal sheet, "" for none."""

    commitment: str
    domain: str
    salt: bytes
    payload: bytes
    address: str = derived(init=False, default="")

    def __post_init__(self) -> None:
        if self.domain == commitments.PERSON:
            object.__setattr__(self, "address", _address_on(self.payload))


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An act ready for the write lane, and what is to be kept with it.

    ``files``: parts of a secret ballot, which the act names. ``key``: idempotency key, "" for none;
    ``asked``: what was asked under it, as it was given. ``signed``: by a device of whoever does it.
    """

    by: str
    act: Any
    kept: tuple[Kept, ...] = ()
    key: str = ""
    asked: Any = None
    signed: Signed | None = None
    files: tuple[BallotFile, ...] = ()


def hand_in(
    name: str,
    fields: Mapping[str, Any],
    by: str,
    *,
    key: str = "",
    signed: Signed | None = None,
) -> HandedIn:
    """The act with its commitments made. Raises BadAct naming each field at fault."""
    if name not in organisation.CLAUSES:
        raise BadAct(name, (FieldFault("act", "there is no act of this name"),))
    if faults := _unfit(name, fields, key):
        raise BadAct(name, faults)
    ready, kept = _committed(name, fields)
    ready, files = _named(name, ready)
    asked = {"act": name, "fields": _plain(fields)} if key else None
    act = _read(name, ready)
    handed_in = HandedIn(by, act, kept, key, asked, signed, files)
    _fits(name, handed_in)
    return handed_in


def _read(name: str, ready: Mapping[str, Any]) -> Any:
    """The act. Raises BadAct; a text's words are counted, so where it is missing they are no fault
    of their own."""
    try:
        return organisation.read_given(name, ready)
    except BadAct as error:
        given = tuple(fault for fault in error.faults if fault.field != "words")
        raise BadAct(name, given or error.faults) from None


def _unfit(name: str, fields: Mapping[str, Any], key: str) -> tuple[FieldFault, ...]:
    """What is wrong before any field is read for what it means."""
    if key and not _KEY.fullmatch(key):
        return (
            FieldFault(
                "idempotency-key", "has at most 100 characters, of plain ASCII without spaces"
            ),
        )
    if faults := plain_values.faults_in(fields, _bodies(name)):
        return faults
    known = _fields(name)
    return tuple(FieldFault(f, "this act has no such field") for f in fields if f not in known)


def _committed(name: str, fields: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Kept, ...]]:
    """The fields with commitments in the place of things, and the things. Raises BadAct."""
    ready: dict[str, Any] = dict(fields)
    for field in DRAWN.get(name, ()):
        if ready.get(field, "") == "":
            ready[field] = secrets.token_hex(DRAWN_BYTES)
    kept: list[Kept] = []
    faults: list[FieldFault] = []
    for field, committed in organisation.committed_fields(name).items():
        if _left_out(name, field, ready):
            continue
        try:
            thing = _commit(committed, ready[field])
            if isinstance(thing, str):
                _bare(name, thing)
            if isinstance(thing, Kept):
                ready[field] = thing.commitment
                kept.append(thing)
                if committed.what == "document" and "words" in _fields(name):
                    ready["words"] = _words(fields, thing.payload)
        except ValueError as error:
            faults.append(FieldFault(field, str(error)))
    if faults:
        raise BadAct(name, tuple(faults))
    return ready, tuple(kept)


def _named(name: str, fields: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[BallotFile, ...]]:
    """The fields with hashes in the place of what lies beside the record, and that. Raises
    BadAct."""
    ready = dict(fields)
    files = []
    for field in organisation.beside_fields(name):
        if field in ready:
            try:
                file = ballot_files.made_of(ready[field])
            except ValueError as error:
                raise BadAct(name, (FieldFault(field, str(error)),)) from None
            ready[field] = file.hash
            files.append(file)
    return ready, tuple(files)


def _bare(name: str, commitment: str) -> None:
    """Raises ValueError for a commitment without its number that cannot stand in this act."""
    sealed_here = SealedChoice.objects.filter(commitment=commitment).exists()
    if name == "lots.commit" and sealed_here:
        raise ValueError("it commits to something that is sealed here already: choose your own")
    if name == "lots.hand_in" and not sealed_here:
        raise ValueError("what it commits to is not sealed here: give the number with its salt")


def _left_out(name: str, field: str, fields: Mapping[str, Any]) -> bool:
    """Not given; or nothing given where the act may do without."""
    may = organisation.CLAUSES[name].act.__dataclass_fields__[field].default is not MISSING
    return field not in fields or (may and fields[field] in (None, ""))


def _words(fields: Mapping[str, Any], payload: bytes) -> int:
    counted = words_in(payload)
    if fields.get("words", counted) != counted:
        raise ValueError(f"it has {counted:,} words; leave words out, they are counted")
    return counted


def _fits(name: str, handed_in: HandedIn) -> None:
    """Raises BadAct for what is too long to stand in the record, wherever it would stand."""
    longest = Occasion(canonical.LIMIT, canonical.LIMIT, handed_in.by, handed_in.signed)
    try:
        entry.write(longest, handed_in.act)
    except entry.BadEntry as error:
        raise BadAct(name, (FieldFault("fields", str(error)),)) from None


@cache
def _bodies(name: str) -> frozenset[str]:
    """Where the act takes texts of several paragraphs, or files; of a rulebook each line is read
    by itself."""
    marks = organisation.committed_fields(name).items()
    documents = [field for field, mark in marks if mark.what == "document"]
    texts = [f"{field}.text" for field in documents]
    return frozenset([*documents, *texts, *organisation.beside_fields(name), "rules_text"])


def _fields(name: str) -> frozenset[str]:
    return frozenset(organisation.CLAUSES[name].act.__dataclass_fields__)


def words_in(payload: bytes) -> int:
    """The number of words of a document's text, as the record counts them."""
    value = canonical.decode(payload)
    return len(str(value["text"]).split()) if isinstance(value, dict) else 0


def _plain(fields: Mapping[str, Any]) -> Any:
    """Fields as canonical JSON can hold them; numbers with a point as texts."""
    return {name: _plain_value(value) for name, value in fields.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain_value(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_value(v) for v in value]
    return str(value) if isinstance(value, float) else value


def _commit(committed: Committed, given: Any) -> Kept | str:
    """What is kept for the given thing; or the commitment itself, where somebody gives that."""
    if committed.what in ("document", "person"):
        given, salt = _salted(given)
        payload = _document(given) if committed.what == "document" else _person(given)
    else:
        if committed.what == "number" and organisation.is_commitment(given):
            return given
        payload, salt = _choice(committed.what, given)
    commitment = commitments.commit(payload, salt, committed.domain)
    return Kept(commitment, committed.domain, salt, payload)


def _salted(given: Any) -> tuple[Any, bytes]:
    """The thing, and the salt that somebody gave with it, or else a fresh one."""
    if not isinstance(given, Mapping) or "salt" not in given:
        return given, secrets.token_bytes(commitments.SALT_BYTES)
    own = given["salt"]
    if not isinstance(own, str) or not _HASH.fullmatch(own):
        raise ValueError("salt has 64 hexadecimal digits")
    return {name: value for name, value in given.items() if name != "salt"}, bytes.fromhex(own)


def _document(given: Any) -> bytes:
    if isinstance(given, str):
        given = {"title": "", "text": given}
    if not isinstance(given, Mapping) or not set(given) <= {"title", "text"}:
        raise ValueError("expected a text, or an object with title and text")
    title, text = given.get("title", ""), given.get("text", "")
    if not isinstance(title, str) or not isinstance(text, str):
        raise ValueError("title and text must be texts")
    if len(title) > MAX_TITLE:
        raise ValueError(f"the title is longer than {MAX_TITLE} characters")
    if len(text) > MAX_TEXT:
        raise ValueError(f"the text is longer than {MAX_TEXT:,} characters")
    if not text.strip():
        raise ValueError("the text is empty")
    return _encode({"text": text, "title": " ".join(title.split())})


def _person(given: Any) -> bytes:
    if not isinstance(given, Mapping):
        raise ValueError("expected an object with name and email")
    known = ("name", "email", "phone", "claimed_since", "organisation")
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"no such entry on a personal sheet: {', '.join(unknown)}")
    sheet = {}
    for entry_of, value in given.items():
        if not isinstance(value, str):
            raise ValueError(f"{entry_of} must be a text")
        if len(value) > MAX_TITLE:
            raise ValueError(f"{entry_of} is longer than {MAX_TITLE} characters")
        if value.strip():
            sheet[entry_of] = " ".join(value.split())
    if "name" not in sheet:
        raise ValueError("the name is missing")
    if faults := sheet_faults(sheet):
        raise ValueError("; ".join(faults))
    return _encode(sheet)


def sheet_faults(sheet: Mapping[str, str]) -> list[str]:
    """What is wrong with a personal sheet, whichever way it comes in."""
    faults = []
    if len(sheet.get("name", "")) > MAX_NAME:
        faults.append(f"the name is longer than {MAX_NAME} characters")
    address = sheet.get("email", "")
    if address and not mail_addresses.can_be_carried(address):
        faults.append(f"{address} is no e-mail address to which a letter can go: correct email")
    return faults


def _address_on(payload: bytes) -> str:
    sheet = canonical.decode(payload)
    return str(sheet.get("email", "")) if isinstance(sheet, dict) else ""


def _encode(value: dict[str, str]) -> bytes:
    try:
        return canonical.encode(value)
    except canonical.NotCanonical:
        raise ValueError("the text holds characters that no text can hold") from None


def _choice(what: str, given: Any) -> tuple[bytes, bytes]:
    salt = secrets.token_bytes(commitments.SALT_BYTES)
    if isinstance(given, Mapping):
        own = given.get("salt")
        if set(given) != {"choice", "salt"} or not isinstance(own, str) or not _HASH.fullmatch(own):
            raise ValueError("expected choice and salt (64 hexadecimal digits)")
        salt, given = bytes.fromhex(own), given["choice"]
    if what == "ballot" and isinstance(given, list | tuple):
        given = ",".join(map(str, given)) or "blank"
    if not isinstance(given, str):
        raise ValueError("expected a text")
    if len(given) > MAX_CHOICE:
        raise ValueError(f"is longer than {MAX_CHOICE:,} characters")
    return _read_choice(what, given).encode(), salt


def _read_choice(what: str, given: str) -> str:
    choice = given.strip()
    if what == "vote" and choice not in ("for", "against", "abstain"):
        raise ValueError("for, against or abstain?")
    if what == "ballot":
        if choice == "blank":
            return ""
        if not _PAPER.fullmatch(choice):
            raise ValueError(
                "expected numbers of candidates in order of preference, with commas; blank for a "
                "blank ballot"
            )
        return ",".join(number.strip() for number in choice.split(","))
    if what == "number" and len(choice) < 8:
        raise ValueError("choose a longer number or word, so that nobody can guess it")
    return choice
