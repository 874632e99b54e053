"""A ballot box from its first ballot to the verified result: ten thousand ballots, five candidates,
cast over HTTP, some while others flood the door, then tallied, decrypted by two of three trustees,
and verified.

    python -m bench.box DIR DATABASE [POSTGRESQL]       DATABASE: what it is called in the rows

Two hundred voters' keys are on the roll, and all but one cast some fifty ballots each, of which the
last counts: to the door they are as many ballots as by ten thousand voters. The one floods.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import processor
from bench.clients import Asked, post
from bench.figures import Row
from bench.lane import served
from quorate.ballots import ballot, choices
from quorate.ballots.elections import fingerprint, read_election
from quorate.ballots.elgamal import elgamal
from quorate.ballots.verify.whole import verify
from support import small as small_organisation
from support.secret_poll import Poll, called, rolled_convention
from support.staged import made, staged
from support.staged_box import StoredBoxes
from support.year import delegates

SEATS = 200
BALLOTS = 10_000
FLOOD = 10_000
CLIENTS = 16
CANDIDATES = 5
CORES = os.cpu_count() or 1
RULES = {
    "seats": str(SEATS),
    "ballots_each": str(2 * BALLOTS // SEATS),
    "batch_minutes": "1",
    "poll_minutes": "600",
    "bodies.steering-committee__seats": "1",
    "bodies.steering-committee__count": '"plurality/1"',
}


@dataclass(frozen=True, slots=True)
class Cast:
    """``waits``: seconds until each ballot was promised, asking again where there was no room;
    ``at``: seconds from the start, of each. ``again``: how often there was none."""

    waits: tuple[float, ...]
    at: tuple[float, ...]
    again: int

    @property
    def rate(self) -> float:
        return len(self.at) / max(self.at)

    def told(self) -> str:
        p99 = 1000 * quantiles(self.waits, n=100)[98]
        return (
            f"{self.rate:.0f}/s, median {1000 * median(self.waits):.0f} ms, p99 {p99:.0f} ms, "
            f"told to come again {self.again}"
        )


def rows(folder: Path, database: str, address: str) -> Iterator[Row]:
    poll = _voting(folder, address)
    began = time.monotonic()
    ballots = _encrypted(poll, BALLOTS + BALLOTS // 5)
    encrypted = time.monotonic() - began
    honest, rest = ballots[:BALLOTS], iter(ballots[BALLOTS:])
    path = f"/api/ballots/{poll.number}"
    shift = poll.small.pure.time - time.time_ns() // 1_000_000
    acts = _comings_and_goings(poll)
    began = time.monotonic()
    with served(folder, shift) as port:
        asyncio.run(_cast(port, path, list(islice(rest, 2 * CORES)), CLIENTS))  # it is warm then
        time.sleep(30)  # as on a server whose vote is about to begin: the compiled code is there
        servers, own = processor.of_children(), time.process_time()
        cast = asyncio.run(_cast(port, path, honest, CLIENTS))
        servers, own = processor.of_children() - servers, time.process_time() - own
        casting = time.monotonic() - began
        yield Row(
            f"{BALLOTS:,} ballots cast over HTTP, {database}",
            cast.told(),
            f"the processor's time each: the server {1000 * servers / BALLOTS:.1f} ms, the clients "
            f"{1000 * own / BALLOTS:.1f} ms",
            "",
        )
        yield _constant(cast, database)
        yield from _flooded(port, path, poll, rest, acts, database)
    yield from _opened(poll, database, encrypted, casting)


def _voting(folder: Path, address: str) -> Poll:
    """Voting is open, and stays so for hours."""
    made(folder, address)
    stored = staged(folder)
    stored.boxes = StoredBoxes(stored, [])  # type: ignore[assignment]
    for branch, (region, members) in small_organisation.BRANCHES.items():
        small_organisation.BRANCHES[branch] = (region, members * SEATS // 20)
    poll = called(*rolled_convention(0, stored, **RULES), CANDIDATES)
    stored.go_to(poll.election.opens)
    stored.let_fall_due()
    return poll


def _encrypted(poll: Poll, many: int) -> list[bytes]:
    """So many ballots, by each voter in turn."""
    _floods, *secrets = poll.own.voters.values()
    asked = poll.box.asked.encode()
    jobs = [(asked, secrets[n % len(secrets)], 1 + n % CANDIDATES) for n in range(many)]
    with ProcessPoolExecutor(CORES) as processes:
        return list(processes.map(_ballot, jobs, chunksize=100))


def _ballot(job: tuple[bytes, int, int]) -> bytes:
    raw, secret, candidate = job
    election = read_election(raw)
    (question,) = election.questions
    votes = choices.of_marks(question, (candidate,))  # type: ignore[arg-type]
    key = elgamal(election.group, election.public_key)
    cast = ballot.cast(key, election, fingerprint(raw), secret, [votes])
    return ballot.write_ballot(election, cast)


async def _cast(port: int, path: str, ballots: Sequence[bytes], clients: int) -> Cast:
    """So many clients, each casting its next ballot once the one before is promised."""
    waits, at, again = [], [], 0
    start = time.perf_counter()

    async def client(share: Sequence[bytes]) -> None:
        nonlocal again
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for data in share:
            began = time.perf_counter()
            while (status := await post(reader, writer, Asked(path, data))) == 503:
                again += 1
                await asyncio.sleep(0.1)
            assert status == 200, status
            waits.append(time.perf_counter() - began)
            at.append(time.perf_counter() - start)
        writer.close()

    await asyncio.gather(*(client(ballots[n::clients]) for n in range(clients)))
    return Cast(tuple(waits), tuple(at), again)


def _constant(cast: Cast, database: str) -> Row:
    """The rate where the box holds a hundred ballots, a thousand, ten thousand."""
    at = sorted(cast.at)

    def rate(first: int, last: int) -> float:
        return (last - first) / (at[last - 1] - at[first])

    early, middle, late = rate(0, 200), rate(500, 1_500), rate(BALLOTS - 1_000, BALLOTS)
    return Row(
        f"the same with a hundred, a thousand, {BALLOTS:,} in the box, {database}",
        f"{early:.0f}/s, {middle:.0f}/s, {late:.0f}/s",
        "",
        f"{late / early:.2f}",
    )


def _comings_and_goings(poll: Poll) -> list[list[Asked]]:
    """Acts that delegates can do again and again, for each of four."""
    from quorate.web.api.tokens import make_token

    lists = []
    for member in delegates(poll.small)[-4:]:
        token = make_token(member, "bench")
        pair = [
            Asked("/api/acts", {"act": name, "fields": {}}, token)
            for name in ("floor.leave", "floor.arrive")
        ]
        lists.append(pair * 50)
    return lists


def _flooded(
    port: int, path: str, poll: Poll, rest: Iterator[bytes], acts: list[list[Asked]], database: str
) -> Iterator[Row]:
    """Acts and honest ballots by themselves, then beside a flood of each kind."""
    clients = list(chain.from_iterable(zip(*acts, strict=True)))
    asyncio.run(_beside(port, path, list(islice(rest, 4)), clients, None))  # it is warm then
    floods = (None, *(list(islice(kind, FLOOD)) for kind in (_noise(), _unproved(poll))))
    kinds = dict(zip(("", "of anything", "by one key, proofs wrong"), floods, strict=True))
    share = BALLOTS // 5 // len(kinds) - 2 * CORES
    for kind, flood in kinds.items():
        honest = list(islice(rest, share))
        done = asyncio.run(_beside(port, path, honest, clients, flood))
        rate = f"acts p99 {done.acts:.0f} ms; ballots {done.cast.told()}"
        beside = f"flooded with {done.flood:,} {kind}, {done.turned:,} turned away" if kind else ""
        yield Row(f"4 who act and 4 who cast, {database}", rate, beside, "")


@dataclass(frozen=True, slots=True)
class Beside:
    """``acts``: p99, ms. ``flood``: how many came, ``turned``: of which so many were refused."""

    acts: float
    cast: Cast
    flood: int
    turned: int


async def _beside(
    port: int, path: str, honest: list[bytes], acts: list[Asked], flood: list[bytes] | None
) -> Beside:
    waits: list[float] = []
    over = asyncio.Event()
    left = iter(flood or ())
    came = turned = 0

    async def acting(share: Sequence[Asked]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for one in share:
            began = time.perf_counter()
            status = await post(reader, writer, one)
            assert status == 201, status
            waits.append(time.perf_counter() - began)
        writer.close()

    async def flooding() -> None:
        nonlocal came, turned
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for data in left:
            if over.is_set():
                break
            came += 1
            status = await post(reader, writer, Asked(path, data))
            turned += status != 200
        writer.close()

    floods = [asyncio.create_task(flooding()) for _ in range(8 if flood else 0)]
    cast, *_ = await asyncio.gather(
        _cast(port, path, honest, 4), *(acting(acts[n::4]) for n in range(4))
    )
    over.set()
    await asyncio.gather(*floods)
    return Beside(1000 * quantiles(waits, n=100)[98], cast, came, turned)


def _noise() -> Iterator[bytes]:
    chance = random.Random(5)
    for number in count():
        yield json.dumps(
            {"election_uuid": "x", "answers": [chance.random()] * 99, "n": number}
        ).encode()


def _unproved(poll: Poll) -> Iterator[bytes]:
    """Signed by somebody on the roll, each another, with a proof that does not hold."""
    secret = next(iter(poll.own.voters.values()))
    asked = poll.asked
    good = ballot.read_ballot(asked, _ballot((poll.box.asked.encode(), secret, 1)))
    (answer,) = good.answers
    for number in count():
        proofs: Any = answer.overall_proof  # type: ignore[union-attr]
        wrong = (proofs[0]._replace(response=number), *proofs[1:])
        bad = good.__class__(
            good.election_uuid,
            good.election_hash,
            good.credential,
            (_with_overall(answer, wrong),),
            None,
        )
        yield ballot.write_ballot(asked, ballot.signed(asked.group, secret, bad))


def _with_overall(answer: Any, proofs: Any) -> Any:
    from dataclasses import replace

    return replace(answer, overall_proof=proofs)


def _opened(poll: Poll, database: str, encrypted: float, casting: float) -> Iterator[Row]:
    """From the close to the verified result."""
    from quorate.store import ballot_boxes, tallying
    from quorate.store.box_archive import archive

    stored = poll.small.pure
    stored.lane.clock.time = stored.time = poll.election.opens  # type: ignore[attr-defined]
    stored.state = stored.lane.now().state  # type: ignore[attr-defined]
    many = ballot_boxes.many(poll.number)
    began, processor = time.monotonic(), time.process_time()
    tallying.catch_up(poll.box)
    tallied, processor = time.monotonic() - began, time.process_time() - processor
    stored.go_to(poll.election.closes - 1)
    stored.let_fall_due()
    began = time.monotonic()
    poll.close()
    closing = time.monotonic() - began
    yield Row(
        f"{many:,} ballots tallied beside the lane, {database}",
        f"{tallied:.1f} s; {1000 * processor / many:.2f} ms of the processor each",
        f"the close, in the lane: {1000 * closing:.0f} ms",
        "",
    )
    began = time.monotonic()
    poll.papers_over()
    poll.decrypt(3)
    poll.decrypt(1)
    poll.state()
    opened = time.monotonic() - began
    began = time.monotonic()
    content = b"".join(archive(poll.small.state, poll.number))
    report = verify(content, CORES)
    assert report.sound, report.findings
    verified = time.monotonic() - began
    whole = casting + tallied + closing + opened + verified
    yield Row(
        f"{many:,} ballots: cast, tallied, decrypted by 2 of 3, verified, {database}",
        f"{whole:.0f} s",
        f"{casting:.0f} + {tallied + closing:.1f} + {opened:.1f} + {verified:.1f} s "
        f"(encrypted before, by {CORES} processes: {encrypted:.0f} s)",
        "",
    )


if __name__ == "__main__":
    for row in rows(Path(sys.argv[1]), sys.argv[2], "".join(sys.argv[3:])):
        print(row.what, row.ours, row.beside, row.ratio, sep="\t", flush=True)
