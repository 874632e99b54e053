"""Reading collections of motions that other organisations published: a file each with front
matter, or one file with numbered resolutions."""

from __future__ import annotations

import re
from dataclasses import dataclass


class BadMotion(Exception):
    """A file that is no motion: which file, which line, what was expected."""


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion as it was published. ``code``: section and number, such as "D4", or ""."""

    title: str
    code: str
    proposers: tuple[str, ...]
    markdown: str


_FIELD = re.compile(r"^(\s*)([A-Za-z_]+):\s*(.*)$")


def read_motion(filename: str, text: str) -> Motion:
    """A motion with front matter between two lines "---". Raises BadMotion."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].strip() != "---":
        raise BadMotion(f'{filename}, line 1: expected "---"')
    ends = [number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"]
    if not ends:
        raise BadMotion(f'{filename}: the front matter does not end in "---"')
    fields, people = _front(lines[1 : ends[0]])
    title = fields.get("title", "")
    if not title:
        raise BadMotion(f"{filename}: the front matter has no title")
    if fields.get("coproposers", "").isdigit():
        people.append(f"{fields['coproposers']} co-proposers")
    code = fields.get("motion_code.section", "") + fields.get("motion_code.number", "")
    body = "\n".join(lines[ends[0] + 1 :]).strip() + "\n"
    synopsis = fields.get("synopsis", "")
    if synopsis:
        body = f"## Synopsis\n\n{synopsis}\n\n{body}"
    return Motion(title, code, tuple(people), body)


def _front(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Plain fields by dotted name, and the people listed as proposers."""
    fields: dict[str, str] = {}
    people: list[str] = []
    section, folded = "", ""
    for line in lines:
        if line.strip().startswith("- "):
            item = line.strip()[2:].strip()
            if section.startswith(("propos", "coprop")):
                people.append(_bare(item.split(":", 1)[1] if item.startswith("name:") else item))
            continue
        match = _FIELD.match(line)
        if match is None:
            if folded and line.strip():
                fields[folded] = f"{fields[folded]} {line.strip()}".strip()
            continue
        indent, name, value = match.groups()
        folded = ""
        if indent and section:
            fields[f"{section}.{name}"] = _bare(value)
            continue
        section = name
        if value in ("", ">", "|", ">-", "|-"):
            folded = name if value else ""
            fields[name] = ""
        else:
            fields[name], folded = _bare(value), name
            if name.startswith("proposer"):
                people.append(_bare(value))
    return fields, people


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].replace("''", "'").replace('\\"', '"')
    return value


_NUMBERED = re.compile(r"^## (\d+)\.[ \t]*(.*)$", re.M)
_AUTHORS = re.compile(r"^### Authors\s*\n(.*?)(?=^### |\Z)", re.M | re.S)


def read_resolutions(filename: str, text: str) -> tuple[Motion, ...]:
    """Resolutions headed "## 1. Title", each with "### Authors" and the rest. Raises BadMotion."""
    heads = list(_NUMBERED.finditer(text))
    if not heads:
        raise BadMotion(f'{filename}: no resolution headed "## 1. Title"')
    motions = []
    for number, head in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        body = text[head.end() : end].strip() + "\n"
        found = _AUTHORS.search(body)
        authors = [] if found is None else re.findall(r"^[*-]\s+(.*)$", found[1], re.M)
        title = head[2].strip() or f"Resolution {head[1]}, without a title"
        motions.append(Motion(title, head[1], tuple(a for a in authors if a.strip()), body))
    return tuple(motions)
