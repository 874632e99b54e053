"""A PostgreSQL of the tests' own: a temporary cluster, a socket in a temporary folder, no port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Where PostgreSQL's programs are, if they are installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    there = shutil.which("initdb")
    return Path(there).parent if there else None


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """The address of an empty database in a new cluster, which ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="quorate-pg-"))
    folder.chmod(0o777)
    as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [*as_other, str(bin_folder / program), *words],
            check=True,
            capture_output=True,
            cwd=folder,
        )

    data = folder / "data"
    run("initdb", "-D", str(data), "-A", "trust", "-U", "quorate", "-E", "UTF8")
    options = f"-c listen_addresses='' -k {folder} -c unix_socket_permissions=0777"
    run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        run("createdb", "-h", str(folder), "-U", "quorate", "quorate")
        yield f"host={folder} user=quorate dbname=quorate"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
