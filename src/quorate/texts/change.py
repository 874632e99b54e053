"""What changed between two versions of a text, word by word within paragraphs."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_WORD = re.compile(r"\s+|[^\s]+")
MAX_WORDS = 4_000
"""Paragraphs longer than this together are compared whole: a page has to answer in time."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that was kept, put in or left out."""

    kind: Literal["kept", "put in", "left out"]
    text: str


def compare(old: str, new: str) -> tuple[tuple[Part, ...], ...]:
    """Paragraphs of parts. What is kept or left out makes up the old text, what is kept or put in
    the new one; nothing gets lost."""
    before, after = _paragraphs(old), _paragraphs(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    result: list[tuple[Part, ...]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            result += [(Part("kept", paragraph),) for paragraph in before[i1:i2]]
            continue
        pairs = min(i2 - i1, j2 - j1)
        for step in range(pairs):
            result.append(tuple(_words(before[i1 + step], after[j1 + step])))
        result += [(Part("left out", paragraph),) for paragraph in before[i1 + pairs : i2]]
        result += [(Part("put in", paragraph),) for paragraph in after[j1 + pairs : j2]]
    return tuple(result)


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=\n)\n+", text.strip() + "\n") if part.strip()]


def _words(old: str, new: str) -> Iterator[Part]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > MAX_WORDS:
        yield Part("left out", old)
        yield Part("put in", new)
        return
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    out, into = "", ""
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        kept = "".join(before[i1:i2])
        if tag == "equal" and (kept.strip() or not (out or into)):
            yield from _changed(out, into)
            out, into = "", ""
            yield Part("kept", kept)
        else:  # what is changed on both sides of a space is one change
            out, into = out + kept, into + "".join(after[j1:j2])
    yield from _changed(out, into)


def _changed(out: str, into: str) -> Iterator[Part]:
    if out:
        yield Part("left out", out)
    if into:
        yield Part("put in", into)


def to_html(old: str, new: str) -> str:
    """The comparison as HTML with <del> and <ins>."""
    tags = {"left out": "del", "put in": "ins"}
    paragraphs = []
    for parts in compare(old, new):
        out = []
        for part in parts:
            text = html.escape(part.text.strip("\n"))
            tag = tags.get(part.kind)
            out.append(f"<{tag}>{text}</{tag}>" if tag and text.strip() else text)
        paragraphs.append("<p>" + "".join(out).replace("\n", "<br>") + "</p>")
    return "\n".join(paragraphs)
