"""Ed25519 by the formulas of RFC 8032 in Python's integers: slow, and nothing of libsodium's."""

from __future__ import annotations

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

Point = tuple[int, int]

ONE: Point = (0, 1)


def add(left: Point, right: Point) -> Point:
    (x1, y1), (x2, y2) = left, right
    t = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P
    return x, y


def times(point: Point, n: int) -> Point:
    result = ONE
    while n:
        if n & 1:
            result = add(result, point)
        point = add(point, point)
        n >>= 1
    return result


def uncompress(z: int) -> Point | None:
    """The point that the number stands for, or None where there is none."""
    y, sign = z % 2**255 % P, z >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square:
        return None
    return (x if x % 2 == sign else -x % P, y)


def compress(point: Point) -> int:
    return point[1] | (point[0] & 1) << 255


def in_group(point: Point) -> bool:
    return times(point, Q) == ONE


_G = uncompress(4 * pow(5, -1, P) % P)
assert _G is not None
G = _G
