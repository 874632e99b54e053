"""OpenDocument's styles and lists (OpenDocument 1.3 part 3, chapters 16 and 19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from quorate.texts.look import UNSAID, Look, number
from quorate.texts.numbering import BULLET, NONE, Level

_KINDS = {
    "1": "decimal",
    "a": "lower-letter",
    "A": "upper-letter",
    "i": "lower-roman",
    "I": "upper-roman",
    "": NONE,
}


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits. ``names``: its own and its ancestors'."""

    names: tuple[str, ...] = ()
    look: Look = UNSAID
    new_page: bool = False
    list_name: str = ""


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by (family, name), lists by name, and the numbering of headings by level."""

    styles: Mapping[tuple[str, str], Style] = field(default_factory=dict)
    lists: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    headings: Mapping[int, Level] = field(default_factory=dict)

    def of(self, family: str, name: str) -> Style:
        """A style by its family and name."""
        return self.styles.get((family, name)) or Style((name,) if name else ())


def read_styles(*parts: Element | None) -> Styles:
    """Styles of styles.xml and content.xml together; a later part wins."""
    found: dict[tuple[str, str], Element] = {}
    lists: dict[str, Mapping[int, Level]] = {}
    headings: Mapping[int, Level] = {}
    for part in parts:
        for element in () if part is None else part.iter():
            if element.tag == "style_style":
                found[element.get("style_family", ""), element.get("style_name", "")] = element
            elif element.tag == "text_list-style":
                lists[element.get("style_name", "")] = _levels(element)
            elif element.tag == "text_outline-style":
                headings = _levels(element)
    return Styles({key: _style(key, found) for key in found}, lists, headings)


def _style(key: tuple[str, str], found: Mapping[tuple[str, str], Element]) -> Style:
    """A style with what its parents say; a circle of parents ends where it closes."""
    family, name = key
    chain: list[Element] = []
    seen: set[str] = set()
    while (family, name) in found and name not in seen and len(chain) < 20:
        seen.add(name)
        chain.append(found[family, name])
        name = chain[-1].get("style_parent-style-name", "")
    names = [element.get("style_name", "") for element in chain] + ([name] if name else [])
    result = Style(names=tuple(names))
    for element in reversed(chain):
        properties = element.find("style_text-properties")
        paragraph = element.find("style_paragraph-properties")
        result = replace(
            result,
            look=_look(properties).over(result.look),
            list_name=element.get("style_list-style-name", result.list_name),
        )
        if paragraph is not None and "fo_break-before" in paragraph.attrib:
            result = replace(result, new_page=paragraph.get("fo_break-before") == "page")
    return result


def _look(properties: Element | None) -> Look:
    if properties is None:
        return Look()
    weight = properties.get("fo_font-weight")
    slant = properties.get("fo_font-style")
    position = properties.get("style_text-position", "")
    line = properties.get("style_text-line-through-style")
    under = properties.get("style_text-underline-style")
    display = properties.get("text_display")
    raised = position.startswith("super") or (position[:1].isdigit() and position[:2] != "0%")
    lowered = position.startswith(("sub", "-"))
    return Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        italic=None if slant is None else slant in ("italic", "oblique"),
        struck=None if line is None else line != "none",
        underlined=None if under is None else under != "none",
        hidden=None if display is None else display == "none",
        raised=raised if position else None,
        lowered=lowered if position else None,
    )


def _levels(element: Element) -> dict[int, Level]:
    levels = {}
    for level in element:
        depth = number(level.get("text_level", "1"), 1) - 1
        if level.tag.endswith("-level-style-bullet") or level.tag.endswith("-level-style-image"):
            levels[depth] = Level(BULLET, "")
        elif level.tag.endswith(("-level-style-number", "_outline-level-style")):
            kind = _KINDS.get(level.get("style_num-format", ""), "decimal")
            shown = min(max(number(level.get("text_display-levels", "1"), 1), 1), depth + 1)
            numbers = ".".join(f"%{place + 1}" for place in range(depth + 1 - shown, depth + 1))
            pattern = level.get("style_num-prefix", "") + (numbers if kind != NONE else "")
            levels[depth] = Level(
                kind,
                pattern + level.get("style_num-suffix", ""),
                number(level.get("text_start-value", "1"), 1),
            )
    return levels
