"""An organisation's folder: its settings, its keys, its database.

quorate.toml        settings of the installation; nothing of the democracy is in it
keys/record.key     signs the checkpoints: Ed25519 and ML-DSA-44, a line each (store/record_keys.py)
keys/next.key       those that follow, while the record's keys are being changed
keys/sealing.key    seals personal data and open votes
keys/web.key        signs sessions
record.vkey         the public keys, one in a file; record-ml-dsa.vkey the second
quorate.sqlite3     the database, unless the settings name a PostgreSQL
mail/               letters, where no SMTP server is set
witness/            the witness that this server is for others, where the settings say so
snapshot/           what the record had come to (store/standing_kept.py); can be deleted
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from quorate.record import folder as record
from quorate.record import keeper, note

SETTINGS = "quorate.toml"
ON, OFF = "on", "off"

DEMO_ORIGIN = ".demo.invalid"
"""Only a record whose name ends so, from its first entry on, is a demo. No setting can make one,
and only `quorate demo` founds one."""


class NoPlace(Exception):
    """The folder is not an organisation's, or cannot become one; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """``origin``: the record's name. ``database``: "" for the embedded SQLite, else a PostgreSQL
    address. ``smtp``: "" for letters in the folder ``mail``, else host:port. ``address``: where
    people reach the pages, "" for this machine alone. ``witness``: whether the server is a witness
    for others, with what stands in the folder ``witness``."""

    folder: Path
    origin: str
    database: str
    smtp: str
    sender: str
    address: str
    witness: bool

    @property
    def sealing_key(self) -> bytes:
        return _sealing_key(self.folder)

    @property
    def web_key(self) -> str:
        return (self.folder / "keys" / "web.key").read_text("ascii").strip()

    @property
    def verifier_keys(self) -> tuple[str, ...]:
        """The record's public keys as they lie in the folder. Raises OSError."""
        files = tuple(_version(self.folder / name) for name in record.VKEYS)
        return _verifier_keys(self.folder, files)


def _version(path: Path) -> tuple[int, int]:
    """Which file lies there, and since when; they are put there whole."""
    try:
        told = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return told.st_ino, told.st_mtime_ns


@lru_cache(maxsize=8)
def _verifier_keys(folder: Path, files: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    """Read again when other ``files`` lie there: every act asks for them."""
    return tuple(record.read_verifier_keys(folder).split())


@lru_cache(maxsize=8)
def _sealing_key(folder: Path) -> bytes:
    return bytes.fromhex((folder / "keys" / "sealing.key").read_text("ascii").strip())


def open_place(folder: Path) -> Place:
    """The organisation in this folder. Raises NoPlace."""
    path = folder / SETTINGS
    if not path.is_file():
        raise NoPlace(
            f"{folder} is not an organisation's folder. Make one: quorate new {folder} "
            "--rules open-convention"
        )
    settings = read_settings(path)
    origin = settings["origin"]
    return Place(
        folder=folder,
        origin=origin,
        database=settings.get("database", ""),
        smtp=settings.get("smtp", ""),
        sender=settings.get("sender", f"record@{origin.split('/')[0]}"),
        address=_address(path, settings.get("address", "")),
        witness=settings.get("witness", OFF) == ON,
    )


def read_settings(path: Path) -> dict[str, str]:
    """The settings in this file. Raises NoPlace."""
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NoPlace(f"{path}: {error}") from None
    known = {"origin", "database", "smtp", "sender", "address", "witness"}
    for name, value in settings.items():
        if name not in known:
            raise NoPlace(f"{path}: there is no setting called {name}")
        if not isinstance(value, str):
            raise NoPlace(f"{path}: {name} must be a text in quotation marks")
    if not settings.get("origin"):
        raise NoPlace(f"{path}: origin is missing")
    if settings.get("witness", OFF) not in (ON, OFF):
        raise NoPlace(f'{path}: witness must be "{ON}" or "{OFF}"')
    return settings


def _address(path: Path, given: str) -> str:
    """The address without a path, or "" for none."""
    parts = urlsplit(given)
    right = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    if given and (not right or parts.query or parts.fragment):
        raise NoPlace(
            f"{path}: address must be like https://quorate.example.org, with nothing behind it"
        )
    return given.rstrip("/")


def make_place(folder: Path, origin: str, *, database: str = "") -> Place:
    """A new organisation's folder with fresh keys. Raises NoPlace if there is one already, or
    where the record cannot have this name; then nothing was made."""
    if folder.exists() and not folder.is_dir():
        raise NoPlace(f"{folder} is a file. Name a folder that does not exist yet.")
    if (folder / SETTINGS).exists() or (folder.exists() and any(folder.iterdir())):
        raise NoPlace(f"{folder} is not empty. Name a folder that does not exist yet.")
    try:
        pairs = keeper.generate(origin, [secrets.token_bytes(32) for _ in keeper.KINDS])
    except note.BadNote as error:
        raise NoPlace(f"{error}. Give another name for the record.") from None
    keys = folder / "keys"
    try:
        keys.mkdir(parents=True)
    except OSError as error:
        raise NoPlace(f"{folder} cannot be made: {error.strerror}.") from None
    keys.chmod(0o700)
    _write_secret(keys / "record.key", "\n".join(signing for signing, _ in pairs))
    _write_secret(keys / "sealing.key", secrets.token_hex(32))
    _write_secret(keys / "web.key", secrets.token_urlsafe(48))
    record.write_verifier_keys(folder, [public for _, public in pairs])
    (folder / "mail").mkdir()
    settings = {"origin": origin} | ({"database": database} if database else {})
    (folder / SETTINGS).write_text(settings_text(settings), "utf-8")
    return open_place(folder)


def settings_text(settings: Mapping[str, str]) -> str:
    """What stands in the file of settings."""
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in settings.items())


def hold(folder: Path, *, alone: bool = False) -> int:
    """Says that this process is at work on the folder, until it ends; gives what it holds it by.
    ``alone``: that no other is. Raises NoPlace where one is, or is alone there."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise NoPlace(
            f"A server or a command is at work on {folder}. Stop it first."
            if alone
            else f"{folder} is being restored from a backup. Wait until that is done."
        ) from None
    return held


def unmake_place(folder: Path, *, was_there: bool) -> None:
    """Removes what ``make_place`` made, where nothing came of it. ``was_there``: the empty folder
    was."""
    shutil.rmtree(folder)
    if was_there:
        folder.mkdir()


def _quoted(text: str) -> str:
    """The text as TOML writes it: between quotation marks, as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _write_secret(path: Path, secret: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secret + "\n")
