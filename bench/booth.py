"""The booth's scripts in Chromium: encrypting, claiming, verifying a box, shuffling. Each time is
from the call to the answer, with the start of the worker, as a voter waits for it. Beside it stands
how many of the library's bare powers take as long in the same run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Browser

from bench.figures import Row
from quorate.ballots import register
from quorate.ballots.groups.named import ED25519
from quorate.ballots.questions import Homomorphic
from support.booth import Booth
from support.booth import booth as opened_booth
from support.chromium import chromium, opened
from support.key_register import KeyRegister, trusted, voter
from support.secret_election import CHAIR, RANKED, Held, begun

ROUNDS = 5
TWENTY = tuple(f"Candidate {number}" for number in range(1, 21))
BALLOTS = 100

_BARE = """async () => {
  const { ed25519 } = await import("/ballots/vendor/noble-curves/ed25519.js");
  const point = ed25519.Point.BASE.multiply(4711n), scalar = ed25519.Point.Fn.ORDER - 815n;
  for (let round = 0; round < 50; round++) point.multiply(scalar);
  const began = performance.now();
  for (let round = 0; round < 100; round++) point.multiply(scalar);
  return (performance.now() - began) / 100;
}"""

_READY = "async () => (await import('/ballots/booth.js')).ready()"


def rows() -> Iterator[Row]:
    program = chromium()
    if program is None:
        yield Row("the booth in a browser", "", "chromium is not installed", "")
        return
    with opened(program) as browser:
        for read_for in (0, 3):
            yield _first(browser, read_for)
        with opened_booth(browser) as booth:
            for name, measured in _measured(booth):
                yield _row(booth, name, measured)


def _first(browser: Browser, read_for: int) -> Row:
    """The first ballot in a browser that had none of the scripts. ``read_for``: for so many seconds
    its voter reads the page, which meanwhile starts a worker; with 0 nothing is there yet."""
    turns = []
    one = begun(ED25519, [Homomorphic(TWENTY, True, 1, 1, "Chair?")], 2, single=1)
    for _ in range(ROUNDS):
        with opened_booth(browser) as booth:
            if read_for:
                booth.page.evaluate(_READY)
                booth.page.wait_for_timeout(1000 * read_for)
            turns.append(_timed(booth, _encrypting(booth, one, 1)))
    when = f"after {read_for} s of reading" if read_for else "nothing loaded before"
    return _told(f"the first ballot of 20 candidates, {when}", turns)


def _measured(booth: Booth) -> Iterator[tuple[str, Callable[[], Any]]]:
    one = begun(ED25519, [Homomorphic(TWENTY, True, 1, 1, "Chair?")], 2, single=1)
    yield "a ballot of 20 candidates, one chosen, encrypted", _encrypting(booth, one, 1)
    many = begun(ED25519, [Homomorphic(TWENTY, None, 0, 20, "Approve")], 2, single=1)
    yield "a ballot of 20 candidates, any number approved, encrypted", _encrypting(booth, many, 10)
    yield "the same, signed to be cast", _signing(booth, many)
    described = register.write_description(KeyRegister(trusted(2, 3)).description)
    yield "a claim", lambda: booth.work("claim", register=described, voter=voter(1))
    box = _filled(CHAIR, [0, 1, 0, 0, 0])
    yield f"a box of {BALLOTS} ballots of 5 candidates, verified", _verifying(booth, box)
    ranked = _filled(RANKED, [1, 2, 3, 4, 5])
    yield f"a box of {BALLOTS} ranked ballots, verified", _verifying(booth, ranked)
    given = {"content": ranked.content, "head": ranked.end.last, "fewest": 2}
    yield "the same, and shuffled with proof", lambda: booth.work("shuffleBox", **given)


def _row(booth: Booth, what: str, measured: Callable[[], Any]) -> Row:
    measured()
    return _told(what, [_timed(booth, measured) for _ in range(ROUNDS)])


def _timed(booth: Booth, measured: Callable[[], Any]) -> tuple[float, float]:
    """How many ms it takes, and how many of the bare powers take as long right after."""
    began = time.monotonic()
    measured()
    taken = 1000 * (time.monotonic() - began)
    return taken, taken / booth.page.evaluate(_BARE)


def _told(what: str, turns: list[tuple[float, float]]) -> Row:
    milliseconds = median(taken for taken, _powers in turns)
    powers = median(powers for _taken, powers in turns)
    return Row(
        f"in the browser: {what}",
        f"{milliseconds:.0f} ms",
        f"the library's bare powers: {powers:.0f} in that time",
        "",
    )


def _encrypting(booth: Booth, held: Held, chosen: int) -> Callable[[], Any]:
    (question,) = held.election.questions
    assert isinstance(question, Homomorphic)
    votes = [int(place < chosen) for place in range(20)]
    votes = [0, *votes] if question.allows_blank else votes
    own = {"uuid": held.election.uuid, "credential": held.credentials[0]}
    return lambda: booth.work("encrypt", election=held.raw, votes=[votes], **own)


def _signing(booth: Booth, held: Held) -> Callable[[], Any]:
    unsigned = _encrypting(booth, held, 10)()["unsigned"]
    own = {"uuid": held.election.uuid, "credential": held.credentials[0]}
    return lambda: booth.work("sign", election=held.raw, unsigned=unsigned, **own)


def _filled(question: Any, votes: list[int]) -> Held:
    held = begun(ED25519, [question], BALLOTS, single=1)
    for place in range(BALLOTS):
        held.cast(place, [votes])
    held.close()
    return held


def _verifying(booth: Booth, held: Held) -> Callable[[], Any]:
    return lambda: booth.work("verify", content=held.content)


if __name__ == "__main__":
    for row in rows():
        print(row.what, row.ours, row.beside, row.ratio, sep="\t", flush=True)
