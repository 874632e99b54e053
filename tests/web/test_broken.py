"""Where there is no page, and where something breaks: a way back, and never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.browser import client

pytestmark = pytest.mark.xdist_group("web")


class Broken:
    """Breaks whatever is asked of it."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("a secret of the inside")


@pytest.fixture
def browser(demo: Path) -> Any:
    made = client("member")
    made.raise_request_exception = False
    return made


@pytest.mark.parametrize("page", ["/nowhere", "/bulletin/99999", "/act/floor.dance", "/record/x"])
def test_no_page_has_a_way_back(browser: Any, page: str) -> None:
    answer = browser.get(page)
    assert answer.status_code == 404
    said = answer.content.decode()
    assert "There is nothing here" in said
    assert 'class="button" href="/"' in said
    assert "urlpatterns" not in said
    assert "Resolver" not in said
    assert "tried" not in said


def test_a_page_says_what_is_not_there(browser: Any) -> None:
    assert "There is no act called floor.dance." in browser.get("/act/floor.dance").content.decode()


def test_what_breaks_has_a_way_back(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quorate.web.record.log.checkpoints", Broken())
    answer = browser.get("/checkpoint")
    assert answer.status_code == 500
    said = answer.content.decode()
    assert "Something broke on this server" in said
    assert 'class="button" href="/"' in said
    assert "secret of the inside" not in said
    assert "Traceback" not in said


def test_it_is_said_too_where_nothing_works(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quorate.web.middleware.lane", Broken())
    for page in ("/", "/bulletin", "/nowhere"):
        answer = browser.get(page)
        assert answer.status_code == 500
        assert "Something broke on this server" in answer.content.decode()


def test_the_api_says_it_in_json(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert browser.get("/api/nowhere").json()["error"]
    monkeypatch.setattr("quorate.web.api.views.doing", Broken())
    body = {"act": "floor.leave", "fields": {}}
    answer = browser.post("/api/acts", body, content_type="application/json")
    assert answer.status_code == 500
    assert answer.json() == {
        "error": "Something broke on this server. Ask again under the same idempotency key."
    }
