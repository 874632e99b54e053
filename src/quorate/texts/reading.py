"""Reading an uploaded text: Markdown, plain text, Word (.docx) or OpenDocument (.odt).

A document gives its visible text only: no tracked deletions, no comments, no names of editors.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from quorate.texts import docx, odt
from quorate.texts.container import Unreadable

MAX_BYTES = 10_000_000
"""An upload is refused above this; 100,000 words of text are about 700,000 bytes."""

__all__ = ["Reading", "Unreadable", "read_text"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. ``title_guess``: the first heading, or the file's name."""

    title_guess: str
    markdown: str


def read_text(filename: str, data: bytes) -> Reading:
    """The text in a file. Raises Unreadable with a sentence for whoever uploaded it."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{filename} is larger than {MAX_BYTES // 1_000_000} MB. Leave out images."
        )
    kind = PurePath(filename).suffix.lower()
    if kind in (".md", ".markdown", ".txt"):
        markdown = _decoded(filename, data)
    elif kind == ".docx":
        markdown = docx.read(filename, data)
    elif kind == ".odt":
        markdown = odt.read(filename, data)
    else:
        raise Unreadable(
            f"{filename} is not a kind of file that can be read. Save it as .docx, .odt, .md or "
            ".txt, or paste the text."
        )
    if not markdown.strip():
        raise Unreadable(f"There is no text in {filename}.")
    return Reading(_title(filename, markdown), markdown)


def _decoded(filename: str, data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    else:
        raise Unreadable(f"{filename} is not saved in UTF-8. Save it again as UTF-8 text.")
    if "\x00" in text:
        raise Unreadable(f"{filename} holds data that is no text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _title(filename: str, markdown: str) -> str:
    for line in markdown.splitlines():
        if line.startswith("#"):
            return line.lstrip("# ").strip()[:300]
    return PurePath(filename).stem.replace("_", " ").replace("-", " ").strip()[:300]
