"""`quorate count`: an election counted from a file of ballots, without server or database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from quorate.cli.ballots import FORMATS, listed_in, not_the_same, read_ballots, write_file
from quorate.cli.count_terms import Stated, checked_for, terms_of
from quorate.cli.saying import as_json, err, not_where_json_goes, out, refused, wrong_call
from quorate.count.figures import figure, some
from quorate.count.files.ballot_file import FileToCount
from quorate.count.files.listed import Listed
from quorate.count.files.place import printable
from quorate.count.files.reading import Wanted, read_to_count
from quorate.count.lot import LotNeeded
from quorate.count.outcome import elected_in_words, quota_name
from quorate.count.papers import NotCountable
from quorate.count.rules import RULES, Rule
from quorate.count.rules import count as counted
from quorate.count.sheet import ABSTENTION, Sheet, to_json
from quorate.count.terms import Terms
from quorate.count.why import why_not

SEED_MADE = (
    "Nobody should choose a seed alone. Let several people each write down a number in secret, "
    "open them together and join them in an agreed order; or agree on a public source before its "
    "value is known, such as the numbers of a lottery. Then count again with --seed and that text."
)


def count(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=f"Ballots: {FORMATS}.")],
    rule: Annotated[str, typer.Option(help="The counting rule. There is no default.")] = "",
    seats: Annotated[
        int | None, typer.Option(min=1, help="How many seats; instead of the file's number.")
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(
            help="For lots: any text; 64 hex digits are taken as the 32 bytes that they spell."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    csv: Annotated[Path | None, typer.Option(help="Write the count sheet as CSV.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with everything.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write the same for printing.")] = None,
    why: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Say why this candidate was not elected."),
    ] = None,
    candidates: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file of the candidates in the order of the paper: name, and if you like "
            "group, withdrawn."
        ),
    ] = None,
    race: Annotated[
        str,
        typer.Option(metavar="NAME", help="Which race of a CSV file that holds several."),
    ] = "",
    reserve: Annotated[
        str | None,
        typer.Option(
            metavar="GROUP=N",
            help="At least N places for this group: a party of the .blt file, or a group of "
            "--candidates.",
        ),
    ] = None,
    marks: Annotated[
        int | None, typer.Option(min=1, help="Limited vote: how many a paper may mark.")
    ] = None,
    points: Annotated[
        int | None,
        typer.Option(min=1, help="Cumulative vote: points a paper, if not as many as seats."),
    ] = None,
    minimum: Annotated[
        int | None, typer.Option(min=0, help="Lists: seats that each has at least.")
    ] = None,
    majority: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Yes or no: at least this share, as 2/3.")
    ] = None,
    more_than: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Yes or no: more than this share, as 1/2.")
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(help="Of which whole: cast (yes and no), voting (abstentions too), eligible."),
    ] = None,
    eligible: Annotated[
        int | None, typer.Option(min=1, help="How many could vote, for --of eligible.")
    ] = None,
    default: Annotated[
        str | None, typer.Option(metavar="NAME", help="Debian: the default option.")
    ] = None,
    quorum: Annotated[int | None, typer.Option(min=0, help="Debian: the quorum, in votes.")] = None,
    supermajority: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=3", help="Debian: this option needs 3 to 1; may be repeated."),
    ] = None,
) -> None:
    """Counts an election from a file of ballots."""
    if rule not in RULES:
        wrong_call(_rules(rule), as_object=json)
    not_the_same(file, csv, html, pdf, as_object=json)
    if json:
        not_where_json_goes(csv, html, pdf)
    lots = seed_of(seed, as_object=json)
    stated = Stated(
        marks=marks,
        points=points,
        minimum=minimum,
        majority=majority,
        more_than=more_than,
        of=of,
        eligible=eligible,
        default=default,
        quorum=quorum,
        supermajority=tuple(supermajority or ()),
        reserve=reserve,
    )
    checked_for(RULES[rule], stated, as_object=json)
    listed = listed_in(candidates, as_object=json)
    found = _found(RULES[rule], file, seats, listed, race, as_object=json)
    names = found.election.candidates
    terms = terms_of(RULES[rule], stated, names, found.parties, as_object=json)
    sheet = _sheet(rule, found, terms, lots, as_object=json)
    asked = None if why is None else named(sheet, why, as_object=json)
    if csv:
        from quorate.count.csv_sheet import as_csv

        write_file(csv, as_csv(sheet), as_object=json)
    if html:
        from quorate.count.page import as_html

        write_file(html, as_html(sheet), as_object=json)
    if pdf:
        write_file(pdf, _pdf(sheet, as_object=json), as_object=json)
    if json:
        told = to_json(sheet)
        told["seed"] = lots.hex() if lots else None
        told["file"] = {
            "format": found.format,
            "papers": found.papers_read,
            "notes": list(found.notes),
        }
        if asked:
            told["why"] = {asked: why_not(sheet, asked)}
        as_json(told)
        return
    for note in found.notes:
        err.print(printable(note), markup=False)
    if asked:
        for sentence in why_not(sheet, asked):
            out.print(printable(sentence), markup=False)
        return
    for line in told_in_lines(sheet):
        out.print(printable(line), markup=False)


def seed_of(text: str | None, *, as_object: bool) -> bytes | None:
    """The seed's bytes: 64 hex digits are those 32 bytes, anything else is text in UTF-8."""
    if text is None:
        return None
    if not text:
        wrong_call("--seed: expected at least one character.", as_object=as_object)
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return bytes.fromhex(text)
    return text.encode("utf-8", "surrogateescape")


def named(sheet: Sheet, name: str, *, as_object: bool) -> str:
    """The candidate of this name, or the only one whose name contains it."""
    if name in sheet.candidates:
        return name
    like = [one for one in sheet.candidates if name.casefold() in one.casefold()]
    if len(like) == 1:
        return like[0]
    which = "several candidates" if like else "no candidate"
    message = f'{which} like "{name}"; there are: {", ".join(like or sheet.candidates)}.'
    wrong_call(message[0].upper() + message[1:], as_object=as_object)


def told_in_lines(sheet: Sheet) -> list[str]:
    """The count sheet in plain lines."""
    head = f"{sheet.title or 'Count'}: {sheet.rule}, {some(sheet.seats, 'seats')}"
    papers = f"{some(sheet.papers.read, 'papers')} read, {sheet.papers.valid:,} valid"
    quota = ""
    if sheet.quota is not None:
        quota = f"; {quota_name(sheet).lower()} {figure(sheet.quota)}"
    lines = [head, *(f"{name}: {value}" for name, value in sheet.terms), f"{papers}{quota}"]
    lines += [
        f"  {some(one.papers, 'abstentions')}: no mark"
        if one.reason == ABSTENTION
        else f"  {one.papers:,} invalid: {one.reason}"
        for one in sheet.papers.invalid
    ]
    lines += ["", "Elected"]
    if sheet.lists:
        lines += [f"  {name}: {how}" for name, how in elected_in_words(sheet)]
    else:
        lines += [
            f"  {place}. {one.candidate}, stage {one.stage}, "
            f"{some(one.votes, sheet.figures)}: {one.how}"
            for place, one in enumerate(sheet.elections, start=1)
        ]
    if not sheet.elections:
        lines.append("  Nobody.")
    lines += ["", "Stages"]
    lines += [f"  {stage.number}. {stage.action.says}" for stage in sheet.stages]
    if sheet.lists and sheet.elections:
        lines += ["", "Seats", *(f"  {one.candidate}: {one.how}" for one in sheet.elections)]
    if sheet.ties:
        lines += ["", "Ties", *(f"  Stage {tie.stage}: {tie.says}" for tie in sheet.ties)]
    if sheet.not_elected:
        lines += ["", "Not elected", *(f"  {name}" for name in sheet.not_elected)]
    if sheet.withdrawn:
        lines += ["", "Withdrawn", *(f"  {name}" for name in sheet.withdrawn)]
    if sheet.remarks:
        lines += ["", *sheet.remarks]
    return lines


def _found(
    rule: Rule,
    file: Path,
    seats: int | None,
    listed: tuple[Listed, ...],
    race: str,
    *,
    as_object: bool,
) -> FileToCount:
    """The ballots as this rule reads them. Ends the command without a number of seats."""
    wanted = Wanted(
        seats,
        several_each=rule.fills == "several each",
        marks=rule.marks,
        one_mark=rule.one_mark,
        listed=listed,
        race=race,
    )

    def reader(content: bytes, name: str, seats: int | None) -> FileToCount:
        return read_to_count(content, name, wanted=wanted)

    found = read_ballots(reader, file, seats, as_object=as_object)
    # A rule for one place states their number itself.
    if not found.seats_stated and rule.fills != "one place":
        message = f"{file} does not say how many seats there are: --seats N."
        wrong_call(message, as_object=as_object)
    return found


def _sheet(
    rule: str, found: FileToCount, terms: Terms | None, seed: bytes | None, *, as_object: bool
) -> Sheet:
    try:
        return counted(rule, found.election, seed, terms=terms)
    except NotCountable as error:
        one = RULES[rule].fills == "one place" and found.election.seats != 1
        said = f"{error}; --seats 1 counts the file for one." if one else str(error)
        refused(said, as_object={"error": said} if as_object else None)
    except LotNeeded as error:
        told: dict[str, Any] = {
            "error": str(error),
            "lot_needed": {"candidates": list(error.candidates), "label": error.label},
        }
        refused(f"{error}\n{SEED_MADE}", as_object=told if as_object else None)


def _pdf(sheet: Sheet, *, as_object: bool) -> bytes:
    try:
        from quorate.texts.count_print import count_pdf
    except ModuleNotFoundError as error:
        wrong_call(
            f"--pdf needs the Python package {error.name}, which is not installed "
            f"(pip install {error.name}); --html makes a page that prints.",
            as_object=as_object,
        )
    from quorate.count.report import report

    return count_pdf(report(sheet))


def _rules(asked: str) -> str:
    begin = f'There is no counting rule "{asked}".' if asked else "Which rule? --rule is missing."
    lines = [f"{begin} The rule decides who is elected, so there is no default. There are:"]
    return "\n".join([*lines, *(f"  {name}: {rule.says}" for name, rule in RULES.items())])
