"""Measured speeds, as a table: `make bench`. Each figure stands beside a bare baseline of the same
run. Nothing here passes or fails."""

from __future__ import annotations

import hashlib
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ENTRIES = 200_000


def main() -> None:
    table = Table("What", "Median", "Beside it", "Ratio")
    with tempfile.TemporaryDirectory() as folder:
        verify(Path(folder), table)
        for part in ("bench.lane", "bench.pages"):
            done = subprocess.run(
                [sys.executable, "-m", part, folder], stdout=subprocess.PIPE, text=True, check=True
            )
            for line in done.stdout.splitlines():
                table.add_row(*line.split("\t"))
    Console(width=120).print(table)


def verify(folder: Path, table: Table) -> None:
    """`quorate verify` on a record of 200,000 entries, beside hashing the same bytes."""
    from quorate.record import folder as folders
    from quorate.record import verify as verifying

    export = made(folder / "export")
    data = (export / "entries.jsonl").read_bytes().splitlines()
    times, bare = [], []
    for _ in range(3):
        start = time.perf_counter()
        report = verifying.verify(folders.open_export(export))
        times.append(time.perf_counter() - start)
        assert report.sound, report.findings
        start = time.perf_counter()
        for line in data:
            hashlib.sha256(line).digest()
        bare.append(time.perf_counter() - start)
    median = statistics.median(times)
    table.add_row(
        f"verify {ENTRIES:,} entries, one core",
        f"{ENTRIES / median:,.0f} entries/s",
        f"hashing them: {ENTRIES / statistics.median(bare):,.0f}/s",
        f"{statistics.median(bare) / median:.3f}",
    )


def made(export: Path) -> Path:
    """An export of 200,000 entries: an organisation founded, then members admitted."""
    from quorate import organisation
    from quorate.chapters.clause import FOUNDER, Occasion
    from quorate.chapters.state import EMPTY
    from quorate.record import checkpoint, entry, note, tree
    from quorate.rulebook.reading import preset

    signing, verifier = note.generate_key("bench.record", bytes(32))
    state, frontier, lines = EMPTY, tree.Frontier(), []
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    acts = [
        (
            "founding.adopt",
            {"origin": "bench.record", "rules_text": preset("open-convention")},
        ),
        ("membership.open_region", {"code": "R", "name": "Region"}),
        *(
            ("membership.open_branch", {"code": f"B{n}", "name": f"Branch {n}", "region": "R"})
            for n in range(40)
        ),
    ]
    for number in range(ENTRIES - len(acts)):
        digest = hashlib.sha256(str(number).encode())
        member = "m-" + "".join(alphabet[byte % 32] for byte in digest.digest()[:16])
        fields = {"member": member, "branch": f"B{number % 40}", "person": digest.hexdigest()}
        acts.append(("membership.admit", fields))
    for number, (name, fields) in enumerate(acts):
        act = organisation.read_act(name, fields)
        occasion = Occasion(number, 1_700_000_000_000 + number, FOUNDER)
        data = entry.write(occasion, act)
        state = organisation.apply(state, act, occasion)
        frontier = frontier.append(tree.leaf_hash(data))
        lines.append(data)
    export.mkdir()
    (export / "entries.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    (export / "documents.jsonl").write_bytes(b"")
    (export / "record.vkey").write_text(verifier)
    point = checkpoint.Checkpoint("bench.record", len(lines), frontier.root())
    (export / "checkpoint").write_text(checkpoint.sign(point, signing))
    return export


main()
