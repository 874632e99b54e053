"""Opening .docx and .odt safely: both are ZIP archives of XML."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MAX_UNPACKED = 60_000_000
MAX_RATIO = 200
"""A part unpacked to more, or packed more tightly, than any real text is a bomb."""


class Unreadable(Exception):
    """A file that cannot be read as a text; the sentence is for whoever uploaded it."""


def part(filename: str, data: bytes, name: str) -> Element:
    """One XML part of the archive. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo(name)
            if info.flag_bits & 1:
                raise Unreadable(f"{filename} is protected by a password. Save it without one.")
            packed = max(info.compress_size, 1)
            if info.file_size > MAX_UNPACKED or info.file_size / packed > MAX_RATIO:
                raise Unreadable(f"{filename} unpacks to far more than a text. It is not opened.")
            with archive.open(info) as file:
                xml = file.read(MAX_UNPACKED + 1)
    except KeyError:
        raise Unreadable(f"{filename} is not what its name says. Save it again.") from None
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, RuntimeError):
        raise Unreadable(f"{filename} is damaged. Save it again, or paste the text.") from None
    if len(xml) > MAX_UNPACKED:
        raise Unreadable(f"{filename} unpacks to far more than a text. It is not opened.")
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise Unreadable(f"{filename} is damaged. Save it again, or paste the text.") from None
    return root


def escaped(text: str) -> str:
    """Text as Markdown that shows just this text."""
    for sign in "\\`*_[]<>#|~":
        text = text.replace(sign, "\\" + sign)
    return text
