"""Importing regions, branches, members and first officers from CSV, in two steps: a preview that
shows each bad line and why, then the import, which takes all or nothing."""

from __future__ import annotations

import csv
import io
import re
import secrets
from dataclasses import dataclass
from datetime import date

from quorate import commitments, organisation
from quorate.chapters.offices.holding import places
from quorate.chapters.state import State
from quorate.direction import straightened
from quorate.record import canonical
from quorate.store import plain_values
from quorate.store.handing_in import HandedIn, hand_in, sheet_faults
from quorate.store.people import CURRENT, member_by_mail
from quorate.store.place import Place

COLUMNS = {
    "regions": ("code", "name"),
    "branches": ("code", "name", "region"),
    "members": ("name", "email", "branch"),
    "officers": ("office", "email"),
}
OPTIONAL = {
    "regions": (),
    "branches": (),
    "members": ("phone", "claimed_since"),
    "officers": ("place",),
}
MAX_BYTES = 50_000_000
_CODE = re.compile(r"[A-Z0-9]{1,8}")


class NotATable(Exception):
    """The file is no CSV with the columns that are needed; says what is wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file, from 2 on. ``faults``: why it cannot be imported; none if it can."""

    line: int
    values: dict[str, str]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: ``good`` lines become entries, ``bad`` ones stop it."""

    kind: str
    rows: tuple[Row, ...]

    @property
    def bad(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.faults)

    @property
    def good(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.faults)


def preview(place: Place, state: State, kind: str, data: bytes) -> Preview:
    """Reads the file and says of each line what is wrong with it. Raises NotATable."""
    if kind not in COLUMNS:
        raise NotATable(f"Only {', '.join(COLUMNS)} can be imported so, not {kind}.")
    if len(data) > MAX_BYTES:
        raise NotATable("The file is larger than 50 MB. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise NotATable(f"Line {line} is not UTF-8. Save the file as CSV in UTF-8.") from None
    sample = text.partition("\n")[0]
    delimiter = max(",;\t", key=sample.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        found = [name.strip().lower() for name in reader.fieldnames or ()]
        missing = [name for name in COLUMNS[kind] if name not in found]
        if missing:
            raise NotATable(
                f"Line 1 must name the columns {', '.join(COLUMNS[kind])}; "
                f"{', '.join(missing)} is missing."
            )
        twice = [name for name in dict.fromkeys(found) if name and found.count(name) > 1]
        if twice:
            raise NotATable(f"Line 1 names the column {', '.join(twice)} twice: keep one.")
        reader.fieldnames = found
        lines = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise NotATable(f"Line {reader.line_num}: {error}.") from None
    checked = _Checking(place, state, kind)
    return Preview(kind, tuple(checked.row(line, row) for line, row in lines))


_COPIED = frozenset({"email", "phone"})
"""What address books put marks around, which no list of members should fail for."""


class _Checking:
    """What has been seen so far in a file."""

    def __init__(self, place: Place, state: State, kind: str) -> None:
        self.place, self.state, self.kind = place, state, kind
        self.seen: dict[str, int] = {}

    def row(self, line: int, given: dict[str, str | None]) -> Row:
        known = (*COLUMNS[self.kind], *OPTIONAL[self.kind])
        values = {name: " ".join((given.get(name) or "").split()) for name in known}
        for name in _COPIED & values.keys():
            values[name] = straightened(values[name])
        faults = [f"{name} is missing" for name in COLUMNS[self.kind] if not values[name]]
        if None in given:
            faults.append("the line has more fields than line 1")
        faults += [f"{fault.field} {fault.what}" for fault in plain_values.faults_in(values)]
        if not faults:
            check = {"members": self._member, "officers": self._officer}.get(self.kind, self._code)
            faults = check(line, values)
        return Row(line, values, tuple(faults))

    def _code(self, line: int, values: dict[str, str]) -> list[str]:
        membership, code, faults = self.state.membership, values["code"], []
        if not _CODE.fullmatch(code):
            faults.append(f"the code {code} is not made of up to 8 capital letters and digits")
        if code in membership.regions or code in membership.branches:
            faults.append(f"the code {code} is taken")
        if self.kind == "branches" and values["region"] not in membership.regions:
            faults.append(f"there is no region {values['region']}")
        return faults + self._twice(line, code)

    def _member(self, line: int, values: dict[str, str]) -> list[str]:
        faults = []
        if values["branch"] not in self.state.membership.branches:
            faults.append(f"there is no branch {values['branch']}")
        faults += sheet_faults(values)
        if values["claimed_since"] and not _is_date(values["claimed_since"]):
            faults.append("claimed_since is no date such as 2019-05-31")
        holder = member_by_mail(self.place, self.state, values["email"])
        if holder and self.state.membership.members[holder].standing in CURRENT:
            faults.append(f"a member has the address {values['email']} already")
        return faults + self._twice(line, values["email"].casefold())

    def _officer(self, line: int, values: dict[str, str]) -> list[str]:
        faults = []
        office, place = values["office"], values["place"]
        rules = self.state.rules
        if office not in rules.bodies and office not in rules.posts:
            known = ", ".join((*rules.bodies, *rules.posts))
            faults.append(f"the rulebook has no {office}; it has {known}")
        elif place not in places(self.state, office):
            where = f"no {office} in {place}" if place else f"{office} by region or branch: name it"
            faults.append(f"the rulebook has {where}")
        if member_by_mail(self.place, self.state, values["email"]) is None:
            faults.append(f"no member has the address {values['email']}")
        return faults + self._twice(line, f"{office} {place} {values['email'].casefold()}")

    def _twice(self, line: int, key: str) -> list[str]:
        first = self.seen.setdefault(key, line)
        return [] if first == line else [f"{key} stands in line {first} already"]


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2019-05-31")


def acts(place: Place, state: State, found: Preview, by: str) -> list[HandedIn]:
    """The acts that import the good lines of a preview."""
    if found.kind == "officers":
        return [
            hand_in(
                "offices.install",
                {
                    "office": row.values["office"],
                    "place": row.values["place"],
                    "member": member_by_mail(place, state, row.values["email"]),
                },
                by,
            )
            for row in found.good
        ]
    if found.kind == "members":
        return [
            hand_in(
                "membership.admit",
                {
                    "member": new_pseudonym(),
                    "branch": row.values["branch"],
                    "person": {k: v for k, v in row.values.items() if k != "branch" and v},
                },
                by,
            )
            for row in found.good
        ]
    name = "membership.open_region" if found.kind == "regions" else "membership.open_branch"
    return [hand_in(name, row.values, by) for row in found.good]


def told(handed_in: HandedIn) -> dict[str, str]:
    """What an imported line became, in the words of the file, for whoever imports it."""
    fields = organisation.fields_of(handed_in.act)
    sheet = next((k.payload for k in handed_in.kept if k.domain == commitments.PERSON), None)
    known = canonical.decode(sheet) if sheet is not None else {}
    names = ("member", "name", "email", "code", "branch", "region", "office", "place", "kind")
    everything = {**fields, **(known if isinstance(known, dict) else {})}
    return {name: str(everything[name]) for name in names if everything.get(name)}


def new_pseudonym() -> str:
    """A random pseudonym of a member: 80 bits."""
    return f"m-{_drawn()}"


def new_guest() -> str:
    """A random pseudonym of a guest: 80 bits."""
    return f"g-{_drawn()}"


def _drawn() -> str:
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(16))
