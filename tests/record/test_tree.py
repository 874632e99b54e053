"""The tree against RFC 6962's own recursive definitions, written here once more."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.record import tree

entries = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def mth(data: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1."""
    if not data:
        return hashlib.sha256().digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def test_known_roots() -> None:
    """The roots of the empty tree and of one empty leaf, as RFC 6962's test vectors have them."""
    assert tree.Frontier().root().hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    one = tree.Frontier().append(tree.leaf_hash(b""))
    assert one.root().hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@given(entries)
def test_roots_are_as_defined(data: list[bytes]) -> None:
    frontier = tree.Frontier()
    for count, entry in enumerate(data, 1):
        frontier = frontier.append(tree.leaf_hash(entry))
        assert frontier.root() == mth(data[:count])
    levels = tree.levels([tree.leaf_hash(entry) for entry in data])
    assert levels.root_of(0, len(data)) == mth(data)


@given(entries)
def test_a_tree_that_grew_is_the_tree_made_at_once(data: list[bytes]) -> None:
    grown = tree.levels(())
    for count, entry in enumerate(data, 1):
        grown.append(tree.leaf_hash(entry))
        assert grown == tree.levels([tree.leaf_hash(one) for one in data[:count]])
        assert grown.root_of(0, count) == mth(data[:count])


@given(entries, st.data())
def test_inclusion_is_proved_and_nothing_else(data: list[bytes], draw: st.DataObject) -> None:
    levels = tree.levels([tree.leaf_hash(entry) for entry in data])
    size = draw.draw(st.integers(1, len(data)))
    index = draw.draw(st.integers(0, size - 1))
    proof = levels.inclusion(index, size)
    leaf, root = tree.leaf_hash(data[index]), mth(data[:size])
    tree.check_inclusion(proof, index, leaf, size, root)
    with pytest.raises(tree.ProofRefused):
        tree.check_inclusion(proof, index, tree.leaf_hash(data[index] + b"x"), size, root)
    with pytest.raises(tree.ProofRefused):
        tree.check_inclusion((*proof, root), index, leaf, size, root)
    if proof:
        with pytest.raises(tree.ProofRefused):
            tree.check_inclusion(proof[:-1], index, leaf, size, root)
        flipped = bytes([proof[0][0] ^ 1]) + proof[0][1:]
        with pytest.raises(tree.ProofRefused):
            tree.check_inclusion((flipped, *proof[1:]), index, leaf, size, root)
    with pytest.raises(tree.ProofRefused):
        tree.check_inclusion(proof, size, leaf, size, root)


@given(entries, st.data())
def test_consistency_is_proved_and_a_fork_is_not(data: list[bytes], draw: st.DataObject) -> None:
    levels = tree.levels([tree.leaf_hash(entry) for entry in data])
    size = draw.draw(st.integers(1, len(data)))
    old = draw.draw(st.integers(1, size))
    proof = levels.consistency(old, size)
    tree.check_consistency(proof, old, mth(data[:old]), size, mth(data[:size]))
    other = [b"another history", *data[1:old]]
    if other != data[:old]:
        with pytest.raises(tree.ProofRefused):
            tree.check_consistency(proof, old, mth(other), size, mth(data[:size]))
        forked = [*other, *data[old:size]]
        with pytest.raises(tree.ProofRefused):
            tree.check_consistency(proof, old, mth(data[:old]), size, mth(forked))
