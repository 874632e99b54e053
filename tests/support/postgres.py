"""A PostgreSQL of the tests' own: a temporary cluster, a socket in a temporary folder, no port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path


def programs() -> Path | None:
    """Where PostgreSQL's programs are, if they are installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    there = shutil.which("initdb")
    return Path(there).parent if there else None


@contextmanager
def cluster(bin_folder: Path) -> Iterator[Callable[[], str]]:
    """A new cluster, which ends with the block: each call makes an empty database in it and says
    its address."""
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
    numbers = count(1)

    def new_database() -> str:
        name = f"quorate{next(numbers)}"
        run("createdb", "-h", str(folder), "-U", "quorate", name)
        return f"host={folder} user=quorate dbname={name}"

    try:
        yield new_database
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
