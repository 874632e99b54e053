"""Verifies a register's file, stage by stage: its trustees, every claim, every shuffle and
decryption, and the roll that follows.

Each stage builds on the ones before, so after a finding the later ones are not checked. Whether the
claims are those of the record, and who the voters are, is for whoever holds the record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from quorate.ballots import claims, decryption, register, roll_of_keys, shuffles, trustees
from quorate.ballots import threshold as threshold_keys
from quorate.ballots.credentials import read_roll
from quorate.ballots.decryption import BadDecryption, PartialDecryption
from quorate.ballots.elgamal import ElGamal, elgamal
from quorate.ballots.homomorphic import Invalid
from quorate.ballots.json_form import Malformed
from quorate.ballots.register import GROUP, Description
from quorate.ballots.register_file import BadRegisterFile, Part, RegisterFile, read
from quorate.ballots.roll_of_keys import Listed, RollOfKeys, hash_of
from quorate.ballots.threshold import BadTrustees, ThresholdParameters
from quorate.ballots.trustees import Trustees
from quorate.ballots.verify.report import Finding, Found, found, malformed, named, read_as


@dataclass(slots=True)
class RegisterReport:
    """What was checked, and what was found. ``description``: of the register. ``roll``: what comes
    out of it, once all trustees have decrypted it; ``stated``: it stands in the file, too."""

    description: Description | None = None
    claims: int = 0
    roll: RollOfKeys | None = None
    stated: bool = False
    checked: list[str] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.findings


class Keyed(NamedTuple):
    """A register whose trustees have their keys. ``certificates``: their keys for signing, in their
    order; ``keys``: those for decrypting."""

    phi: str
    key: ElGamal[bytes]
    trustees: Trustees[bytes]
    needed: int
    certificates: tuple[bytes, ...]
    keys: tuple[bytes, ...]


def verify(content: bytes) -> RegisterReport:
    """Verifies a register's file."""
    report = RegisterReport()
    try:
        try:
            whole = read(content)
        except BadRegisterFile as error:
            raise found("form", f"The file: {error}.") from None
        _verify(whole, report)
    except Found as ended:
        report.findings = ended.findings
    return report


def _verify(whole: RegisterFile, report: RegisterReport) -> None:
    if whole.description is None or whole.trustees is None:
        if whole != RegisterFile(None, None):
            raise found("form", "The file: a register begins with its description and trustees.")
        return
    keyed, description = keyed_register(whole.description, whole.trustees)
    report.description = description
    report.checked.append(
        f"The trustees: {len(keyed.keys)}, of whom {keyed.needed} must decrypt; each has proved to "
        "know their key, and together these are the register's."
    )
    listed = verify_claims(keyed, whole, report)
    if not whole.shuffles:
        if whole.decryptions or whole.roll is not None:
            raise found("shuffle", "The shuffles: the list was decrypted without a shuffle.")
        return
    mixed, last = verify_shuffles(keyed, listed, whole, report)
    partials = verify_decryptions(keyed, mixed, last, whole, report)
    verify_roll(keyed, mixed, partials, whole, report)


def keyed_register(description: bytes, keys: bytes) -> tuple[Keyed, Description]:
    """The register that is described, with its trustees. Raises Found."""
    what = read_as("register", "The description", register.read_description, description)
    read = read_as("trustees", "The trustees", trustees.read_trustees, GROUP, keys)
    kind = read.kinds[0] if len(read.kinds) == 1 else None
    if not isinstance(kind, ThresholdParameters) or kind.signatures is None:
        raise found("trustees", "The trustees: not one group of trustees with signed keys.")
    try:
        trustees.verify(GROUP, read)
    except BadTrustees as error:
        raise found("trustees", f"The trustees: {error}.") from None
    except Malformed as error:
        raise Found(malformed("trustees", "What a trustee has signed", error)) from None
    y = trustees.combined_key(GROUP, read)
    if what.public_key != y or y == GROUP.one:
        raise found("trustees", "The trustees: the register's key is not theirs.")
    if what.trustees != hash_of(keys):
        raise found("trustees", "The trustees: they are not those of the description.")
    signing = tuple(threshold_keys.read_cert_keys(GROUP, c).verification for c in kind.certs)
    public = tuple(key.public_key for key in read.keys)
    phi = register.phi(what)
    return Keyed(phi, elgamal(GROUP, y), read, kind.threshold, signing, public), what


def verify_claims(keyed: Keyed, whole: RegisterFile, report: RegisterReport) -> Listed:
    """The list before the mix. Raises Found with every claim that does not hold."""
    findings: list[Finding] = []
    read = []
    before = ""
    for voter, data in whole.claims:
        if voter <= before:
            raise found(
                "claim", f"The claim of {voter}: it is not their only one, or not in order."
            )
        before = voter
        try:
            claim = claims.read_claim(GROUP, data)
            claims.verify(keyed.key, keyed.phi, voter, claim)
            read.append(claim)
        except Malformed as error:
            findings.append(malformed("claim", f"The claim of {voter}", error))
        except Invalid as error:
            findings.append(Finding("claim", f"The claim of {voter}: {error}."))
    if findings:
        raise Found(*findings)
    report.claims = len(read)
    report.checked.append(
        f"The claims: {len(read)}, each by another voter, who has proved to have made it."
    )
    return roll_of_keys.listed(read)


def verify_shuffles(
    keyed: Keyed, listed: Listed, whole: RegisterFile, report: RegisterReport
) -> tuple[Listed, str]:
    """The last shuffle's list, and its hash. Raises Found."""
    before, last = listed, hash_of(roll_of_keys.write_listed(listed))
    owners: list[int] = []
    for part in whole.shuffles:
        name = _owned(keyed, "shuffle", part, owners, last, register.mix_statement)
        after = read_as("shuffle", name, shuffles.read_shuffle, GROUP, part.data)
        if not roll_of_keys.is_mix(keyed.key, keyed.phi, before, after):
            raise found(
                "shuffle", f"{name}: its proof does not hold; it may add, change or drop keys."
            )
        (before,), last = after.ciphertexts, hash_of(part.data)
        owners.append(part.owner)
    report.checked.append(
        f"The shuffles: by {named(owners)}, one after the other; each has proved to have changed "
        "the order only."
    )
    return before, last


def verify_decryptions(
    keyed: Keyed, mixed: Listed, last: str, whole: RegisterFile, report: RegisterReport
) -> dict[int, PartialDecryption[bytes]]:
    """By the trustee, from 1. Raises Found."""
    if whole.decryptions and len(whole.shuffles) < keyed.needed:
        raise found(
            "shuffle",
            f"The shuffles: {len(whole.shuffles)}, and {keyed.needed} are needed: fewer than could "
            "decrypt together may know the order.",
        )
    partials: dict[int, PartialDecryption[bytes]] = {}
    for part in whole.decryptions:
        name = _owned(
            keyed, "decryption", part, list(partials), last, register.decryption_statement
        )
        partial = read_as("decryption", name, decryption.read_partial_decryption, GROUP, part.data)
        try:
            roll_of_keys.verify_decryption(keyed.phi, keyed.keys[part.owner - 1], mixed, partial)
        except BadDecryption as error:
            raise found("decryption", f"{name}: {error}.") from None
        partials[part.owner] = partial
    if partials:
        report.checked.append(
            f"The decryption: by {named(partials)}; each has proved to have used their key "
            "on this list."
        )
    return partials


def verify_roll(
    keyed: Keyed,
    mixed: Listed,
    partials: dict[int, PartialDecryption[bytes]],
    whole: RegisterFile,
    report: RegisterReport,
) -> None:
    """Raises Found unless the roll is what all the trustees' decryptions give."""
    if len(partials) == len(keyed.keys):
        report.roll = roll_of_keys.roll(keyed.trustees, mixed, partials)
    if whole.roll is None:
        return
    if report.roll is None:
        raise found(
            "decryption",
            f"The decryption: {len(partials)} of {len(keyed.keys)} trustees have tried their keys; "
            "no roll stands before all have.",
        )
    read_as("roll", "The roll", read_roll, GROUP, whole.roll)
    if roll_of_keys.write_roll(report.roll) != whole.roll:
        raise found("roll", "The roll: it is not what the decryptions give.")
    report.stated = True
    report.checked.append(f"The roll: {len(report.roll.keys)} keys, as they were decrypted.")
    report.checked += [
        f"The key {GROUP.write(key)} was claimed more than once; it stands on the roll once."
        for key in dict.fromkeys(report.roll.repeated)
    ]
    if report.roll.empty:
        report.checked.append(
            f"{report.roll.empty} of the claims gave no key that anybody could sign with."
        )


def _owned(
    keyed: Keyed,
    kind: str,
    part: Part,
    before_it: list[int],
    last: str,
    statement: Callable[[str, int, str, str], str],
) -> str:
    """What the part is called. Raises Found unless it is signed by its trustee, is their first, and
    was made from what stood last."""
    name = f"The {kind} of trustee {part.owner}"
    if not 1 <= part.owner <= len(keyed.keys):
        raise found(kind, f"{name}: there is no such trustee.")
    if part.owner in before_it:
        raise found(kind, f"{name}: it is not their first.")
    if part.before != last:
        raise found(kind, f"{name}: it was not made from what stood before it.")
    said = statement(keyed.phi, part.owner, last, hash_of(part.data))
    if not register.signed(keyed.certificates[part.owner - 1], said, part.signature):
        raise found(kind, f"{name}: they have not signed it.")
    return name
