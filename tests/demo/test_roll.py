"""The demo's roll: as many people as the branches say, all different, the same for a seed."""

import csv
import io
import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.demo.material import material
from quorate.demo.roll import MemberRow, broken_members, members, write_members


@given(st.integers(min_value=0, max_value=10**9))
@settings(max_examples=5, deadline=None)
def test_every_roll_fills_the_branches_with_different_people(seed: int) -> None:
    roll = members(seed)
    assert Counter(m.branch for m in roll) == {b.code: b.size for b in material().branches}
    assert len({m.name for m in roll}) == len(roll)
    assert len({m.email for m in roll}) == len(roll)
    assert {(k.name, k.branch, k.since) for k in material().known} <= {
        (m.name, m.branch, m.since) for m in roll
    }
    for member in roll:
        assert re.fullmatch(r"[a-z0-9]+(\.[a-z0-9]+)+@example\.org", member.email)
        assert re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", member.since)


def test_a_seed_gives_the_same_roll_and_another_gives_another() -> None:
    assert members(7) == members(7)
    assert members(7) != members(8)


def test_people_joined_over_decades_and_come_from_many_places() -> None:
    roll = members(1)
    years = Counter(member.since[:4] for member in roll)
    assert len(years) > 30
    assert max(years.values()) < len(roll) / 4
    assert sum(not member.name.isascii() for member in roll) > 100
    assert len({member.name.split()[-1] for member in roll}) > 150


def test_nobody_joined_a_branch_before_it_was_there() -> None:
    oldest = {branch.code: branch.oldest_year for branch in material().branches}
    known = {member.name for member in material().known}
    for member in members(1):
        assert member.name in known or int(member.since[:4]) >= oldest[member.branch]


def test_the_csv_reads_back() -> None:
    roll = members(1)
    out = io.StringIO()
    write_members(roll, out)
    out.seek(0)
    assert tuple(MemberRow(**row) for row in csv.DictReader(out)) == roll


def test_the_broken_list_has_good_lines_and_bad_ones() -> None:
    lines = list(csv.reader(io.StringIO(broken_members())))
    codes = {branch.code for branch in material().branches}
    good = [
        line
        for line in lines[1:]
        if len(line) == 4
        and line[0]
        and re.fullmatch(r"[^@ ]+@[^@ ]+", line[1])
        and line[2] in codes
        and re.fullmatch(r"20[012]\d-(0[1-9]|1[0-2])", line[3])
    ]
    assert lines[0] == ["name", "email", "branch", "since"]
    assert len(good) >= 2
    assert len(lines) - 1 - len(good) >= 8
