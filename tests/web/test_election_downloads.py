"""What anyone takes away from an election's page, and that it counts to the same again."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from quorate.count.files.reading import read
from quorate.count.rules import count
from quorate.count.sheet import to_json
from support.browser import client
from support.prints import printed

pytestmark = pytest.mark.xdist_group("web")


def declared() -> list[int]:
    from quorate.web.lane import lane

    elections = lane().now().state.elections.elections
    return [number for number, one in sorted(elections.items()) if one.result is not None]


def test_the_ballots_of_every_election_count_to_the_sheet_again(demo: Path) -> None:
    browser = client("alternate")
    numbers = declared()
    assert numbers
    for number in numbers:
        sheet = json.loads(browser.get(f"/elections/{number}/sheet.json").content)
        answer = browser.get(f"/elections/{number}/ballots.blt")
        if answer.status_code == 404:
            assert sheet["papers"]["read"] == 0
            continue
        assert f'filename="election-{number}.blt"' in answer["Content-Disposition"]
        election = read(answer.content, "a.blt").election
        seed = bytes.fromhex(sheet["seed"]) if sheet["seed"] else None
        again = to_json(count(sheet["rule"], election, seed))
        assert {key: sheet[key] for key in again} == again


def test_the_page_says_why_for_everybody_and_offers_each_file(demo: Path) -> None:
    browser = client("alternate")
    number = max(
        declared(),
        key=lambda n: len(json.loads(browser.get(f"/elections/{n}/sheet.json").content)["stages"]),
    )
    sheet = json.loads(browser.get(f"/elections/{number}/sheet.json").content)
    page = browser.get(f"/elections/{number}").content.decode()
    assert page.count('class="count-bars"') == 1
    assert "single transferable vote, as in Scotland (scottish-stv/1)" in page
    assert "Why was somebody not elected?" in page
    for name in sheet["not_elected"]:
        assert f"<summary>{name.replace(chr(39), '&#x27;')} <small>" in page
    for file in ("sheet.pdf", "sheet.csv", "sheet.json", "ballots.blt"):
        assert f'href="/elections/{number}/{file}"' in page
    rows = list(
        csv.reader(io.StringIO(browser.get(f"/elections/{number}/sheet.csv").content.decode()))
    )
    assert [row[0] for row in rows[1:]][: len(sheet["candidates"])] == sheet["candidates"]
    sheet = printed(browser.get, f"/elections/{number}/sheet.pdf")
    assert sheet.content.startswith(b"%PDF-")


def test_without_a_result_there_is_nothing_to_take(demo: Path) -> None:
    browser = client("alternate")
    for file in ("sheet.pdf", "sheet.csv", "sheet.json", "ballots.blt"):
        assert browser.get(f"/elections/999999/{file}").status_code == 404
