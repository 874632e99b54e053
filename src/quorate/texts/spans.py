"""Stretches of text with their marks, written as Markdown that shows exactly this text.

Source for what has to be escaped: CommonMark 0.31, sections 2.4, 4 and 6; tables, footnotes and
strikethrough as markdown-it reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

_INLINE = re.compile(r"[\\`*\[\]<|~]|&(?=[#A-Za-z])|(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|([-+=:#>]))")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACES = " \t\n\r\f\v"
_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one format; a line break in it is "\\n". ``link``: address, "" for none;
    ``note``: number of the footnote that stands here, 0 for none (the text is then "")."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    underlined: bool = False
    raised: bool = False
    lowered: bool = False
    link: str = ""
    note: int = 0


_NOTHING = Span("")


def linkable(address: str) -> str:
    """The address if a page may link to it, else ""."""
    address = "".join(_CONTROL.sub("", address).split())
    return address if address.lower().startswith(_SCHEMES) else ""


def escaped(text: str) -> str:
    """One line of text as Markdown, wherever in a line it stands."""
    return _INLINE.sub(lambda sign: "\\" + sign[0], text)


def plain(spans: Iterable[Span]) -> str:
    """The text without marks, in one line."""
    return " ".join("".join(span.text for span in spans).split())


def written(spans: Iterable[Span], newline: str = "\\\n") -> str:
    """The spans as Markdown. ``newline``: what a line break becomes; "" at start and end."""
    lines: list[list[Span]] = [[]]
    for span in _merged(spans):
        first, *rest = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=line)] for line in rest]
    done = [_line(line) for line in lines]
    while done and not done[0]:
        done.pop(0)
    while done and not done[-1]:
        done.pop()
    # An empty line would end the paragraph, and several breaks in a row say no more than one.
    return newline.join(line for line in done if line)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Neighbours of the same format as one: word processors cut text into arbitrary runs."""
    merged = []
    for form, group in groupby(spans, key=lambda span: replace(span, text="")):
        if form.note:
            merged += list(group)
        elif text := _clean("".join(span.text for span in group)):
            merged.append(replace(form, text=text))
    return merged


def _clean(text: str) -> str:
    """Without what no page shows; with one sign for spaces and one for new lines."""
    return _CONTROL.sub("", text.translate(_ONE_SIGN))


_ONE_SIGN = str.maketrans({"\t": " ", "\u2028": "\n", "\u2029": "\n"})


def _line(spans: list[Span]) -> str:
    spans = [span for span in spans if span.text or span.note]
    line = ""
    for place, span in enumerate(spans):
        left = spans[place - 1] if place else _NOTHING
        right = spans[place + 1] if place + 1 < len(spans) else _NOTHING
        written_span = _span(span, left, right)
        if line.endswith(("!", "^")) and written_span.startswith("["):
            line = f"{line[:-1]}\\{line[-1]}"  # "![" would begin an image, "^[" a note
        line += written_span
    line = line.strip(_SPACES)
    return _LINE_START.sub(lambda m: f"{m[1]}\\" if m[1] else f"\\{m[2]}", line)


def _span(span: Span, left: Span, right: Span) -> str:
    if span.note:
        return f"[^{span.note}]"
    core = span.text.strip()
    if not core:
        return span.text
    lead, tail = span.text.split(core, 1)
    plain_enough = _closes(span, core, left.text[-1:] if not lead else " ", right.text[:1] + tail)
    asterisks = plain_enough and (lead or not _marked(left)) and (tail or not _marked(right))
    inner = escaped(core)
    for wanted, tag in (
        (span.raised, "sup"),
        (span.lowered, "sub"),
        (span.underlined, "u"),
    ):
        if wanted:
            inner = f"<{tag}>{inner}</{tag}>"
    for wanted, mark, tag in (
        (span.struck, "~~", "del"),
        (span.italic, "*", "em"),
        (span.bold, "**", "strong"),
    ):
        if wanted:
            inner = f"{mark}{inner}{mark}" if asterisks else f"<{tag}>{inner}</{tag}>"
    if span.link:
        inner = f"[{inner}](<{_address(span.link)}>)"
    return lead + inner + tail


def _marked(span: Span) -> bool:
    return bool(
        span.bold or span.italic or span.struck or span.underlined or span.link or span.note
    )


def _closes(span: Span, core: str, before: str, after: str) -> bool:
    """Whether asterisks around the core open and close (CommonMark 6.2): with letters on the
    inside they always do, with other signs next to a space or an end of the line only. Where they
    might not, tags say the same."""
    tagged = span.raised or span.lowered or span.underlined
    mixed = span.struck and (span.bold or span.italic)
    inside = core[0].isalnum() and core[-1].isalnum() and not tagged and not mixed
    return inside or ((not before or before.isspace()) and (not after or after[-1].isspace()))


def _address(link: str) -> str:
    return link.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
