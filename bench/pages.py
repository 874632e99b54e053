"""Pages of an organisation of 100,000 members with 2,000 contributions, over HTTP, beside an empty
Django page on the same kind of server: prints lines for the table, parted by tabs."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quorate.chapters.calendar import DAY
from quorate.cli.opening import set_up
from quorate.rulebook.reading import preset
from quorate.store.place import Place, make_place

MEMBERS, BRANCHES, CONTRIBUTIONS = 100_000, 200, 2_000
REVISED, SECONDED, SECONDERS = 500, 500, 120
"""So many have two versions; so many have this many seconders."""
STAGES = 20
"""The contributions come in so many parts, over the time of the bulletin: issues carry them."""
ASKED, CLIENTS = 200, 8
PAGES = {
    "today": "/",
    "the bulletin's list": "/bulletin",
    "its last page": "/bulletin?page=40",
    "a search in it": "/bulletin?q=strike+fund",
    "an issue": "/bulletin/issue/1/1",
    "a proposal": "/bulletin/7",
    "an author's seconders": "/bulletin/7/seconders",
    "branches": "/branches",
    "a branch": "/branches/B7",
    "the convention": "/convention",
    "offices": "/offices",
}
QUORATE = str(Path(sys.executable).with_name("quorate"))
ORIGIN = "bench.demo.invalid"
"""A demo's name, so that a client can sign in as a member without mail."""


def main() -> None:
    folder = Path(sys.argv[1]) / "pages"
    place = make_place(folder, ORIGIN)
    set_up(folder)
    member, size = organisation(place)
    start = time.perf_counter()
    with served("bench.bare:application") as bare, quorate(folder) as (port, server):
        waits(port, "/checkpoint", "", 1)
        started = time.perf_counter() - start
        session = signed_in(port, member)
        os.environ["BENCH_DATABASE"] = str(folder / "quorate.sqlite3")
        with served("bench.usual:application") as usual:
            compared("an empty page behind Django's middleware", usual, "/", session, bare)
        for name, address in PAGES.items():
            waits(port, address, session, 2)  # what is read once and kept
            compared(name, port, address, session, bare)
        memory = sum(map(resident, family(server)))
    print(f"starting on this record\t{started:.1f} s\tof {size:,} entries\t")
    print(f"memory of the server after that\t{memory / 1e6:,.0f} MB\t\t")
    start = time.perf_counter()
    out = folder.with_name("exported")
    subprocess.run(
        [QUORATE, "export", str(folder), str(out)], check=True, stdout=subprocess.DEVNULL
    )
    took = time.perf_counter() - start
    written = sum(file.stat().st_size for file in out.iterdir())
    print(f"quorate export\t{took:.1f} s\t{written / 1e6:,.0f} MB\t")


def compared(name: str, port: int, address: str, session: str, bare: int) -> None:
    """Prints how long this page takes beside the bare one, with one client and with several."""
    for clients in (1, CLIENTS):
        empty, asked = [], []
        for _ in range(4):  # in turns, so that a busy machine slows both
            empty += many(bare, "/", "", clients)
            asked += many(port, address, session, clients)
        print(row(name, clients, asked, empty))


def organisation(at: Place) -> tuple[str, int]:
    """An organisation in the time of its bulletin; gives a member's pseudonym, and how many entries
    there are."""
    from django.core.management import call_command

    from quorate.chapters.offices.holding import places
    from quorate.demo.material import material
    from quorate.demo.people import pseudonym
    from quorate.demo.telling import StoryClock, Telling
    from quorate.store.handing_in import hand_in
    from quorate.store.lane import Lane

    call_command("migrate", verbosity=0)
    now = time.time_ns() // 1_000_000
    clock = StoryClock(now - 130 * DAY)
    telling = Telling(Lane(at, clock), clock)
    telling.do("founder", "founding.adopt", origin=ORIGIN, rules_text=preset("open-convention"))
    telling.do("founder", "membership.open_region", code="R", name="The region")
    for n in range(BRANCHES):
        fields = {"code": f"B{n}", "name": f"Branch {n}", "region": "R"}
        telling.do("founder", "membership.open_branch", **fields)
    everyone = [pseudonym(n) for n in range(MEMBERS)]
    telling.do_all(
        hand_in(
            "membership.admit",
            {
                "member": member,
                "branch": f"B{n % BRANCHES}",
                "person": {"name": f"Member {n}", "email": f"m{n}@example.org"},
            },
            "founder",
        )
        for n, member in enumerate(everyone)
    )
    steering = everyone[0]
    for body in telling.state.rules.bodies:
        telling.do("founder", "offices.install", office=body, member=steering)
    for post in telling.state.rules.posts:
        for place in places(telling.state, post):
            holder = everyone[int(place[1:])] if place.startswith("B") else steering
            telling.do("founder", "offices.install", office=post, member=holder, place=place)
    telling.do("founder", "founding.complete")
    telling.do(steering, "floor.call", opens=now + 50 * DAY, place="A hall")
    telling.go_to(telling.state.floor.conventions[1].dates.bulletin_opens + 1)
    texts = [text for text in material().contributions if not text.about]

    def written(n: int, more: str = "") -> dict[str, str]:
        text = texts[n % len(texts)]
        return {"title": f"{text.title} ({n + 1})", "text": text.text + more}

    each = CONTRIBUTIONS // STAGES
    opened = telling.state.time
    for stage in range(STAGES):
        telling.go_to(opened + (now - opened) * stage // (STAGES + 2))
        telling.do_all(
            hand_in("bulletin.hand_in", {"kind": "proposal", "text": written(n)}, everyone[n])
            for n in range(stage * each, (stage + 1) * each)
        )
    again = "\n\nThe branch discussed this twice and added this paragraph.\n"
    telling.do_all(
        hand_in(
            "bulletin.revise",
            {"contribution": n + 1, "text": written(n, again)},
            everyone[n],
        )
        for n in range(REVISED)
    )
    contributions = telling.state.bulletin.contributions
    telling.do_all(
        hand_in(
            "proposals.second",
            {"proposal": n + 1, "version": contributions[n + 1].latest.text},
            everyone[n + BRANCHES * other + (n % 2 and other % 2)],
        )
        for n in range(SECONDED)
        for other in range(10, 10 + SECONDERS)
    )
    telling.go_to(now - 60_000)
    return everyone[4_321], telling.state.size


@contextmanager
def quorate(folder: Path) -> Iterator[tuple[int, int]]:
    """The port of a server of this organisation, and its process."""
    port = free()
    command = [QUORATE, "serve", str(folder), "--port", str(port)]
    with running(command, port) as server:
        yield port, server


@contextmanager
def served(application: str) -> Iterator[int]:
    port = free()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi"]
    command += ["--blocking-threads", "16", "--port", str(port), application]
    with running(command, port):
        yield port


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if server.poll() is not None:
                    raise SystemExit(f"{command} ended") from None
                time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def family(process: int) -> list[int]:
    """The process and all that it started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(one for child in children for one in family(int(child)))]


def resident(process: int) -> int:
    """Bytes of memory that the process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def signed_in(port: int, member: str) -> str:
    """The cookie of a session of this member."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/play")
    answer = connection.getresponse()
    cookie = str(answer.getheader("Set-Cookie")).split(";")[0]
    token = answer.read().decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    body = f"csrfmiddlewaretoken={token}&member={member}"
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/play", body, headers)
    answer = connection.getresponse()
    answer.read()
    session = next(c for c in answer.headers.get_all("Set-Cookie", []) if "sessionid" in c)
    return session.split(";")[0]


def waits(port: int, address: str, session: str, times: int) -> list[float]:
    """Seconds that each answer took, one after the other on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    found = []
    for _ in range(times):
        start = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": session} if session else {})
        answer = connection.getresponse()
        answer.read()
        found.append(time.perf_counter() - start)
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status}")
    connection.close()
    return found


def many(port: int, address: str, session: str, clients: int) -> list[float]:
    """The same from several clients at once."""
    found: list[float] = []
    each = ASKED // 4 // clients

    def ask() -> None:
        found.extend(waits(port, address, session, each))

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def row(name: str, clients: int, asked: list[float], empty: list[float]) -> str:
    median, bare = statistics.median(asked), statistics.median(empty)
    who = "1 client" if clients == 1 else f"{clients} clients"
    return (
        f"{name}, {who}\t{median * 1000:.1f} ms, p99 {p99(asked):.0f} ms\t"
        f"an empty page: {bare * 1000:.1f} ms, p99 {p99(empty):.0f} ms\t{median / bare:.1f}"
    )


def p99(times: list[float]) -> float:
    return sorted(times)[int(0.99 * len(times))] * 1000


main()
