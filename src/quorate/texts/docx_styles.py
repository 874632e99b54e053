"""Word's styles and lists: what a paragraph or a run looks like without saying so itself
(ECMA-376 part 1, 17.7 styles, 17.9 numbering)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from quorate.texts.look import UNSAID, Look, number
from quorate.texts.numbering import BULLET, NONE, Level

_OFF = ("0", "false", "none", "off")
_KINDS = {
    "bullet": BULLET,
    "none": NONE,
    "lowerLetter": "lower-letter",
    "upperLetter": "upper-letter",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits. ``name``: Word's own, in English and lower case for the
    built-in styles in every language; ``level``: of a heading, 0 for none."""

    name: str = ""
    level: int = 0
    list_id: str = ""
    depth: int = 0
    look: Look = UNSAID


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles by their id, the default paragraph style's id, and the lists by theirs."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    default: str = ""
    lists: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    base: Look = UNSAID

    def of(self, style_id: str) -> Style:
        """A style by its id."""
        return self.styles.get(style_id) or self.styles.get(self.default) or Style()


def value(parent: Element | None, name: str) -> str:
    """w_val of a child, "" where there is none."""
    child = None if parent is None else parent.find(name)
    return "" if child is None else child.get("w_val", "")


def _on(properties: Element, name: str) -> bool | None:
    flag = properties.find(name)
    return None if flag is None else flag.get("w_val", "true").lower() not in _OFF


def _either(*flags: bool | None) -> bool | None:
    said = [flag for flag in flags if flag is not None]
    return any(said) if said else None


def look(properties: Element | None) -> Look:
    """What w:rPr says."""
    if properties is None:
        return Look()
    align = value(properties, "w_vertAlign")
    underline = properties.find("w_u")
    return Look(
        bold=_on(properties, "w_b"),
        italic=_on(properties, "w_i"),
        struck=_either(_on(properties, "w_strike"), _on(properties, "w_dstrike")),
        underlined=None if underline is None else underline.get("w_val", "single") != "none",
        hidden=_either(_on(properties, "w_vanish"), _on(properties, "w_specVanish")),
        raised=align == "superscript" if align else None,
        lowered=align == "subscript" if align else None,
    )


def read_styles(styles: Element | None, numbering: Element | None) -> Styles:
    """Both parts of the file; either may be absent."""
    found = {} if styles is None else {s.get("w_styleId", ""): s for s in styles.iter("w_style")}
    default = ""
    base = Look()
    if styles is not None:
        base = look(styles.find("w_docDefaults/w_rPrDefault/w_rPr"))
    for style_id, element in found.items():
        if element.get("w_type") == "paragraph" and element.get("w_default") in (
            "1",
            "true",
            "on",
        ):
            default = style_id
    read = {style_id: _style(style_id, found) for style_id in found}
    return Styles(read, default, {} if numbering is None else _lists(numbering, read), base)


def _style(style_id: str, found: Mapping[str, Element]) -> Style:
    """A style with what it is based on; a circle of styles ends where it closes."""
    chain: list[Element] = []
    seen: set[str] = set()
    while style_id in found and style_id not in seen and len(chain) < 20:
        seen.add(style_id)
        chain.append(found[style_id])
        style_id = value(found[style_id], "w_basedOn")
    result = Style()
    for element in reversed(chain):
        name = value(element, "w_name").lower()
        properties = element.find("w_pPr")
        outline = value(properties, "w_outlineLvl")
        level = number(outline, 9) + 1 if outline else result.level
        if name.startswith("heading ") and name[8:].isdigit():
            level = int(name[8:9])
        elif name == "title":
            level = 1
        result = Style(
            name=name,
            level=level if 1 <= level <= 9 else 0,
            list_id=value(properties, "w_numPr/w_numId") or result.list_id,
            depth=number(value(properties, "w_numPr/w_ilvl"), result.depth),
            look=look(element.find("w_rPr")).over(result.look),
        )
    return result


def _lists(numbering: Element, styles: Mapping[str, Style]) -> dict[str, Mapping[int, Level]]:
    abstract: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}
    for element in numbering.findall("w_abstractNum"):
        name = element.get("w_abstractNumId", "")
        abstract[name] = _levels(element.findall("w_lvl"))
        linked[name] = value(element, "w_numStyleLink")
    lists: dict[str, Mapping[int, Level]] = {}
    follows: dict[str, str] = {}
    for element in numbering.findall("w_num"):
        name = value(element, "w_abstractNumId")
        list_id = element.get("w_numId", "")
        levels = dict(abstract.get(name, {}))
        for override in element.findall("w_lvlOverride"):
            depth = number(override.get("w_ilvl", "0"))
            levels.update(_levels(override.findall("w_lvl")))
            start = value(override, "w_startOverride")
            if start and depth in levels:
                levels[depth] = replace(levels[depth], start=number(start, 1))
        lists[list_id] = levels
        if linked.get(name) in styles:
            follows[list_id] = styles[linked[name]].list_id
    for list_id, other in follows.items():
        lists[list_id] = lists[list_id] or lists.get(other, {})
    return lists


def _levels(elements: list[Element]) -> dict[int, Level]:
    levels = {}
    for element in elements:
        kind = value(element, "w_numFmt") or "decimal"
        pattern = value(element, "w_lvlText")
        levels[number(element.get("w_ilvl", "0"))] = Level(
            _KINDS.get(kind, "decimal"), pattern, number(value(element, "w_start"), 1)
        )
    return levels
