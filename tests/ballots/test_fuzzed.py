"""Archives with anything in place of anything: always an answer, never sound, never a crash."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots.verify.whole import verify
from support import bel
from support.odd import ODD, found, places, put
from support.secret_election import MADE

ORDER = [
    "Setup",
    "Ballot",
    "EndBallots",
    "EncryptedTally",
    "Shuffle",
    "EndShuffles",
    "PartialDecryption",
    "Result",
]


@settings(max_examples=80)
@given(st.sampled_from(["plain", "shared", "ranked"]), st.data())
def test_anything_in_place_of_anything(election: str, data: st.DataObject) -> None:
    timestamp, steps = bel.taken_apart(MADE[election]().content)
    at = data.draw(st.sampled_from([i for i, step in enumerate(steps) if step.data]))
    which = data.draw(st.integers(0, len(steps[at].data) - 1))
    value = steps[at].json(which)
    place = data.draw(st.sampled_from(places(value)))
    new = data.draw(st.sampled_from(ODD))
    old = found(value, place)
    # What the trustees and the election are called is free text.
    if json.dumps(old) == json.dumps(new) or place[-1:] in (("name",), ("description",)):
        return
    changed = [*steps[:at], steps[at].with_json(put(value, place, new), which), *steps[at + 1 :]]
    report = verify(bel.together(timestamp, changed))
    assert not report.sound, (place, new)


@settings(max_examples=40)
@given(st.sampled_from(["plain", "shared", "ranked"]), st.data())
def test_events_in_any_order(election: str, data: st.DataObject) -> None:
    timestamp, steps = bel.taken_apart(MADE[election]().content)
    picked = data.draw(
        st.lists(st.integers(0, len(steps) - 1), max_size=len(steps) + 2).filter(
            lambda numbers: numbers != list(range(len(numbers)))
        )
    )
    report = verify(bel.together(timestamp, [steps[number] for number in picked]))
    if report.sound:
        # Other ballots while voting is open, or other trustees first: as good an election.
        types = [steps[number].type for number in picked]
        assert types == sorted(types, key=ORDER.index)
