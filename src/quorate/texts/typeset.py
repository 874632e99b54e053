"""Setting a bulletin or minutes in print, with typst: A5, fonts that come with typst, no network.

The same input gives the same bytes. The PDF has a title, a table of contents and tags that screen
readers follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from quorate.texts.spans import Span, written
from quorate.texts.typst_markup import string, to_typst

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Piece:
    """One text in print: ``kicker`` above, ``byline`` and ``state`` below its title; ``replies``:
    a line each, behind it; ``number``: before its title in the table of contents."""

    title: str
    kicker: str
    byline: str
    markdown: str
    state: str = ""
    replies: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Texts of one kind, beginning on a page of their own."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """A whole print. ``time``: ms since the epoch, the time that the PDF bears; ``date``,
    ``record``: lines of the title page; ``language``: two letters, for hyphenation."""

    organisation: str
    title: str
    subtitle: str
    time: int
    sections: tuple[Section, ...]
    date: str = ""
    record: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Contribution:
    """A contribution to a bulletin. ``author``, ``state``, ``replies``: lines as they are to be
    read, such as "Ada Byron, Harbour branch" and "Admitted on 3 May: seconded by 5 delegates"."""

    number: int
    title: str
    author: str
    state: str
    markdown: str
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The contributions of one kind, such as "Proposals"; an empty part is not printed."""

    title: str
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """An issue of a bulletin. ``issue``: its title, such as "Bulletin 2"; ``entry``: of the record
    that it was made from; ``time``: ms, of that entry; parts in the order of printing."""

    organisation: str
    issue: str
    date: str
    entry: int
    time: int
    parts: tuple[Part, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision. ``question``: what was put, with its author; ``arithmetic``: such as "131 of 180
    is 72.8 %; 120 were needed (two thirds)"; ``outcome``: such as "Carried"."""

    number: int
    title: str
    question: str
    arithmetic: str
    outcome: str
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """An election's result. ``method``: seats and how they were counted; ``elected``: names in
    order; ``table``: the count sheet's rows, the first its heads, () for none."""

    title: str
    method: str
    elected: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of a meeting. ``meeting``: their title; ``presence``: lines on who was there;
    ``entry`` and ``time`` as for a bulletin."""

    organisation: str
    meeting: str
    place: str
    date: str
    entry: int
    time: int
    presence: tuple[str, ...]
    decisions: tuple[Decision, ...]
    results: tuple[Result, ...]
    language: str = "en"


def bulletin_pdf(bulletin: Bulletin) -> bytes:
    """An issue as PDF."""
    return pdf(
        Print(
            organisation=bulletin.organisation,
            title=bulletin.issue,
            subtitle="",
            time=bulletin.time,
            sections=tuple(
                Section(
                    part.title,
                    tuple(
                        Piece(
                            title=c.title,
                            kicker=f"No. {c.number}",
                            byline=c.author,
                            markdown=c.markdown,
                            state=c.state,
                            replies=c.replies,
                            number=str(c.number),
                        )
                        for c in part.contributions
                    ),
                )
                for part in bulletin.parts
                if part.contributions
            ),
            date=bulletin.date,
            record=f"The record at entry {bulletin.entry:,}",
            language=bulletin.language,
        )
    )


def minutes_pdf(minutes: Minutes) -> bytes:
    """Minutes as PDF: presence, decisions with their arithmetic, elections with their results."""
    presence = Piece("Presence", "", "", "\n\n".join(_escaped(line) for line in minutes.presence))
    sections = (
        Section("Meeting", (presence,) if minutes.presence else ()),
        Section("Decisions", tuple(_decision(decision) for decision in minutes.decisions)),
        Section("Elections", tuple(_result(result) for result in minutes.results)),
    )
    return pdf(
        Print(
            organisation=minutes.organisation,
            title=minutes.meeting,
            subtitle=minutes.place,
            time=minutes.time,
            sections=tuple(section for section in sections if section.pieces),
            date=minutes.date,
            record=f"Made from the record at entry {minutes.entry:,}",
            language=minutes.language,
        )
    )


def _decision(decision: Decision) -> Piece:
    lines = [f"**{_escaped(decision.outcome)}**" if decision.outcome.strip() else ""]
    lines += [_escaped(decision.arithmetic), decision.markdown]
    return Piece(
        title=decision.title,
        kicker=f"No. {decision.number}",
        byline=decision.question,
        number=str(decision.number),
        markdown="\n\n".join(line for line in lines if line.strip()),
    )


def _result(result: Result) -> Piece:
    lines = ["\n".join(f"1. {_escaped(name)}" for name in result.elected) or "Nobody is elected."]
    if result.table:
        rows = ["| " + " | ".join(map(_escaped, row)) + " |" for row in result.table]
        rows.insert(1, "|" + " --- |" * len(result.table[0]))
        lines.append("\n".join(rows))
    lines.append(result.markdown)
    return Piece(
        title=result.title,
        kicker="",
        byline=result.method,
        markdown="\n\n".join(line for line in lines if line.strip()),
    )


def _escaped(text: str) -> str:
    return written((Span(" ".join(text.split())),))


def pdf(document: Print) -> bytes:
    """A print as PDF."""
    source = "".join(_source(document))
    with TemporaryDirectory() as folder:
        for template in _TEMPLATES.glob("*.typ"):
            (Path(folder) / template.name).write_bytes(template.read_bytes())
        main = Path(folder) / "main.typ"
        main.write_text(source, "utf-8")
        result = typst.compile(
            str(main), root=folder, ignore_system_fonts=True, timestamp=document.time // 1000
        )
    return bytes(result)


def _source(document: Print) -> Iterable[str]:
    date = datetime.fromtimestamp(document.time / 1000, UTC)
    language = document.language if document.language.isalpha() else "en"
    yield (
        '#import "book.typ": *\n#show: book.with('
        f"organisation: {string(document.organisation)}, title: {string(document.title)}, "
        f"subtitle: {string(document.subtitle)}, date: {string(document.date)}, "
        f"record: {string(document.record)}, language: {string(language)}, "
        f"stamp: datetime(year: {date.year}, month: {date.month}, day: {date.day}))\n"
    )
    for section in document.sections:
        yield f"\n#part({string(section.title)})\n"
        for piece in section.pieces:
            replies = "".join(f"{string(reply)}," for reply in piece.replies)
            yield (
                f"\n#piece(number: {string(piece.number)}, kicker: {string(piece.kicker)}, "
                f"title: {string(piece.title)}, byline: {string(piece.byline)}, "
                f"state: {string(piece.state)}, replies: ({replies}))"
                f"[{to_typst(piece.markdown)}];\n"
            )
