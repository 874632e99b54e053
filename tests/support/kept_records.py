"""The records that are kept for every released version: written once, replayed for ever.

    PYTHONPATH=src:tests .venv/bin/python -m support.kept_records [--again]

writes those of the version that is installed into tests/replay/records/VERSION. What was released
is never written again; ``--again`` is for a version that is not released yet. Each preset has

    PRESET.tar.xz   an export, as `quorate export` writes it
    PRESET.json     what it comes to: the state's digest, every vote's arithmetic, every count sheet
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from quorate import __version__, organisation
from quorate.chapters.elections.counting import count_sheet
from quorate.chapters.state import State
from quorate.count.sheet import to_json
from quorate.record import checkpoint, entry, folder, log_files, note, state_digest
from quorate.rulebook.reading import PRESETS
from support.exported import write_beside
from support.told_year import whole_year
from support.written import Written

RECORDS = Path(__file__).parents[1] / "replay" / "records"


def what_it_comes_to(state: State) -> dict[str, Any]:
    """The figures of a replayed record that have to stay the same."""
    return {
        "entries": state.size,
        "time": state.time,
        "state": state_digest.digest(state),
        "votes": {
            str(number): {"proposal": vote.proposal, "tally": state_digest.plain(vote.tally)}
            for number, vote in sorted(state.floor.votes.items())
        },
        "outcomes": {
            f"{number}/{item.proposal}": item.outcome
            for number, convention in sorted(state.floor.conventions.items())
            for _, item in sorted(convention.items.items())
        },
        "elections": {
            str(number): {
                "office": election.office,
                "place": election.place,
                "elected": list(election.result.elected),
                "digest": election.result.sheet,
                "sheet": to_json(count_sheet(state, election)),
            }
            for number, election in sorted(state.elections.elections.items())
            if election.result is not None
        },
    }


def write_export(out: Path, state: State, record: Written) -> None:
    """The record as an export, signed with a key that is made for it."""
    origin = state.founding.origin
    signing, verifier = note.generate_key(origin, hashlib.sha256(origin.encode()).digest())
    grown = log_files.write(out, (entry.write(*written) for written in record.entries))
    root = grown.root_of(0, state.size)
    signed = checkpoint.sign(checkpoint.Checkpoint(origin, state.size, root), signing)
    (out / "checkpoint").write_text(signed, "utf-8")
    (out / "record.vkey").write_text(verifier + "\n", "utf-8")
    (out / "README.txt").write_text(
        folder.README.format(origin=origin, last=state.size - 1), "utf-8"
    )
    folder.write_openings(
        out / "documents.jsonl", sorted(record.texts, key=lambda text: text.commitment)
    )
    write_beside(record, out)


def pack(export: Path, target: Path) -> None:
    """The export in one file, the same for the same record."""
    with tarfile.open(target, "w:xz") as archive:
        for path in sorted(path for path in export.rglob("*") if path.is_file()):
            data = path.read_bytes()
            info = tarfile.TarInfo(path.relative_to(export).as_posix())
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def main() -> int:
    target = RECORDS / __version__
    if target.exists() and "--again" not in sys.argv[1:]:
        print(f"{target} is there. A released version's records stay as they are.", file=sys.stderr)
        return 1
    target.mkdir(parents=True, exist_ok=True)
    for preset in PRESETS:
        small, record = whole_year(preset)
        with tempfile.TemporaryDirectory() as made:
            write_export(Path(made), small.state, record)
            pack(Path(made), target / f"{preset}.tar.xz")
        comes_to = {"version": __version__, "code": organisation.RULES_CODE}
        comes_to |= what_it_comes_to(small.state)
        text = json.dumps(comes_to, indent=1, sort_keys=True) + "\n"
        (target / f"{preset}.json").write_text(text, "utf-8")
    print(f"{len(PRESETS)} records in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
