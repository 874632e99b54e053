"""Ballots with anything in place of anything, signed all the same: the browser and Python agree
about each, and take none."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots import ballot, schnorr
from quorate.ballots.common import proof_json
from quorate.ballots.elections import fingerprint
from quorate.ballots.groups.named import ED25519
from quorate.ballots.homomorphic import Invalid
from quorate.ballots.json_form import Malformed
from support import bel, edwards
from support.booth import Booth
from support.odd import ODD, found, places, put
from support.secret_election import APPROVAL, MOTION, RANKED, Held, begun

pytestmark = pytest.mark.xdist_group("booth")

Q = ED25519.q
ORDER_2 = (0, edwards.P - 1)

_TAKEN = """async ([election, ballot]) => {
  const { readElection } = await import("/ballots/elections.js");
  const { readBallot, verify } = await import("/ballots/ballot.js");
  const { Refused } = await import("/ballots/refused.js");
  const read = readElection(election);
  try {
    verify(read, readBallot(read, ballot));
    return "";
  } catch (error) {
    return error instanceof Refused ? error.code : `not refused, but failed: ${error.stack}`;
  }
}"""


@cache
def election() -> tuple[Held, Any]:
    """An election, and a ballot in it without its signature."""
    held = begun(ED25519, [MOTION, APPROVAL, RANKED], 1, single=1)
    value = json.loads(held.cast(0, [[0, 1, 0], [1, 0, 0, 1, 0], [1, 2, 3, 4, 5]]))
    del value["signature"]
    return held, value


def signed(held: Held, value: Any) -> bytes:
    hash = fingerprint(bel.compact(value))
    proof = schnorr.prove(ED25519, held.voters[0], f"sig|{hash}|")
    return bel.compact(value | {"signature": {"hash": hash, "proof": proof_json(proof)}})


def fault(held: Held, data: bytes) -> str:
    """By Python; "" if there is none."""
    try:
        made = ballot.read_ballot(held.election, data)
        ballot.verify(held.key, held.election, held.phi, made)
    except (Malformed, Invalid) as error:
        return str(error)
    return ""


def near(old: Any) -> list[Any]:
    """What is nearly the same: a scalar with q more, or its opposite; an element's negative, or the
    element plus a point of order 2."""
    if not isinstance(old, str):
        return [[*old, old[0]], old[:-1], old[::-1]] if isinstance(old, list) and old else []
    if len(old) == 64 and not old.isdigit():
        point = edwards.uncompress(int(old, 16))
        assert point is not None
        negative = (-point[0] % edwards.P, point[1])
        other = edwards.add(point, ORDER_2)
        return [f"{edwards.compress(one):064x}" for one in (negative, other)] + [old.upper()]
    if old.isdigit():
        return [str(int(old) + Q), str(Q - int(old)), f"0{old}", str(int(old) ^ 1), int(old)]
    return [f"{old}A"]


def test_the_ballot_itself_is_taken(booth: Booth) -> None:
    held, value = election()
    data = signed(held, value)
    assert fault(held, data) == ""
    assert booth.page.evaluate(_TAKEN, [held.raw.decode(), data.decode()]) == ""


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_anything_in_place_of_anything(booth: Booth, data: st.DataObject) -> None:
    held, value = election()
    place = data.draw(st.sampled_from(places(value)[1:]))
    old = found(value, place)
    elsewhere = st.sampled_from(places(value)[1:]).map(lambda other: found(value, other))
    choices = [elsewhere, st.sampled_from(ODD)]
    choices += [st.sampled_from(near(old))] * 3 if near(old) else []
    new = data.draw(st.one_of(choices))
    if json.dumps(old) == json.dumps(new):
        return
    ballot = signed(held, put(value, place, new))
    assert fault(held, ballot)
    refused = booth.page.evaluate(_TAKEN, [held.raw.decode(), ballot.decode()])
    assert refused in ("malformed", "not-canonical", "not-an-element", "invalid-ballot")
