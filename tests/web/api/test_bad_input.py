"""Whatever is wrong with a call, the answer names the field or the rule, and nothing is recorded.

The list of acts drives it: an act that is added is tried in every way its own fields allow.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quorate import organisation
from support.act_fields import Shapes
from support.browser import client

pytestmark = pytest.mark.xdist_group("web")

ACTS = [name for name, clause in organisation.CLAUSES.items() if not clause.falls_due]
DUE = [name for name, clause in organisation.CLAUSES.items() if clause.falls_due]


@pytest.fixture(scope="module")
def shapes(demo: Path) -> Shapes:
    from quorate.web.api.describing import description

    return Shapes(description()["components"]["schemas"])


@pytest.fixture(scope="module")
def member(demo: Path) -> Any:
    return client("alternate")


def call(browser: Any, act: str, fields: Any, key: str | None = None) -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    body = json.dumps({"act": act, "fields": fields})
    return browser.post("/api/acts", body, content_type="application/json", headers=headers)


def size() -> int:
    from quorate.web.lane import lane

    return lane().now().state.size


def clear(answer: Any) -> None:
    """A refusal that a person can do something with."""
    refused = answer.json()["refused"]
    assert refused["rule"]
    assert refused["because"]
    assert refused["instead"]


@pytest.mark.parametrize("act", ACTS)
def test_every_act_spoilt_in_every_way_names_the_field(
    member: Any, shapes: Shapes, act: str
) -> None:
    before = size()
    for spoilt in shapes.spoilt(act):
        answer = call(member, act, spoilt.fields)
        assert answer.status_code == 422, (act, spoilt.why, spoilt.field, answer.content[:300])
        faults = answer.json()["faults"]
        assert any(name.startswith(spoilt.field) for name in faults), (act, spoilt.why, faults)
        assert all(faults.values())
    assert size() == before


RIGHTS_OF_EVERY_MEMBER = {
    "bulletin.hand_in",
    "devices.add",
    "devices.end",
    "floor.leave",
    "lots.commit",
    "membership.be_reachable",
    "membership.erase",
    "membership.resign",
}
"""What the demo's alternate may do at this time of the year, with fields of no meaning."""


@pytest.mark.parametrize("act", sorted(set(ACTS) - RIGHTS_OF_EVERY_MEMBER))
def test_without_the_right_or_in_the_wrong_phase_the_rule_is_cited(
    member: Any, shapes: Shapes, act: str
) -> None:
    before = size()
    fields = shapes.good(shapes.of(act))
    for key in (None, f"twice-{act}", f"twice-{act}"):
        answer = call(member, act, fields, key)
        assert answer.status_code == 409, (act, answer.content[:300])
        clear(answer)
    assert size() == before


@pytest.mark.parametrize("act", ACTS)
def test_an_outsider_can_do_nothing(demo: Path, shapes: Shapes, act: str) -> None:
    before = size()
    answer = call(client(), act, shapes.good(shapes.of(act)))
    assert answer.status_code == 401
    assert "Sign in" in answer.json()["error"]
    assert size() == before


@pytest.mark.parametrize("act", DUE)
def test_what_falls_due_is_nobodys_to_do(member: Any, act: str) -> None:
    before = size()
    shape = organisation.CLAUSES[act].act.__dataclass_fields__
    given = {"of": 1, "openings": [], "lost": [], "elected": [], "sheet": "a" * 64}
    given |= {"head": "a" * 64, "ballots": 0, "counted": 0, "tally": "[]"}
    fields = {name: value for name, value in given.items() if name in shape}
    answer = call(member, act, fields | ({"lot_needed": False} if "lot_needed" in shape else {}))
    assert answer.status_code == 409, answer.content
    assert answer.json()["refused"]["rule"] == "record.due"
    assert call(member, act, {"of": "one"}).status_code == 422
    assert size() == before


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("act", ACTS)
def test_script_is_a_text_like_any_other(member: Any, shapes: Shapes, act: str) -> None:
    """Where a text may stand it is taken as one; else it is a fault, or a rule refuses the act."""
    before = size()
    good = shapes.good(shapes.of(act))
    for name, value in good.items():
        if isinstance(value, str) and act not in RIGHTS_OF_EVERY_MEMBER:
            answer = call(member, act, {**good, name: SCRIPT})
            assert answer.status_code in (409, 422), answer.content[:300]
            assert answer["Content-Type"].startswith("application/json")
            assert answer["X-Content-Type-Options"] == "nosniff"
    assert size() == before


def test_script_in_a_contribution_runs_on_no_page(member: Any) -> None:
    text = {"title": SCRIPT, "text": f"{SCRIPT}\n\n[x](javascript:alert(1))"}
    answer = call(member, "bulletin.hand_in", {"kind": "perspective", "text": text})
    assert answer.status_code == 201, answer.content
    from quorate.web.lane import lane

    number = max(lane().now().state.bulletin.contributions)
    for address in (f"/bulletin/{number}", "/bulletin", "/"):
        page = member.get(address).content.decode().replace("&lt;script&gt;alert", "")
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "javascript:alert" not in page.replace("[x](javascript:alert(1))", "")


def test_a_key_used_twice_is_one_entry_and_never_two_acts(member: Any) -> None:
    fields = {"kind": "perspective", "text": {"title": "Once", "text": "Handed in twice."}}
    first = call(member, "bulletin.hand_in", fields, "bad-input-1")
    assert first.status_code == 201
    other = {"kind": "perspective", "text": {"title": "Later", "text": "Another, meanwhile."}}
    assert call(member, "bulletin.hand_in", other).status_code == 201
    before = size()
    again = call(member, "bulletin.hand_in", fields, "bad-input-1")
    assert again.status_code == 200
    assert again.json()["recorded"]["again"] is True
    for name in ("entry", "time"):
        assert again.json()["recorded"][name] == first.json()["recorded"][name]
    for act, other in (
        ("bulletin.hand_in", {**fields, "kind": "report"}),
        ("membership.be_reachable", {"yes": True}),
    ):
        answer = call(member, act, other, "bad-input-1")
        assert answer.status_code == 422
        assert set(answer.json()["faults"]) == {"idempotency-key"}
    assert size() == before


@pytest.mark.parametrize("key", ["", "x" * 101, "two words", "caf\u00e9"])
def test_a_key_that_is_none_is_named(member: Any, key: str) -> None:
    before = size()
    answer = call(member, "membership.be_reachable", {"yes": True}, key)
    assert answer.status_code == 422
    assert set(answer.json()["faults"]) == {"idempotency-key"}
    assert size() == before


@pytest.mark.parametrize(
    ("status", "fault", "body"),
    [
        (400, "body", b" "),
        (400, "body", b"{"),
        (400, "body", b"\xff\xfe{}"),
        (400, "body", b'{"act": "floor.arrive", "fields": {}} {}'),
        (400, "body", b'{"act": "floor.arrive", "fields": {"x": NaN}}'),
        (400, "body", b'{"act": "floor.arrive", "fields": {"x": ' + b"9" * 5_000 + b"}}"),
        (400, "body", b"[" * 200_000),
        (400, "body", b'{"a":' * 200_000),
        (400, "act", b'{"act": "floor.arrive", "act": "floor.leave", "fields": {}}'),
        (400, "yes", b'{"act": "membership.be_reachable", "fields": {"yes":true,"yes":false}}'),
        (400, "\\ud800", b'{"act": "floor.arrive", "fields": {"\\ud800": 1, "\\ud800": 2}}'),
        (413, "body", b'{"act": "floor.arrive", "fields": {"x": "' + b"x" * 12_000_001 + b'"}}'),
        (422, "body", b"[]"),
        (422, "body", b'"floor.arrive"'),
        (422, "act", b"{}"),
        (422, "act", b'{"act": null, "fields": {}}'),
        (422, "act", b'{"act": "floor.dance", "fields": {}}'),
        (422, "act", b'{"act": "\\u0000", "fields": {}}'),
        (422, "act", b'{"act": "\\ud800", "fields": {}}'),
        (422, "fields", b'{"act": "floor.arrive"}'),
        (422, "fields", b'{"act": "floor.arrive", "fields": []}'),
        (422, "by", b'{"act": "floor.arrive", "fields": {}, "by": "founder"}'),
    ],
)
def test_a_body_that_holds_no_act_says_what_is_wrong(
    member: Any, status: int, fault: str, body: bytes
) -> None:
    before = size()
    answer = member.post("/api/acts", body, content_type="application/json")
    assert answer.status_code == status, answer.content[:300]
    assert fault in answer.json()["faults"], answer.content[:300]
    assert size() == before


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "text/x"])
def test_only_json_is_taken(member: Any, kind: str) -> None:
    answer = member.post("/api/acts", b'{"act":"floor.leave","fields":{}}', content_type=kind)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["faults"]["body"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nowhere", 404),
        ("", 404),
        ("contributions/999999", 404),
        ("contributions/0", 422),
        ("contributions/-1", 422),
        ("contributions/1.0", 422),
        ("contributions/one", 422),
        ("contributions/\u0661", 422),
        ("contributions/" + "9" * 5_000, 422),
        ("votes/%00", 422),
        ("record/entries?start=-1", 422),
        ("record/entries?start=" + "9" * 30, 422),
        ("record/entries?start=1_0", 422),
        ("record/entries/99999999/receipt", 404),
        ("record/entries/" + "9" * 30 + "/receipt", 422),
    ],
)
def test_reading_what_is_not_there_is_answered_in_json(member: Any, path: str, status: int) -> None:
    answer = member.get(f"/api/{path}")
    assert answer.status_code == status, answer.content[:300]
    body = answer.json()
    assert body.get("error") or body["faults"]


def test_where_the_text_is_missing_nobody_is_asked_for_its_words(member: Any) -> None:
    answer = call(member, "bulletin.hand_in", {"kind": "proposal"})
    assert set(answer.json()["faults"]) == {"text"}


TURNED = "Against\u202etsniagA"
"""Shown as if it said the same word twice."""


@pytest.mark.parametrize(
    ("act", "fields", "at_fault"),
    [
        ("bulletin.hand_in", {"text": {"title": TURNED, "text": "We move."}}, "text.title"),
        ("membership.admit", {"person": {"name": TURNED}}, "person.name"),
        ("membership.open_branch", {"code": "B1", "region": "R", "name": TURNED}, "name"),
    ],
)
def test_no_title_or_name_is_shown_as_another(
    member: Any, act: str, fields: Any, at_fault: str
) -> None:
    answer = call(member, act, fields)
    assert answer.status_code == 422
    assert "turns the direction" in answer.json()["faults"][at_fault]
