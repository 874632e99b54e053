"""Witnesses: who names and dismisses them, and when a record counts as witnessed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from quorate.chapters.clause import FOUNDER
from quorate.chapters.witnesses.name import Url
from quorate.organisation import BadAct
from quorate.record import cosignature, note, policy, witness_rule
from quorate.record.checkpoint import Checkpoint
from support.small import Small, founded, founded_with, rules_text

BRANCH = "witnesses.branch_by"
OUTSIDE = "witnesses.outside_by"
SIGNING, LOG = note.generate_key("small.example", bytes(32))


def keys(name: str, *kinds: int) -> list[tuple[str, str]]:
    """Signing key and public key of each kind; with Ed25519 if none is named."""
    seed = name.encode().ljust(32, b".")
    return [
        cosignature.generate_key(f"{name}.example", seed, kind)
        for kind in kinds or (cosignature.ED25519,)
    ]


def fields(
    name: str, *, branch: str = "", organisation: str = "", **more: object
) -> dict[str, object]:
    return {
        "name": name,
        "keys": [public for _, public in keys(name)],
        "url": f"https://{name}.example/witness",
        "branch": branch,
        "organisation": organisation,
    } | more


@pytest.fixture
def small() -> Small:
    return founded("open-convention")


def secretary(small: Small, branch: str) -> str:
    return small.holder("branch-secretary", branch)


def test_a_branch_names_its_own_witness_and_nobody_elses(small: Small) -> None:
    chair = small.holder("steering-committee")
    small.refused(chair, "witnesses.name", BRANCH, **fields("a1", branch="A1"))
    small.refused(secretary(small, "A2"), "witnesses.name", BRANCH, **fields("a1", branch="A1"))
    small.pure.do(secretary(small, "A1"), "witnesses.name", **fields("a1", branch="A1"))
    small.refused(secretary(small, "A2"), "witnesses.dismiss", BRANCH, name="a1")
    small.refused(chair, "witnesses.dismiss", BRANCH, name="a1")
    small.pure.do(secretary(small, "A1"), "witnesses.dismiss", name="a1")
    assert not small.state.witnesses.now


def test_the_rulebook_says_who_names_those_of_others(small: Small) -> None:
    asked = fields("union", organisation="Dockers' Union")
    small.refused(small.holder("steering-committee"), "witnesses.name", OUTSIDE, **asked)
    small.refused(FOUNDER, "witnesses.name", "record.founding", **asked)
    small.pure.do(small.holder("credentials-committee"), "witnesses.name", **asked)
    assert small.state.witnesses.of_others()[0].organisation == "Dockers' Union"


def test_nobody_is_two_witnesses(small: Small) -> None:
    small.pure.do(secretary(small, "A1"), "witnesses.name", **fields("a1", branch="A1"))
    same_key = fields("a2", branch="A2", keys=[keys("a1")[0][1]])
    small.refused(secretary(small, "A2"), "witnesses.name", "record.names", **same_key)
    small.refused(
        secretary(small, "A2"),
        "witnesses.name",
        "record.names",
        **fields("a1", branch="A2", keys=[keys("a2")[0][1]]),
    )
    small.refused(
        secretary(small, "A1"), "witnesses.name", "record.names", **fields("again", branch="A1")
    )


def test_a_witness_is_of_one(small: Small) -> None:
    by = secretary(small, "A1")
    small.refused(by, "witnesses.name", "witnesses.branches", **fields("none"))
    both = fields("both", branch="A1", organisation="Dockers' Union")
    small.refused(by, "witnesses.name", "witnesses.branches", **both)
    small.refused(by, "witnesses.name", "record.subject", **fields("a1", branch="NOWHERE"))
    small.refused(by, "witnesses.dismiss", "record.subject", name="nobody")


def test_where_none_is_asked_for_nothing_is_witnessed() -> None:
    small = founded("closed-slate")
    small.refused(secretary(small, "A1"), "witnesses.name", BRANCH, **fields("a1", branch="A1"))
    small.pure.do(small.holder("steering-committee"), "witnesses.name", **fields("a1", branch="A1"))
    assert witness_rule.policy_for(small.state) is None
    assert not witness_rule.enough(small.state, {"a1"})


OF_BRANCHES = ("a1", "a2", "b1")
OF_OTHERS = ("dockers", "tenants")


@pytest.fixture
def witnessed() -> Small:
    """Three branches and two other organisations; two and one are asked for."""
    small = founded("open-convention")
    for name in OF_BRANCHES:
        by = secretary(small, name.upper())
        small.pure.do(by, "witnesses.name", **fields(name, branch=name.upper()))
    for name in OF_OTHERS:
        by = small.holder("credentials-committee")
        small.pure.do(by, "witnesses.name", **fields(name, organisation=name))
    return small


def test_two_branches_and_one_other_suffice(witnessed: Small) -> None:
    """By the rulebook's own words, and by the policy that other programs read, of the same."""
    made = witness_rule.policy_for(witnessed.state, note.read_verifier(LOG))
    assert made is not None
    read = policy.read(policy.write(made))
    assert read == made
    every = (*OF_BRANCHES, *OF_OTHERS)
    for present in product([False, True], repeat=len(every)):
        names = {name for name, there in zip(every, present, strict=True) if there}
        meant = sum(present[:3]) >= 2 and any(present[3:])
        assert witness_rule.enough(witnessed.state, names) == meant, names
        assert read.met(names) == meant, names


@pytest.mark.parametrize(
    ("sizes", "to"),
    [
        ({}, 0),
        ({"a1": 9, "a2": 9}, 0),
        ({"a1": 9, "a2": 9, "dockers": 9}, 9),
        ({"a1": 12, "a2": 9, "dockers": 10}, 9),
        ({"a1": 12, "a2": 9, "b1": 11, "dockers": 10, "tenants": 30}, 11),
        ({"a1": 12, "a2": 12, "b1": 12, "dockers": 3, "stranger": 12}, 3),
    ],
)
def test_who_signs_a_longer_record_has_seen_the_shorter(
    witnessed: Small, sizes: Mapping[str, int], to: int
) -> None:
    assert witness_rule.witnessed_to(witnessed.state, sizes) == to


def test_too_few_named_is_never_enough(witnessed: Small) -> None:
    for name in OF_OTHERS:
        by = witnessed.holder("credentials-committee")
        witnessed.pure.do(by, "witnesses.dismiss", name=name)
    assert witness_rule.policy_for(witnessed.state) is None
    assert not witness_rule.enough(witnessed.state, set(OF_BRANCHES) | set(OF_OTHERS))


def test_any_key_of_a_witness_is_its_signature() -> None:
    small = founded_with(rules_text("open-convention", witnesses__branches="0"))
    both = keys("dockers", cosignature.ED25519, cosignature.ML_DSA_44)
    unreadable = f"dockers.example+00000000+{'A' * 44}"
    small.pure.do(
        small.holder("credentials-committee"),
        "witnesses.name",
        **fields(
            "dockers", organisation="Dockers", keys=[*(public for _, public in both), unreadable]
        ),
    )
    text = Checkpoint("small.example", 7, bytes(32)).text()
    signed = note.sign(text, SIGNING)
    named = small.state.witnesses.of_others()
    made = witness_rule.policy_for(small.state, note.read_verifier(LOG))
    assert made is not None
    read = policy.read(policy.write(made))
    assert witness_rule.cosigned_by(named, signed) == {}
    for number, (signing, _) in enumerate(both):
        cosigned = signed + cosignature.cosign(text, signing, 10 + number)
        assert witness_rule.cosigned_by(named, cosigned) == {"dockers": 10 + number}
        assert read.met(read.witnessed(cosigned))


def test_a_witness_whose_keys_nobody_can_read_counts_nowhere(small: Small) -> None:
    by = small.holder("credentials-committee")
    unreadable = f"dockers.example+00000000+{'A' * 44}"
    small.pure.do(by, "witnesses.name", **fields("dockers", organisation="D", keys=[unreadable]))
    for name in OF_BRANCHES:
        chosen = secretary(small, name.upper())
        small.pure.do(chosen, "witnesses.name", **fields(name, branch=name.upper()))
    assert witness_rule.policy_for(small.state) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://[x",
        "http://",
        "https:///witness",
        "http://:8000",
        "http://a.example:99999",
        "http://a.example:x",
        "http://a b.example",
        "http://user@a.example",
        "ftp://a.example",
        f"http://{'a' * 202}",
    ],
)
def test_an_address_that_is_none_is_refused_by_its_field(small: Small, url: str) -> None:
    with pytest.raises(BadAct, match="url"):
        small.pure.do(
            secretary(small, "A1"), "witnesses.name", **fields("a1", branch="A1", url=url)
        )


@given(st.from_regex(TypeAdapter(Url).json_schema()["pattern"], fullmatch=True))
def test_each_that_is_taken_can_be_read(url: str) -> None:
    read = urlsplit(url)
    assert read.hostname
    assert read.port is None or 0 < read.port < 2**16
