"""A demo that is served at another port than the usual one."""

from __future__ import annotations

import re
import shutil
from email import message_from_bytes, policy
from pathlib import Path

from support.serving import served
from support.waiting import until


def test_links_in_its_letters_lead_to_that_port(half_year: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(half_year, folder, ignore=shutil.ignore_patterns("mail"))
    with served(folder, by=("demo", "--dir")) as address:
        until(lambda: len(list((folder / "mail").glob("*.eml"))) > 3)
    texts = [
        message_from_bytes(file.read_bytes(), policy=policy.default).get_content()
        for file in (folder / "mail").glob("*.eml")
    ]
    links = {link for text in texts for link in re.findall(r"http://[^/\s]+", text)}
    assert links == {address}
