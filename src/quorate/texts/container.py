"""Opening .docx and .odt safely: both are ZIP archives of XML.

Nothing is written to disk, nothing outside the archive is looked at, no entity is expanded.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from quorate.texts import limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 65_536


class Unreadable(Exception):
    """A file that cannot be read as a text; the sentence is for whoever uploaded it."""


class _TooMuch(Exception):
    """XML deeper or larger than any text."""


@dataclass(frozen=True, slots=True)
class Container:
    """An opened archive. ``names``: the files in it."""

    filename: str
    data: bytes
    names: frozenset[str]

    def part(self, name: str, prefixes: Mapping[str, str]) -> Element | None:
        """One XML part, its tags and attributes as "w_p" by the given namespace → prefix; None
        where the archive does not have it. Raises Unreadable."""
        if name not in self.names:
            return None
        parser = DefusedXMLParser(
            target=_Bounded(prefixes),
            forbid_dtd=True,
            forbid_entities=True,
            forbid_external=True,
        )
        size = 0
        try:
            with (
                zipfile.ZipFile(io.BytesIO(self.data)) as archive,
                archive.open(name) as file,
            ):
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > limits.MAX_PART:
                        raise _TooMuch
                    parser.feed(chunk)
            root: Element = parser.close()
        except _TooMuch:
            _bomb(self.filename)
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            _damaged(self.filename)
        except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError):
            _damaged(self.filename)
        return root


def opened(filename: str, data: bytes) -> Container:
    """The archive, once it is known to be harmless. Raises Unreadable."""
    if data.startswith(_OLE):
        raise Unreadable(
            f"{filename} is protected by a password, or saved in Word's old format. Save it as "
            ".docx without a password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError):
        _damaged(filename)
    if any(info.flag_bits & 1 for info in infos):
        _protected(filename)
    if (
        len(infos) > limits.MAX_PARTS
        or sum(info.file_size for info in infos) > limits.MAX_UNPACKED
        or any(_bursting(info) for info in infos)
    ):
        _bomb(filename)
    names = [info.filename for info in infos]
    if any(_outside(name) for name in names) or len(set(names)) < len(names):
        raise Unreadable(
            f"{filename} names files outside itself, or one file twice. No word processor writes "
            "this: it is not opened. Save it anew, or paste the text."
        )
    if any(_macro(name) for name in names):
        raise Unreadable(
            f"{filename} holds macros. Save it as a document without macros, or paste the text."
        )
    return Container(filename, data, frozenset(names))


def _bursting(info: zipfile.ZipInfo) -> bool:
    ratio = info.file_size / max(info.compress_size, 1)
    return info.file_size > limits.RATIO_FROM and ratio > limits.MAX_RATIO


def _outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _macro(name: str) -> bool:
    lower = name.lower()
    return lower.endswith("vbaproject.bin") or lower.startswith(("basic/", "scripts/"))


def _bomb(filename: str) -> NoReturn:
    raise Unreadable(
        f"{filename} unpacks to far more than a text. It is not opened. Paste the text instead."
    )


def _damaged(filename: str) -> NoReturn:
    raise Unreadable(
        f"{filename} is damaged, or not what its name says. Save it again, or paste the text."
    )


def _protected(filename: str) -> NoReturn:
    raise Unreadable(f"{filename} is protected by a password. Save it without one.")


def refuse_protected(container: Container, encrypted: bool) -> None:
    """For formats that say so in a part of their own. Raises Unreadable."""
    if encrypted:
        _protected(container.filename)


class _Bounded:
    """Builds the tree, counts what it builds, and shortens names to "prefix_name"."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._builder = TreeBuilder()
        self._prefixes = prefixes
        self._short: dict[str, str] = {}
        self._depth = 0
        self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > limits.MAX_DEPTH or self._elements > limits.MAX_ELEMENTS:
            raise _TooMuch
        named = {self._named(name): value for name, value in attributes.items()}
        self._builder.start(self._named(tag), named)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(self._named(tag))

    def data(self, text: str) -> None:
        self._builder.data(text)

    def close(self) -> Element:
        return self._builder.close()

    def _named(self, name: str) -> str:
        short = self._short.get(name)
        if short is None:
            space, _, local = name.rpartition("}")
            short = f"{self._prefixes.get(space[1:], '?')}_{local}" if space else local
            self._short[name] = short
        return short
