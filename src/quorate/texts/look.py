"""How a stretch of text looks in a word processor's document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quorate.texts.spans import Span


@dataclass(frozen=True, slots=True)
class Look:
    """A format; None: not said here, so that what is below it decides."""

    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    underlined: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    lowered: bool | None = None

    def over(self, below: Look) -> Look:
        """This format where it says something, else the one below it."""
        said = {
            name: value
            for name in Look.__dataclass_fields__
            if (value := getattr(self, name)) is not None
        }
        return replace(below, **said) if said else below


UNSAID = Look()


def formatted(text: str, seen: Look, link: str) -> Span:
    """Text that is shown in a format; "" where it is hidden. Links are underlined anyway."""
    return Span(
        "" if seen.hidden else text,
        bold=bool(seen.bold),
        italic=bool(seen.italic),
        struck=bool(seen.struck),
        underlined=bool(seen.underlined) and not link,
        raised=bool(seen.raised),
        lowered=bool(seen.lowered),
        link=link,
    )


def number(text: str, otherwise: int = 0) -> int:
    """A whole number of at most nine digits as a file's attribute gives it, else the other one."""
    plain = text.removeprefix("-")
    return int(text) if plain.isascii() and plain.isdigit() and len(plain) < 10 else otherwise
