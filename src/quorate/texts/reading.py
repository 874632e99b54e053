"""Reading an uploaded text: Markdown, plain text, Word (.docx) or OpenDocument (.odt).

A document gives its visible text only: no tracked deletions, no comments, no names of editors. A
.txt is read as it would be if it were pasted into the form: as Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from quorate.texts import docx, odt
from quorate.texts.container import Unreadable
from quorate.texts.limits import MAX_BYTES, MAX_WORDS
from quorate.texts.words import first_heading, word_count

__all__ = ["Reading", "Unreadable", "read_text"]

OLD_ENCODING = (
    "The file does not say how its letters are stored; it was read as Windows text (windows-1252). "
    "Check accents and quotation marks, or save it as UTF-8."
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. ``title_guess``: the first heading, or the file's name; ``notes``: sentences
    for whoever uploaded it, on what was left out or guessed."""

    title_guess: str
    markdown: str
    notes: tuple[str, ...] = ()


def read_text(filename: str, data: bytes) -> Reading:
    """The text in a file. Raises Unreadable with a sentence for whoever uploaded it."""
    filename = _shown(filename)
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{filename} is larger than {MAX_BYTES // 1_000_000} MB. Leave out its pictures."
        )
    if not data:
        raise Unreadable(f"{filename} is empty. Choose another file, or paste the text.")
    kind = PurePath(filename).suffix.lower()
    notes: tuple[str, ...]
    if kind in (".md", ".markdown", ".txt"):
        markdown, notes = _decoded(filename, data)
    elif kind == ".docx":
        markdown, notes = docx.read(filename, data)
    elif kind == ".odt":
        markdown, notes = odt.read(filename, data)
    elif kind in (".docm", ".dotm", ".ott", ".dotx"):
        raise Unreadable(
            f"{filename} is a template or holds macros. Save it as a .docx or .odt document."
        )
    else:
        raise Unreadable(
            f"{filename} is not a kind of file that can be read. Save it as .docx, .odt, .md or "
            ".txt, or paste the text."
        )
    if not markdown.strip():
        raise Unreadable(
            f"There is no text in {filename}. If it holds pictures of pages, the text has to be "
            "typed."
        )
    words = word_count(markdown)
    if words > MAX_WORDS:
        raise Unreadable(
            f"{filename} has {words:,} words; a text may have {MAX_WORDS:,}. Hand it in in parts."
        )
    title = first_heading(markdown) or PurePath(filename).stem.replace("_", " ").replace("-", " ")
    return Reading(" ".join(title.split())[:300], markdown, notes)


def _shown(filename: str) -> str:
    """The file's name as a sentence can hold it: no folders, nothing unprintable, not endless."""
    name = PurePath(filename.replace("\\", "/")).name
    name = "".join(sign for sign in name if sign.isprintable()).strip() or "The file"
    if len(name) <= 120:
        return name
    return name[:100] + "…" + PurePath(name).suffix[-12:]


def _decoded(filename: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 or UTF-16 where the file says so or proves to be, else windows-1252, which is said."""
    notes: tuple[str, ...] = ()
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        if marked:
            raise Unreadable(
                f"{filename} begins as UTF-16 and goes on as something else. Save it as UTF-8."
            ) from None
        try:
            text, notes = data.decode("windows-1252"), (OLD_ENCODING,)
        except UnicodeDecodeError:
            raise Unreadable(
                f"{filename} is stored in an encoding that cannot be told. Save it as UTF-8."
            ) from None
    if _NO_TEXT.search(text):
        raise Unreadable(
            f"{filename} holds data that is no text. Save it as .docx, .odt or UTF-8 text, or "
            "paste the text."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes
