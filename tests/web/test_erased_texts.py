"""A text that was erased: nobody reads it any more, nowhere, and the record says who decided it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.browser import client, player
from support.command import quorate, verified

pytestmark = pytest.mark.xdist_group("web")
WORD = "quillwort"
TEXT = {"title": f"About the {WORD}", "text": f"My neighbour's {WORD} is at Hill Street 4."}


def done(act: str, by: str, **fields: Any) -> Any:
    from quorate.web.acting import doing

    answer = doing.do(act, fields, by)
    assert isinstance(answer, doing.Done), answer
    return answer


def state() -> Any:
    from quorate.web.lane import lane

    return lane().now().state


def asked(by: str) -> tuple[int, int, str]:
    """A member's text, that somebody asks to have erased: its number, its entry, its commitment."""
    entry = done(
        "bulletin.hand_in", player("branch secretary"), kind="perspective", text=TEXT
    ).entry
    number = max(state().bulletin.contributions)
    text = state().bulletin.contributions[number].latest.text
    page = client("member").get(f"/bulletin/{number}").content.decode()
    assert f"/act/erasing.ask?text={text}" in page
    assert WORD in page
    form = client("member").get(f"/act/erasing.ask?text={text}").content.decode()
    assert f"About the {WORD}" in form, "what is asked for is said in words"
    done("erasing.ask", by, text=text, reason={"text": "It says where she lives."})
    return number, entry, text


def decided(decision: str) -> None:
    number = max(state().erasing.requests)
    for judge in state().offices.now["credentials-committee", ""]:
        if state().erasing.requests[number].decision is None:
            fields = {"request": number, "decision": decision, "reason": {"text": "So it is."}}
            done("erasing.judge", judge.member, **fields)


def test_nobody_reads_it_any_more_and_the_record_verifies(demo: Path, tmp_path: Path) -> None:
    from quorate.store.models import Document

    member = client("member")
    number, entry, text = asked(player("member"))
    assert member.get(f"/bulletin?q={WORD}").content.decode().count(f'href="/bulletin/{number}"')
    waiting = member.get("/record/erasing").content.decode()
    assert "It says where she lives." in waiting
    assert "To be decided by" in waiting
    judge = client("credentials committee")
    assert "Somebody asks that a text be erased" in judge.get("/").content.decode()
    assert "Judge it" in judge.get("/record/erasing").content.decode()
    decided("upheld")

    assert not Document.objects.filter(commitment=text).exists()
    for page in (f"/bulletin/{number}", f"/bulletin?q={WORD}", "/bulletin", "/record/erasing"):
        shown = member.get(page).content.decode()
        assert "Hill Street" not in shown, page
        assert f"About the {WORD}" not in shown, page
    page = member.get(f"/bulletin/{number}").content.decode()
    assert "This text was erased, by a decision that stands in the record." in page
    assert "/act/erasing.ask" not in page
    assert f'href="/bulletin/{number}"' not in member.get(f"/bulletin?q={WORD}").content.decode()
    told = member.get(f"/api/contributions/{number}").json()["versions"][0]
    assert (told["trouble"], told["title"]) == ("erased", "[erased]")
    receipt = client("branch secretary").get(f"/record/{entry}/receipt")
    assert receipt.status_code == 200
    assert "Hill Street" not in receipt.content.decode()

    quorate("export", demo, tmp_path / "out")
    found = verified(tmp_path / "out", "--key", demo / "record.vkey")
    assert found["sound"], found
    assert found["erased"] >= 1


def test_a_text_that_stays_is_read_on(demo: Path) -> None:
    number, entry, text = asked(player("author of a proposal"))
    decided("dismissed")
    page = client("member").get(f"/bulletin/{number}").content.decode()
    assert "Hill Street" in page
    assert (
        f"/act/erasing.ask?text={text}" in client("member").get(f"/record/{entry}").content.decode()
    ), "somebody else may ask, who knows more"
    assert "Kept" in client("member").get("/record/erasing").content.decode()


def test_judges_author_and_whoever_asked_are_written_to(demo: Path) -> None:
    from quorate.chapters.clause import Occasion
    from quorate.chapters.erasing.ask import AskErasing
    from quorate.store.letters_owed import OWED
    from quorate.store.outbox import Taken
    from quorate.web.letters.writing import written

    by = player("member")
    number, _, text = asked(by)
    author = state().bulletin.contributions[number].author
    request = state().erasing.requests[max(state().erasing.requests)]
    act = AskErasing(text, request.reason)
    occasion = Occasion(state().size, request.made, by)
    judges = {h.member for h in state().offices.now["credentials-committee", ""]}
    assert set(OWED["erasing.ask"].to(state(), act, occasion)) == (judges | {author}) - {by}
    letter = written(state(), Taken(1, 1, author, "erasing.ask", act, by), "a@example.org")
    assert "You wrote it" in letter.text
    assert WORD not in letter.text, "what is to go is not repeated"
    assert f"record/erasing#request-{request.number}" in letter.text
    decided("dismissed")


def test_it_does_not_come_back_with_the_words_and_salt_of_the_receipt(
    demo: Path, tmp_path: Path
) -> None:
    """Whoever has the receipt knows the salt: handed in again it would open the commitment."""
    from quorate.store.models import Document
    from quorate.web.acting import doing

    salt = "5a" * 32
    author = player("branch secretary")
    fields = {"kind": "perspective", "text": {**TEXT, "salt": salt}}
    done("bulletin.hand_in", author, **fields)
    text = state().bulletin.contributions[max(state().bulletin.contributions)].latest.text
    done("erasing.ask", player("member"), text=text, reason={"text": "It says where she lives."})
    decided("upheld")
    again = doing.do("bulletin.hand_in", fields | {"kind": "report"}, author)
    assert isinstance(again, doing.Refused), again
    assert again.rule == "erasing.decided_by"
    assert not Document.objects.filter(commitment=text).exists()
    quorate("export", demo, tmp_path / "out")
    assert verified(tmp_path / "out", "--key", demo / "record.vkey")["sound"]


def test_who_has_left_sees_what_they_asked_for_and_nothing_else(demo: Path) -> None:
    member = client("member")
    assert member.get("/record/erasing").status_code == 200
    stranger = client()
    assert stranger.get("/record/erasing").status_code == 403
