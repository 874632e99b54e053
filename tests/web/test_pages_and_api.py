"""The pages and the API, asked as a browser or a program would; and what nobody may learn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import forging
from support.browser import client, player

pytestmark = pytest.mark.xdist_group("web")


def judging() -> list[str]:
    """Who may suspend a membership."""
    from quorate.web.lane import lane

    state = lane().now().state
    office = state.rules.membership.suspended_by
    return [holding.member for holding in state.offices.now[office, ""]]


def api(browser: Any, act: str, key: str = "", **fields: Any) -> Any:
    return browser.post(
        "/api/acts",
        json.dumps({"act": act, "fields": fields}),
        content_type="application/json",
        headers={"Idempotency-Key": key} if key else {},
    )


def test_an_act_by_api_has_a_receipt_and_is_one_entry(demo: Path) -> None:
    from quorate.record import receipt
    from quorate.web.lane import lane

    browser = client("alternate")
    text = {"title": "By API", "text": "A text."}
    answer = api(browser, "bulletin.hand_in", "k1", kind="perspective", text=text)
    assert answer.status_code == 201, answer.content
    proved = receipt.verify(
        answer.json()["recorded"]["receipt"], " ".join(lane().place.verifier_keys)
    )
    assert proved.entry.name == "bulletin.hand_in"
    assert len(proved.openings) == 1
    again = api(browser, "bulletin.hand_in", "k1", kind="perspective", text=text)
    assert again.status_code == 200
    assert again.json()["recorded"]["entry"] == answer.json()["recorded"]["entry"]
    other = api(browser, "bulletin.hand_in", "k1", kind="report", text=text)
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("act", "fields", "fault"),
    [
        ("no.act", {}, "act"),
        ("proposals.second", {"proposal": "one", "version": "0" * 64}, "proposal"),
        ("proposals.second", {"proposal": 1}, "version"),
        ("proposals.second", {"proposal": 1, "version": "0" * 64, "more": 1}, "more"),
        ("bulletin.hand_in", {"kind": "song", "text": {"text": "x"}}, "kind"),
        ("bulletin.hand_in", {"kind": "report", "text": {"text": " "}}, "text"),
        ("bulletin.hand_in", {"kind": "report", "text": {"text": "x" * 2_000_001}}, "text"),
    ],
)
def test_what_cannot_be_read_names_the_field(
    demo: Path, act: str, fields: dict[str, Any], fault: str
) -> None:
    answer = api(client("member"), act, **fields)
    assert answer.status_code == 422
    assert any(name.startswith(fault) for name in answer.json()["faults"])


def test_a_refusal_cites_the_text_in_force(demo: Path) -> None:
    answer = api(client("member"), "floor.open")
    assert answer.status_code == 409
    refused = answer.json()["refused"]
    assert refused["rule"] == "floor.chaired_by"
    assert "chairs it" in refused["sentence"]


def test_what_falls_due_is_nobodys_to_do(demo: Path) -> None:
    answer = api(client("chair of the convention"), "proposals.lapse", of=1)
    assert answer.status_code == 409
    assert answer.json()["refused"]["rule"] == "record.due"


def test_an_outsider_cannot_act_and_a_forged_request_is_refused(demo: Path) -> None:
    from django.test import Client

    assert api(client(), "membership.resign").status_code == 401
    strict = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    session = strict.session
    session["playing"] = player("member")
    session.save()
    assert api(strict, "membership.resign").status_code == 401


def test_signing_in_as_somebody_else_exists_in_the_demo_only(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quorate.web import who

    browser = client("member")
    monkeypatch.setattr(who, "DEMO_ORIGIN", ".not.this.one")
    assert browser.get("/play").status_code == 404
    assert browser.post("/play", {"member": "x"}).status_code == 404
    assert api(browser, "membership.resign").status_code == 401


def test_whoever_is_to_be_suspended_is_told_from_when_and_keeps_every_right(demo: Path) -> None:
    from quorate.web.lane import lane

    victim, who = client("branch secretary"), player("branch secretary")
    judges = []
    for member in judging()[:3]:  # more than half of five
        judge = client()
        judge.post("/play", {"member": member})
        judges.append(judge)
    assert "suspended" not in victim.get("/account/").content.decode()
    for judge in judges:
        assert api(victim, "floor.leave").json()["refused"]["rule"] == "floor.quorum"
        answer = api(judge, "membership.suspend", member=who, reason={"text": "A test."})
        assert answer.status_code == 201, answer.content
    begins = lane().now().state.membership.suspensions[who]
    asking = victim.get("/api/me").json()
    assert (asking["standing"], asking["suspended_from"]) == ("good", begins)
    for page in ("/", "/account/"):
        said = victim.get(page).content.decode()
        assert "Your membership is to be suspended" in said
        assert "It takes effect on " in said
    refused = api(judges[0], "membership.suspend", member=who, reason={"text": "Again."})
    assert refused.status_code == 409
    assert refused.json()["refused"]["rule"] == "membership.suspension_after"
    reachable = lane().now().state.membership.members[who].reachable
    assert api(victim, "membership.be_reachable", yes=not reachable).status_code == 201
    for judge in judges:
        assert api(judge, "membership.restore", member=who).status_code == 201
    assert "suspended" not in victim.get("/account/").content.decode()
    assert victim.get("/api/me").json()["suspended_from"] is None


def test_a_newcomer_is_told_for_what_their_name_does_not_count(demo: Path) -> None:
    from quorate.web.lane import lane

    new = "m-" + "n" * 16
    person = {"name": "Nadia Newcomer", "email": "nadia@example.org"}
    branch = client("branch secretary").get("/api/me").json()["branch"]
    fields = {"member": new, "branch": branch, "person": person}
    answer = api(client("branch secretary"), "membership.admit", **fields)
    assert answer.status_code == 201, answer.content
    text = {"title": "A kettle", "text": "For every hall."}
    assert api(client("member"), "bulletin.hand_in", kind="proposal", text=text).status_code == 201
    number = max(lane().now().state.bulletin.contributions)
    browser = client()
    browser.post("/play", {"member": new})
    page = browser.get(f"/bulletin/{number}").content.decode()
    assert "it does not count for the share of the members" in page
    version = lane().now().state.bulletin.contributions[number].latest.text
    assert api(browser, "proposals.second", proposal=number, version=version).status_code == 201
    page = browser.get(f"/bulletin/{number}").content.decode()
    assert "not counted for the share" in page
    assert "counts for no branch" in browser.get(f"/bulletin/{number}/seconders").content.decode()
    shown = browser.get(f"/api/contributions/{number}").json()
    assert {way["way"]: way["reached"] for way in shown["ways"]}["members"] == 0


def test_with_a_clock_that_is_wrong_everything_can_be_read(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quorate.store import clock
    from quorate.web.lane import lane

    browser = client("delegate")
    right, entries = clock._wall(), lane().now().state.size
    monkeypatch.setattr(clock, "_wall", lambda: right - 9 * 86_400_000)
    for address in ("/", "/bulletin", "/bulletin/1", "/convention", "/bulletin/new"):
        page = browser.get(address)
        assert page.status_code == 200
        assert "nothing can be done now: the server’s clock is wrong" in page.content.decode()
    refused = api(browser, "membership.be_reachable", yes=True)
    assert refused.status_code == 503
    assert "clock" in refused.json()["error"]
    assert lane().now().state.size == entries


def test_nobody_learns_how_an_open_poll_stands(demo: Path) -> None:
    """A ballot is cast; its choice and its salt stand on no page, in no answer, in no export."""
    from quorate.store.exporting import export
    from quorate.web.lane import lane
    from quorate.web.names import name_of

    state = lane().now().state
    branch = state.membership.members[player("branch secretary")].branch
    caller = client("branch secretary")
    day = 24 * 3600 * 1000
    now = lane().clock.now(state.time)
    answer = api(
        caller,
        "elections.open_poll",
        office="branch-secretary",
        place=branch,
        opens=now + 4 * day,
        closes=now + 8 * day,
    )
    assert answer.status_code == 201, answer.content
    number = max(lane().now().state.elections.elections)
    from quorate.demo.telling import StoryClock

    voters = lane().standing.state.elections.elections[number].voters
    voter = next(one for one in voters if one != player("branch secretary"))
    browser = client()
    browser.post("/play", {"member": voter})
    assert api(browser, "elections.nominate", election=number, member=voter).status_code == 201
    lane().clock = StoryClock(now + 5 * day)
    salt = "ab" * 32
    sealed = {"choice": "1", "salt": salt}
    assert api(browser, "elections.vote", election=number, ballot=sealed).status_code == 201
    shown = browser.get(f"/api/elections/{number}").json()
    assert shown["ballots"] is None
    assert shown["elected"] is None
    page = browser.get(f"/elections/{number}")
    assert f"Your ballot is in: {name_of(state, voter)}." in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    others = caller.get(f"/elections/{number}").content.decode()
    assert "Your ballot is in" not in others
    out = demo.parent / "sealed"
    export(lane().place, out, with_people=True)
    everything = [
        path.read_bytes().decode("utf-8", "replace") for path in out.rglob("*") if path.is_file()
    ]
    pages = (f"/elections/{number}", "/", "/record", f"/record/{lane().standing.state.size - 1}")
    everything += [browser.get(page).content.decode() for page in pages]
    assert not any(salt in text for text in everything)
    cast = forging.read(out)[-1]
    assert cast["act"] == "elections.vote"
    assert set(cast["body"]) == {"election", "ballot"}
    assert len(cast["body"]["ballot"]) == 64


def test_today_has_a_next_thing_for_everyone_and_no_empty_issue(demo: Path) -> None:
    for part in ("delegate", "alternate", "member", "author of a proposal", "branch secretary"):
        today = client(part).get("/").content.decode()
        assert '<section class="card"' in today, part
        assert "Nothing waits for you now" not in today
        assert ">0 contributions" not in today


def test_a_guest_is_greeted_and_cannot_act(demo: Path) -> None:
    browser = client()
    page = browser.get("/play").content.decode()
    guest = page.split('name="member" value="g-')[1].split('"')[0]
    browser.post("/play", {"member": f"g-{guest}"})
    today = browser.get("/").content.decode()
    assert "You are a guest of the convention" in today
    assert "What is owed to members" in today
    assert "owe you" not in today
    assert browser.get("/act/bulletin.hand_in").status_code == 403


def test_today_says_how_much_more_is_owed(demo: Path) -> None:
    from quorate.chapters.dates import current
    from quorate.web.lane import lane
    from quorate.web.today.owed import MOST_OWED, unanswered

    state = lane().now().state
    more = len(unanswered(state, current(state))) - MOST_OWED
    assert more > 0
    page = client("member").get("/").content.decode()
    assert f"And {more} more." in page


def test_the_record_says_in_words_what_was_done(demo: Path) -> None:
    from quorate.web.lane import lane

    browser = client("member")
    text = {"title": "Lamps", "text": "Light the quay."}
    assert api(browser, "bulletin.hand_in", kind="perspective", text=text).status_code == 201
    last = lane().now().state.size - 1
    assert "Hand in a contribution" in browser.get("/record").content.decode()
    shown = browser.get(f"/record/{last}").content.decode()
    assert "<h1>Hand in a contribution</h1>" in shown
    assert "<code>bulletin.hand_in</code>" in shown
