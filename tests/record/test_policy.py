"""Policies: the specification's example and rules, and a quorum by its definition."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.record import cosignature, note, policy
from quorate.record.checkpoint import Checkpoint
from quorate.record.policy import BadPolicy, Group, Policy

LOG_SIGNING, LOG = note.generate_key("record.example", bytes(32))
NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
KEYS = {
    name: cosignature.generate_key(
        f"{name.lower()}.example", name.encode() * 16, cosignature.ED25519
    )
    for name in NAMES
}
WITNESSES = "".join(f"witness {name} {KEYS[name][1]}\n" for name in NAMES)
EXAMPLE = f"""# The example of C2SP tlog-policy, with keys.
log {LOG} https://record.example/

{WITNESSES}
group X-witnesses 2 X1 X2 X3
group\tY-witnesses  any Y1 Y2 Y3
 group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def test_the_example_is_met_by_two_of_the_one_and_any_of_the_other() -> None:
    read = policy.read(EXAMPLE)
    assert [key.text() for key in read.logs] == [LOG]
    assert [witness.key.text() for witness in read.witnesses] == [KEYS[name][1] for name in NAMES]
    for present in product([False, True], repeat=6):
        by = {name for name, there in zip(NAMES, present, strict=True) if there}
        assert read.met(by) == (sum(present[:3]) >= 2 and any(present[3:])), by
    assert not read.met({"Y1", "X1", "X-witnesses"}), "a group is no witness"


def test_who_witnessed_is_who_cosigned() -> None:
    text = Checkpoint("record.example", 7, bytes(32)).text()
    signed = note.sign(text, LOG_SIGNING)
    for name, time in (("X2", 10), ("Y3", 20)):
        signed += cosignature.cosign(text, KEYS[name][0], time)
    read = policy.read(EXAMPLE)
    assert read.witnessed(signed) == {"X2": 10, "Y3": 20}
    assert not read.met(read.witnessed(signed))
    signed += cosignature.cosign(text, KEYS["X3"][0], 30)
    assert read.met(read.witnessed(signed))


def test_no_witness_may_be_asked_for() -> None:
    assert policy.read("quorum none").met(())
    assert policy.read(f"{WITNESSES}quorum Y1").met({"Y1"})
    assert not policy.read(f"{WITNESSES}quorum Y1").met({"Y2"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no quorum"),
        ("quorum none\nquorum none", "line 2: there is a quorum already"),
        ("quorum A", "line 1: there is no witness or group A above"),
        ("quorum", "line 1: the quorum is given as"),
        ("loge x", "line 1: “loge” is none of log, witness, group, quorum"),
        (f"log {LOG}\nlog {LOG}", "line 2: this log stands there already"),
        (f"log {LOG[:-4]}", "line 1: the verifier key"),
        (f"witness none {KEYS['X1'][1]}", "line 1: none stands for something already"),
        (f"witness A {KEYS['X1'][1]}\nwitness B {KEYS['X1'][1]}", "line 2: this witness stands"),
        (f"witness A {LOG}", "line 1: the cosigner's key is of another type"),
        (f"{WITNESSES}group G 7 X1 X2", "line 7: 7 of 2 cannot be"),
        (f"{WITNESSES}group G 0 X1", "line 7: “0” is neither"),
        (f"{WITNESSES}group G 01 X1", "line 7: “01” is neither"),
        (f"{WITNESSES}group G any", "line 7: a group is given as"),
        (f"{WITNESSES}group G any none", "line 7: there is no witness or group none above"),
        (f"{WITNESSES}group G any H\ngroup H any X1", "line 7: there is no witness or group H"),
        (f"{WITNESSES}group G any X1 X1", "line 7: X1 is in a group already"),
        (f"{WITNESSES}group G any X1\ngroup H any X1", "line 8: X1 is in a group already"),
        (f"{WITNESSES}group X1 any X2", "line 7: X1 stands for something already"),
        ("quorum none\r", "line 1: it holds a control character"),
    ],
)
def test_what_is_no_policy_is_told_by_its_line(text: str, said: str) -> None:
    with pytest.raises(BadPolicy, match=f"^{said}" if said.startswith("line") else said):
        policy.read(text)


@given(st.data())
def test_more_witnesses_never_undo_a_quorum(data: st.DataObject) -> None:
    groups, free = [], list(NAMES)
    for number in range(data.draw(st.integers(1, 3))):
        members = data.draw(st.lists(st.sampled_from(free), min_size=1, unique=True))
        free = [name for name in free if name not in members] + [f"G{number}"]
        needed = data.draw(st.integers(1, len(members)))
        groups.append(Group(f"G{number}", needed, tuple(members)))
    read = policy.read(EXAMPLE)
    asked = Policy(read.logs, read.witnesses, tuple(groups), groups[-1].name)
    some = data.draw(st.sets(st.sampled_from(NAMES)))
    more = some | data.draw(st.sets(st.sampled_from(NAMES)))
    assert asked.met(some) <= asked.met(more)
    assert asked.met(NAMES)
