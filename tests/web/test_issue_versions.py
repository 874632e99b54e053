"""An issue that carries two versions of a text says which is which, on its page and in print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quorate.chapters.bulletin.remembers import Issue
from support.browser import player

pytestmark = pytest.mark.xdist_group("web")


def do(by: str, act: str, **fields: Any) -> None:
    from quorate.web.acting import doing

    answer = doing.do(act, fields, by)
    assert isinstance(answer, doing.Done), answer


def test_each_version_has_its_number_its_own_link_and_its_own_text(demo: Path) -> None:
    from django.template.loader import render_to_string

    from quorate.store import keeping
    from quorate.web.bulletin import views
    from quorate.web.lane import lane

    author = player("member")
    text = {"title": "Benches", "text": "For two."}
    do(author, "bulletin.hand_in", kind="perspective", text=text)
    number = max(lane().now().state.bulletin.contributions)
    new = {"title": "Longer benches", "text": "For four."}
    do(author, "bulletin.revise", contribution=number, text=new)
    state = lane().now().state
    versions = tuple(v.text for v in state.bulletin.contributions[number].versions)
    issue = Issue(1, 99, state.time, state.size, (number, number), versions)
    ((title, rows),) = views._groups(state, views.carried(state, issue))
    assert title == "Perspectives"
    page = render_to_string("bulletin/rows.html", {"rows": rows})
    assert f'<a href="/bulletin/{number}?version=1">Benches</a>' in page
    assert f'<a href="/bulletin/{number}?version=2">Longer benches</a>' in page
    assert f"Perspective {number}, version 1 ·" in page
    assert page.count("a later version stands there") == 1
    texts = keeping.texts(versions, lambda again: ())
    first, later = (views._piece(state, row, texts) for row in rows)
    assert (first.kicker, later.kicker) == (
        f"PERSPECTIVE {number}, VERSION 1",
        f"PERSPECTIVE {number}, VERSION 2",
    )
    assert (first.markdown.strip(), later.markdown.strip()) == ("For two.", "For four.")
    assert "a later version stands on its page" in first.byline
    assert issue.numbers == (number,)
