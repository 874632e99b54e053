"""The count sheet as one self-contained page of HTML: no script, no request, prints as it is."""

from __future__ import annotations

from html import escape

from quorate.count.page_style import STYLE
from quorate.count.report import Report, Why, report
from quorate.count.sheet import Sheet
from quorate.count.side_tables import SideTable

STAGES_A_TABLE = 12
"""A wider table is cut, so that a page of paper holds it."""


def as_html(sheet: Sheet) -> str:
    """The page, as text to be written in UTF-8."""
    told = report(sheet)
    parts = [
        f"<h1>{_text(told.title)}</h1>",
        _facts(told),
        _elected(told),
        _pictures(told),
        _tables(told),
        _side_tables(told.tables),
        _stages(told),
        _listed("Ties", told.ties),
        _papers(told),
        _listed("Remarks", told.remarks),
        _whys(told.whys),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{_text(told.title)}</title><style>{STYLE}</style></head>\n"
        f"<body><main>{''.join(part + chr(10) for part in parts if part)}</main>\n"
        "<footer><p>Made by Quorate from the count sheet alone. Every figure is exact. Whoever "
        "has the ballots can count them again.</p></footer></body></html>\n"
    )


def _facts(told: Report) -> str:
    pairs = "".join(f"<div><dt>{_text(k)}</dt><dd>{_text(v)}</dd></div>" for k, v in told.facts)
    return f'<dl class="facts">{pairs}</dl>'


def _elected(told: Report) -> str:
    if not told.elected:
        return "<h2>Elected</h2><p>Nobody.</p>"
    items = "".join(
        f"<li><strong>{_text(name)}</strong> <span>{_text(how)}</span></li>"
        for name, how in told.elected
    )
    return f'<h2>Elected</h2><ol class="elected">{items}</ol>'


def _pictures(told: Report) -> str:
    drawn = ""
    if told.bars:
        many = len(told.heads) > 1
        title = f"{told.figures.capitalize()}{' at each stage' if many else ''}"
        drawn += f"<h2>{title}</h2>{_scrolling(title, told.bars)}"
    if told.flow:
        title = "How votes were passed on"
        drawn += f"<h2>{title}</h2>{_scrolling(title, told.flow)}"
    return drawn


def _tables(told: Report) -> str:
    """The figures, cut into tables of at most so many stages."""
    if not told.heads:
        return ""
    parts, what = ["<h2>The count sheet</h2>"], told.figures.capitalize()
    for first in range(0, len(told.heads), STAGES_A_TABLE):
        heads = told.heads[first : first + STAGES_A_TABLE]
        last = first + len(heads)
        caption = (
            f"{what} after stages {first + 1} to {last}"
            if len(heads) > 1
            else f"{what} after stage {last}"
        )
        columns = "".join(
            f'<th scope="col">{number}<small>{_text(head)}</small></th>'
            for number, head in enumerate(heads, start=first + 1)
        )
        body = "".join(
            f'<tr class="{row.fate or "standing"}"><th scope="row">{_text(row.name)}</th>'
            + "".join(
                f"<td>{cell.votes}{f'<small>{cell.mark}</small>' if cell.mark else ''}</td>"
                for cell in row.cells[first:last]
            )
            + "</tr>"
            for row in told.rows
        )
        table = (
            f"<table><caption>{caption}</caption><thead><tr>"
            f'<th scope="col">Candidate</th>{columns}</tr></thead><tbody>{body}</tbody></table>'
        )
        parts.append(_scrolling(caption, table))
    return "".join(parts)


def _side_tables(tables: tuple[SideTable, ...]) -> str:
    return "".join(_side_table(table) for table in tables)


def _side_table(table: SideTable) -> str:
    columns = "".join(f'<th scope="col">{_text(head)}</th>' for head in table.heads)
    body = "".join(
        f'<tr><th scope="row">{_text(name)}</th>'
        + "".join(f"<td>{_text(cell)}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in table.rows
    )
    inside = (
        f"<table><caption>{_text(table.title)}</caption><thead><tr>{columns}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
    return _scrolling(_text(table.title), inside)


def _stages(told: Report) -> str:
    items = "".join(
        f"<li><h3>Stage {stage.number}: {_text(stage.head)}</h3>"
        + "".join(f"<p>{_text(sentence)}</p>" for sentence in stage.sentences)
        + (_side_table(stage.moved) if stage.moved else "")
        + "</li>"
        for stage in told.stages
    )
    return f'<h2>Stage by stage</h2><ol class="stages">{items}</ol>' if items else ""


def _papers(told: Report) -> str:
    if not told.invalid:
        return "<h2>Invalid papers</h2><p>None.</p>"
    items = "".join(f"<li>{number}: {_text(reason)}</li>" for reason, number in told.invalid)
    return f"<h2>Invalid papers</h2><ul>{items}</ul>"


def _whys(whys: tuple[Why, ...]) -> str:
    if not whys:
        return ""
    items = "".join(
        f"<details><summary>{_text(why.name)} <small>{_text(why.fate)}</small></summary>"
        + "".join(f"<p>{_text(sentence)}</p>" for sentence in why.sentences)
        + "</details>"
        for why in whys
    )
    return f"<h2>Why was somebody not elected?</h2>{items}"


def _listed(title: str, sentences: tuple[str, ...]) -> str:
    if not sentences:
        return ""
    return f"<h2>{title}</h2>" + "".join(f"<p>{_text(sentence)}</p>" for sentence in sentences)


def _scrolling(label: str, inside: str) -> str:
    """What may be wider than a phone scrolls by itself, by keyboard too."""
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">{inside}</div>'


def _text(text: str) -> str:
    return escape(text.replace("\x00", "\ufffd"))
