"""A count in print: what stands in the sheet stands in the PDF."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader

from quorate.count.blt import read_blt
from quorate.count.papers import Election, Paper
from quorate.count.report import report
from quorate.count.rules import count
from quorate.texts.count_print import count_pdf

WARDS = Path(__file__).parents[1] / "real" / "elections"


def text_of(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_ward_in_print() -> None:
    ward = read_blt((WARDS / "highland_2017_ward10.blt").read_bytes()).election
    told = report(count("scottish-stv/1", ward, None))
    data = count_pdf(told)
    assert count_pdf(told) == data
    said = text_of(data)
    for name, _ in told.elected:
        assert name in said
    for why in told.whys:
        assert f"{why.name}, {why.fate}" in said
    for part in ("The count sheet", "Votes at each stage", "How votes were passed on"):
        assert part in said
    sizes = {tuple(map(round, page.mediabox[2:])) for page in PdfReader(io.BytesIO(data)).pages}
    assert sizes == {(595, 842), (842, 595)}


def test_nothing_in_a_name_is_code() -> None:
    hostile = '#panic("x") \\ $ * _ ] )'
    one = Election(hostile, 1, (hostile, "B"), frozenset(), (Paper(3, (1,)), Paper(1, ())))
    said = text_of(count_pdf(report(count("plurality/1", one, None))))
    assert '#panic("x")' in said.replace("”", '"').replace("“", '"')
    assert "1: no mark" in said


def test_pairs_compared_and_seats_shared_out_in_print() -> None:
    papers = (Paper(4, (1, 2, 3)), Paper(6, (2, 3, 1)), Paper(5, (3, 1, 2)))
    one = Election("Circle", 1, ("Ada", "Bo", "Cy"), frozenset(), papers)
    said = text_of(count_pdf(report(count("schulze/1", one, None))))
    assert "Ada – 9 4 Bo 6 – 10 Cy 11 5 –" in said
    assert "Cy Ada 11 4 used" in said
    lists = Election("Lists", 8, ("Ada", "Bo"), frozenset(), (Paper(53, (1,)), Paper(24, (2,))))
    said = text_of(count_pdf(report(count("dhondt/1", lists, None))))
    assert "26 1/2 (seat 2)" in said
