"""What was answered before is found by its key, however much was answered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from quorate.cli.opening import open_organisation
open_organisation(Path(sys.argv[1]))
from django.db import connection
from quorate.store import answered
from quorate.store.answered import Answer
from quorate.store.asking import ask, say
from quorate.store.handing_in import HandedIn

given = [Answer(f"m-{n % 9}", f"key-{n}", "digest", n, "") for n in range(5_000)]
answered.keep(given)
asked = [HandedIn(one.by, None, key=one.key) for one in given[::10]]
none = [HandedIn("m-1", None, key=key) for key in ("", "key-2", "key-9999")]
found = answered.earlier([*asked, *none])
assert found == {(one.by, one.key): one for one in given[::10]}, found
explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
say("ANALYZE store_answered")
for many in (1, 2, 16):
    for row in ask(explain + answered._for(many), ["m-1", "key-1"] * many):
        print(row)
"""


def test_each_is_looked_up(organisation: Path) -> None:
    words = [sys.executable, "-c", SCRIPT, str(organisation)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    assert "SCAN store_answered" not in done.stdout
    assert "Seq Scan" not in done.stdout
