"""The Merkle tree over the entries: RFC 6962, section 2.1.

Leaf hash SHA-256(0x00 ‖ entry), node hash SHA-256(0x01 ‖ left ‖ right). All hashes are 32 bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
_PAIR = 2 * HASH_BYTES


class ProofRefused(Exception):
    """A proof that does not prove what it is held against."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry as a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees as one node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _node(pair: bytes | bytearray) -> bytes:
    """The hash of two subtrees whose hashes lie beside each other."""
    return hashlib.sha256(b"\x01" + pair).digest()


EMPTY_ROOT = hashlib.sha256().digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A growing tree: the roots of its perfect subtrees, the largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> Frontier:
        """The tree with one more leaf hash; O(log n), one hash on average."""
        peaks, size = self.peaks, self.size
        while size & 1:
            leaf = node_hash(peaks[-1], leaf)
            peaks = peaks[:-1]
            size >>= 1
        return Frontier(self.size + 1, (*peaks, leaf))

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def _split(size: int) -> int:
    """The largest power of two below ``size`` (RFC 6962's k)."""
    return 1 << ((size - 1).bit_length() - 1)


@dataclass(slots=True)
class Levels:
    """All perfect subtrees' hashes over some leaf hashes, for proofs: row h holds, 32 bytes each,
    the roots over the leaves i · 2^h … (i + 1) · 2^h − 1.

    Proofs for every size up to its own can be made from it, so that one grows with the record. The
    hashes lie beside each other, 64 bytes of memory a leaf in all.
    """

    rows: list[bytearray]

    @property
    def size(self) -> int:
        return len(self.rows[0]) // HASH_BYTES

    def append(self, leaf: bytes) -> None:
        """One more leaf hash; one hash on average. What was there stays as it is."""
        for height, row in enumerate(self.rows):
            row += leaf
            if len(row) % _PAIR:
                return
            leaf = _node(row[-_PAIR:])
            if height + 1 == len(self.rows):
                self.rows.append(bytearray(leaf))
                return

    def hashes(self, height: int, start: int, end: int) -> bytes:
        """The roots number ``start`` … ``end`` − 1 of this height, one after the other."""
        return bytes(self.rows[height][start * HASH_BYTES : end * HASH_BYTES])

    def first(self, size: int) -> Levels:
        """The tree of the first ``size`` leaves, which it has grown from; at least 1."""
        return Levels(
            [
                row[: (size >> height) * HASH_BYTES]
                for height, row in enumerate(self.rows)
                if size >> height
            ]
        )

    def frontier(self) -> Frontier:
        """The same tree, as far as it takes to grow it."""
        peaks, start = [], 0
        for height in range(self.size.bit_length() - 1, -1, -1):
            if self.size >> height & 1:
                place = start >> height
                peaks.append(self.hashes(height, place, place + 1))
                start += 1 << height
        return Frontier(self.size, tuple(peaks))

    def root_of(self, start: int, end: int) -> bytes:
        """The root over the leaves start … end − 1, where start is a multiple of the subtree."""
        size = end - start
        if size == 0:
            return EMPTY_ROOT
        if size & (size - 1) == 0:
            height = size.bit_length() - 1
            return self.hashes(height, start >> height, (start >> height) + 1)
        split = _split(size)
        return node_hash(self.root_of(start, start + split), self.root_of(start + split, end))

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """PATH(index, D[size]): proves the leaf at ``index`` in the tree of ``size``."""
        if not 0 <= index < size <= self.size:
            raise ValueError(f"no leaf {index} in a tree of {size}")
        return tuple(self._path(index, 0, size))

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        split = start + _split(end - start)
        if index < split:
            return [*self._path(index, start, split), self.root_of(split, end)]
        return [*self._path(index, split, end), self.root_of(start, split)]

    def consistency(self, old: int, size: int) -> tuple[bytes, ...]:
        """PROOF(old, D[size]): proves that the tree of ``size`` continues the tree of ``old``."""
        if not 0 < old <= size <= self.size:
            raise ValueError(f"no tree of {old} before one of {size}")
        return tuple(self._subproof(old, 0, size, True))

    def _subproof(self, old: int, start: int, end: int, whole: bool) -> list[bytes]:
        if old == end - start:
            return [] if whole else [self.root_of(start, end)]
        split = _split(end - start)
        middle = start + split
        if old <= split:
            return [*self._subproof(old, start, middle, whole), self.root_of(middle, end)]
        return [*self._subproof(old - split, middle, end, False), self.root_of(start, middle)]


def levels(leaves: Iterable[bytes]) -> Levels:
    """Every perfect subtree over the leaf hashes."""
    return levels_over(bytearray().join(leaves))


def levels_over(leaves: bytearray) -> Levels:
    """The same over leaf hashes that lie beside each other; takes them, and does not copy them."""
    rows = [leaves]
    while len(rows[-1]) >= _PAIR:
        below = rows[-1]
        pairs = range(0, len(below) - HASH_BYTES, _PAIR)
        rows.append(bytearray().join([_node(below[at : at + _PAIR]) for at in pairs]))
    return Levels(rows)


def check_inclusion(
    proof: Sequence[bytes], index: int, leaf: bytes, size: int, root: bytes
) -> None:
    """Checks an inclusion proof (RFC 9162, section 2.1.3.2). Raises ProofRefused."""
    _check_hashes((leaf, root, *proof))
    if not 0 <= index < size:
        raise ProofRefused(f"there is no entry {index} in a record of {size}")
    position, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofRefused("the proof is too long")
        if position & 1 or position == last:
            node = node_hash(sibling, node)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            node = node_hash(node, sibling)
        position >>= 1
        last >>= 1
    if last != 0:
        raise ProofRefused("the proof is too short")
    if node != root:
        raise ProofRefused("the proof leads to another record")


def check_consistency(
    proof: Sequence[bytes], old_size: int, old_root: bytes, size: int, root: bytes
) -> None:
    """Checks a consistency proof (RFC 9162, section 2.1.4.2). Raises ProofRefused."""
    _check_hashes((old_root, root, *proof))
    if not 0 < old_size <= size:
        raise ProofRefused(f"a record of {size} cannot continue one of {old_size}")
    if old_size == size:
        if proof or old_root != root:
            raise ProofRefused("two records of the same length differ")
        return
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        raise ProofRefused("the proof is too short")
    position, last = old_size - 1, size - 1
    while position & 1:
        position >>= 1
        last >>= 1
    first = second = path[0]
    for node in path[1:]:
        if last == 0:
            raise ProofRefused("the proof is too long")
        if position & 1 or position == last:
            first, second = node_hash(node, first), node_hash(node, second)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            second = node_hash(second, node)
        position >>= 1
        last >>= 1
    if last != 0:
        raise ProofRefused("the proof is too short")
    if first != old_root:
        raise ProofRefused("the proof does not start from the older record")
    if second != root:
        raise ProofRefused("the record does not continue the older one: history was changed")


def _check_hashes(hashes: Sequence[bytes]) -> None:
    # Two hashes of another length could be read as one pair of the right length.
    if any(len(one) != HASH_BYTES for one in hashes):
        raise ProofRefused("a hash has not 32 bytes")
