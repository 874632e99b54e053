"""The 101 motions and 56 resolutions in the bulletin: whole on their pages, found, and in print."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from real.data import DATA, SUPPORT, needs_data

pytestmark = [needs_data, pytest.mark.xdist_group("real-bulletin")]


def read() -> list[tuple[str, str, tuple[str, ...], str]]:
    """Title, code, proposers and body of each text, by a reading of our own: the front matter as
    YAML-like lines, the resolutions by their headings."""
    found = []
    for file in sorted((DATA / "motions").glob("*.md")):
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        section = re.search(r"section: (\S+)", front)
        number = re.search(r"number: (\S+)", front)
        names = re.findall(r"(?m)^ *- (?:name: )?(.+)$", front)
        code = "".join(part[1].strip("\"'") for part in (section, number) if part)
        found.append((_title(front), code, tuple(name.strip("\"' ") for name in names), body))
    text = (DATA / "resolutions-2019.md").read_text("utf-8")
    for part in re.split(r"(?m)^(?=## \d+\.)", text)[1:]:
        head, _, body = part.partition("\n")
        number, _, title = head.removeprefix("## ").partition(".")
        authors = body.partition("### Authors")[2].partition("###")[0]
        names = tuple(line[1:].strip() for line in authors.splitlines() if line[:1] in "*-")
        found.append((title.strip(), number, tuple(n for n in names if n), body))
    return found


def _title(front: str) -> str:
    """The title, which may go on in the next lines."""
    found = re.search(r"(?m)^title: (.*(?:\n  .*)*)", front)
    assert found is not None
    title = " ".join(found[1].removeprefix(">-").split())
    return title[1:-1].replace("''", "'") if title[:1] in "\"'" else title


def words(text: str) -> str:
    """Letters and digits alone: typography, markup and lines aside."""
    return "".join(re.findall(r"[^\W_]", html.unescape(text)))


def main_part(page: str) -> str:
    found = re.search(r"(?s)<main.*?</main>", page)
    assert found is not None
    return found[0]


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bulletin") / "org"
    done = subprocess.run(
        [sys.executable, "-m", "support.real_bulletin", str(folder), str(DATA)],
        cwd=SUPPORT.parent,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "seen"


def test_each_is_whole_on_its_page(seen: Path) -> None:
    """Title, section, who proposed it, and every line of the text, deletions marked as such."""
    texts = read()
    assert len(texts) == 101 + 56
    for number, (title, code, proposers, body) in enumerate(texts, 1):
        page = main_part((seen / f"{number}.html").read_text("utf-8"))
        said = words(re.sub(r"<[^>]*>", " ", page))
        assert words(title) in said, title
        assert code in said, (title, code)
        for name in proposers:
            assert words(name) in said, (title, name)
        for line in body.splitlines():
            if "://" in line or "mailto:" in line:
                continue  # where a link goes is not said on the page
            unmarked = re.sub(r"^[\s>]*(?:\d+[.)]|[*+-])\s+", "", line)  # the list numbers it
            plain = re.sub(r"<[^>]*>|\]\([^)]*\)", " ", unmarked)
            assert words(plain) in said, (title, line)
        for deleted in re.findall(r"~~([^~\n]+)~~", body):
            struck = [words(re.sub(r"<[^>]*>", "", s)) for s in re.findall(r"<s>(.*?)</s>", page)]
            assert words(deleted) in struck, (title, deleted)


def test_each_is_found_by_its_title_on_the_first_page(seen: Path) -> None:
    for number, (title, *_) in enumerate(read(), 1):
        page = (seen / f"{number}.search.html").read_text("utf-8")
        assert f'href="/bulletin/{number}"' in page, (number, title)


def test_the_printed_issue_sets_them_all(seen: Path) -> None:
    sheets = PdfReader(BytesIO((seen / "issue.pdf").read_bytes())).pages
    assert len(sheets) > 100
    printed = words(" ".join(sheet.extract_text() for sheet in sheets))
    for title, code, proposers, _ in read():
        assert words(title)[:40] in printed, title
        assert code in printed
        for name in proposers:
            assert words(name) in printed, (title, name)
