"""A server's start on a record of 1,000,000 entries: replaying them, and from a snapshot, beside
the start of the same server on an empty record. Prints lines for the table, parted by tabs.

    python -m bench.starting DIR EXPORT

The exported record is put into a new organisation's database with one checkpoint over it. A start
is from the command to the first answer over HTTP, of a program whose modules are compiled, as they
are where it is installed.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from quorate.cli.opening import set_up
from quorate.record import checkpoint, keeper, log_files, tree
from quorate.store.place import make_place

ROUNDS = 5
QUORATE = str(Path(sys.executable).with_name("quorate"))
AT_ONCE = 500


def main() -> None:
    folder, export = Path(sys.argv[1]), Path(sys.argv[2])
    origin = checkpoint.read((export / "checkpoint").read_text()).origin
    empty = folder / "empty"
    subprocess.run([QUORATE, "new", str(empty), "--rules", "open-convention"], check=True)
    size = staged(folder / "whole", export, origin)
    with started(folder / "whole") as replayed:
        snapshot = wait_for_snapshot(folder / "whole")
    laps = []
    for _ in range(ROUNDS):
        with started(empty) as bare:
            pass
        with started(folder / "whole") as ours:
            pass
        laps.append((ours, bare))
    ours, bare = median(lap[0] for lap in laps), median(lap[1] for lap in laps)
    what = f"server start, {size:,} entries"
    print(
        f"{what}, from a snapshot\t{ours:.1f} s\tan empty record: {bare:.1f} s\t{ours / bare:.1f}"
    )
    print(
        f"{what}, replayed\t{replayed:.1f} s\tfrom a snapshot: {ours:.1f} s\t{replayed / ours:.1f}"
    )
    print(f"the snapshot\t{snapshot / 1e6:,.0f} MB\t\t")


def staged(folder: Path, export: Path, origin: str) -> int:
    """A new organisation with this record; gives its size."""
    place = make_place(folder, origin)
    set_up(folder)
    from django.core.management import call_command
    from django.db import transaction

    from quorate.store import checkpoints
    from quorate.store.asking import put
    from quorate.store.record_keys import signing

    call_command("migrate", verbosity=0)
    frontier = tree.Frontier()

    def rows() -> Iterator[tuple[int, bytes]]:
        nonlocal frontier
        for sequence, data in enumerate(log_files.entries(export)):
            frontier = frontier.append(tree.leaf_hash(data))
            yield sequence, data

    with transaction.atomic():
        put("store_recordentry (sequence, data)", rows())
        point = checkpoint.Checkpoint(origin, frontier.size, frontier.root())
        signed = keeper.sign(point, signing(place, place.verifier_keys)[:1], 1)
        checkpoints.keep(checkpoints.Signed(frontier.size, signed))
    return frontier.size


@contextmanager
def started(folder: Path) -> Iterator[float]:
    """Within the block the server runs; gives the seconds until its first answer."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    start = time.perf_counter()
    command = [QUORATE, "serve", str(folder), "--port", str(port)]
    installed = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=installed)
    try:
        while not answers(port):
            if server.poll() is not None:
                raise SystemExit(f"{command} ended")
            time.sleep(0.02)
        yield time.perf_counter() - start
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        connection.request("GET", "/checkpoint")
        return connection.getresponse().status in (200, 404)
    except OSError:
        return False


def wait_for_snapshot(folder: Path) -> int:
    """Waits until the server has kept what it came to (what fell due meanwhile is in it); the bytes
    of that."""
    for _ in range(600):
        for path in (folder / "snapshot").glob("*"):
            if path.name.isdecimal():
                return path.stat().st_size
        time.sleep(1)
    raise SystemExit("no snapshot was kept within ten minutes")


if __name__ == "__main__":
    main()
