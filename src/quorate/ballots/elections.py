"""Elections (section 4.10)."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Generic

from quorate.ballots.base58 import random_text
from quorate.ballots.common import element
from quorate.ballots.groups.group import E, Group
from quorate.ballots.groups.named import NAMED
from quorate.ballots.json_form import (
    Json,
    Malformed,
    array,
    canonical,
    dump,
    each,
    field,
    fields,
    hash_hex,
    optional_field,
    present,
    small,
    string,
    uuid,
)
from quorate.ballots.questions import NonHomomorphic, Question, question_json, read_question

VERSION = 1
_UUID_LENGTH = 14
_REQUIRED = ("version", "description", "name", "group", "public_key", "questions", "uuid")
_OPTIONAL = ("administrator", "credential_authority", "language")


@dataclass(frozen=True, slots=True)
class Election(Generic[E]):
    """What an election asks, and the key that ballots are encrypted for.

    ``language``: a code and ltr or rtl. The other names are the specification's.
    """

    description: str
    name: str
    group: Group[E]
    public_key: E
    questions: tuple[Question, ...]
    uuid: str
    administrator: str | None = None
    credential_authority: str | None = None
    language: tuple[str, str] | None = None

    @property
    def ranked(self) -> tuple[int, ...]:
        """The indices of the non-homomorphic questions, whose ciphertexts are shuffled."""
        return tuple(
            place
            for place, question in enumerate(self.questions)
            if isinstance(question, NonHomomorphic)
        )


@dataclass(frozen=True, slots=True)
class SetupData:
    """The payload of the Setup event: the SHA-256 of each in hexadecimal."""

    election: str
    trustees: str
    credentials: str


def read_election(data: bytes) -> Election[Any]:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _read, election_json)


def new_uuid() -> str:
    """A new election's identifier, of 82 bits from the operating system."""
    return random_text(_UUID_LENGTH)


def write_election(election: Election[E]) -> bytes:
    return dump(election_json(election))


def fingerprint(data: bytes) -> str:
    """φ: the SHA-256 of the election's bytes, in base 64 without padding; likewise a ballot's
    tracker."""
    return b64encode(sha256(data).digest()).rstrip(b"=").decode()


def election_json(election: Election[E]) -> Json:
    return present(
        version=VERSION,
        description=election.description,
        name=election.name,
        group=election.group.name,
        public_key=election.group.write(election.public_key),
        questions=[question_json(question) for question in election.questions],
        uuid=election.uuid,
        administrator=election.administrator,
        credential_authority=election.credential_authority,
        language=None if election.language is None else list(election.language),
    )


def read_setup_data(data: bytes) -> SetupData:
    """Raises Malformed, NotCanonical."""
    return canonical(data, _read_setup_data, _setup_data_json)


def write_setup_data(setup: SetupData) -> bytes:
    return dump(_setup_data_json(setup))


def _read(value: Json) -> Election[Any]:
    record = fields(value, _REQUIRED, _OPTIONAL)
    if field(record, "version", small) != VERSION:
        raise Malformed("this verifier knows version 1 of the protocol only", "version")
    group = field(record, "group", _read_group)
    questions = field(record, "questions", lambda value: each(value, read_question))
    if not questions:
        raise Malformed("no question is asked", "questions")
    return Election(
        description=field(record, "description", string),
        name=field(record, "name", string),
        group=group,
        public_key=field(record, "public_key", element(group)),
        questions=questions,
        uuid=field(record, "uuid", uuid),
        administrator=optional_field(record, "administrator", string),
        credential_authority=optional_field(record, "credential_authority", string),
        language=optional_field(record, "language", _read_language),
    )


def _read_group(value: Json) -> Group[Any]:
    name = string(value)
    if name not in NAMED:
        raise Malformed(f'unknown group "{name}": expected {" or ".join(NAMED)}')
    return NAMED[name]


def _read_language(value: Json) -> tuple[str, str]:
    code, direction = array(value, 2)
    return string(code), string(direction)


def _read_setup_data(value: Json) -> SetupData:
    record = fields(value, ("election", "trustees", "credentials"))
    return SetupData(
        election=field(record, "election", hash_hex),
        trustees=field(record, "trustees", hash_hex),
        credentials=field(record, "credentials", hash_hex),
    )


def _setup_data_json(setup: SetupData) -> Json:
    return {
        "election": setup.election,
        "trustees": setup.trustees,
        "credentials": setup.credentials,
    }
