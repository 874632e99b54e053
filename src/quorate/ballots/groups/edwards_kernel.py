"""Many products of powers on Ed25519's curve at once, compiled: for verifying, never for secrets.

``edwards_products`` is how it is used. Importing this needs numba; what it compiled is kept on
disk. All of it is in one file, since numba does not see that a file has changed which another uses.
Its time depends on the exponents.

Curve and encoding are RFC 8032's (5.1), the formulas those of Hisil, Wong, Carter and Dawson,
"Twisted Edwards Curves Revisited" (2008), for a = -1: they are complete, so no case stands apart.
A number modulo p = 2^255 - 19 is five limbs of 51 bits, each below 2^54 when it is multiplied; a
product's are below 2^51 + 2^14. ``tests/ballots/test_kernel_bounds.py`` works the bounds out.

Of an element's powers the doublings are made once, from the lowest bit up, for all exponents and
for the order q: that q times the element is neutral shows that it is of the group. Each exponent
adds a doubling, or takes it away, where its digits in -7, -5 … 7 say so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.extending import intrinsic

P = 2**255 - 19
_D = -121665 * pow(121666, -1, P) % P

U = np.uint64
_51, _19 = U(51), U(19)
_MASK = U((1 << 51) - 1)
_4P_LOW, _4P = U(4 * ((1 << 51) - 19)), U(4 * ((1 << 51) - 1))


def _limbs(number: int) -> tuple[np.uint64, ...]:
    return tuple(U(number >> 51 * place & (1 << 51) - 1) for place in range(5))


_0, _1, _D1, _D2 = map(_limbs, (0, 1, _D, 2 * _D % P))
_ROOT = _limbs(pow(2, (P - 1) // 4, P))
"""Of -1."""


def _compiled(function: Callable[..., Any]) -> Any:
    """Compiled, and kept on disk where there is a folder for that."""
    try:
        return njit(cache=True)(function)
    except RuntimeError:
        return njit(function)


def _dotted(
    typing: Any, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, g: Any, h: Any, i: Any, j: Any,
    more: Any,
) -> Any:  # fmt: skip
    """ab + cd + ef + gh + ij + more, in 128 bits: the lowest 64, and what is above the lowest
    51."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        wide = ir.IntType(128)
        *factors, total = [builder.zext(one, wide) for one in args]
        for left, right in zip(factors[::2], factors[1::2], strict=True):
            total = builder.add(total, builder.mul(left, right))
        high = builder.lshr(total, ir.Constant(wide, 51))
        both = [builder.trunc(one, ir.IntType(64)) for one in (total, high)]
        return context.make_tuple(builder, signature.return_type, both)

    pair: Any = types.UniTuple(types.uint64, 2)  # type: ignore[no-untyped-call]
    return pair(*[types.uint64] * 11), code


_dot: Any = intrinsic(_dotted)


@_compiled
def _mul(a: Any, b: Any) -> Any:
    a0, a1, a2, a3, a4 = a
    b0, b1, b2, b3, b4 = b
    c1, c2, c3, c4 = _19 * b1, _19 * b2, _19 * b3, _19 * b4
    l0, up = _dot(a0, b0, a1, c4, a2, c3, a3, c2, a4, c1, U(0))
    l1, up = _dot(a0, b1, a1, b0, a2, c4, a3, c3, a4, c2, up)
    l2, up = _dot(a0, b2, a1, b1, a2, b0, a3, c4, a4, c3, up)
    l3, up = _dot(a0, b3, a1, b2, a2, b1, a3, b0, a4, c4, up)
    l4, up = _dot(a0, b4, a1, b3, a2, b2, a3, b1, a4, b0, up)
    low = (l0 & _MASK) + _19 * up
    return low & _MASK, (l1 & _MASK) + (low >> _51), l2 & _MASK, l3 & _MASK, l4 & _MASK


@_compiled
def _square(a: Any) -> Any:
    a0, a1, a2, a3, a4 = a
    b0, b1, b2, c3, c4 = a0 + a0, a1 + a1, a2 + a2, _19 * a3, _19 * a4
    no = U(0)
    l0, up = _dot(a0, a0, b1, c4, b2, c3, no, no, no, no, no)
    l1, up = _dot(b0, a1, b2, c4, a3, c3, no, no, no, no, up)
    l2, up = _dot(b0, a2, a1, a1, a3 + a3, c4, no, no, no, no, up)
    l3, up = _dot(b0, a3, b1, a2, a4, c4, no, no, no, no, up)
    l4, up = _dot(b0, a4, b1, a3, a2, a2, no, no, no, no, up)
    low = (l0 & _MASK) + _19 * up
    return low & _MASK, (l1 & _MASK) + (low >> _51), l2 & _MASK, l3 & _MASK, l4 & _MASK


@_compiled
def _add(a: Any, b: Any) -> Any:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]


@_compiled
def _sub(a: Any, b: Any) -> Any:
    return (
        a[0] + _4P_LOW - b[0],
        a[1] + _4P - b[1],
        a[2] + _4P - b[2],
        a[3] + _4P - b[3],
        a[4] + _4P - b[4],
    )


@_compiled
def _carried(a: Any) -> Any:
    """The number below p, its limbs below 2^51."""
    a0, a1, a2, a3, a4 = a
    for _ in range(3):
        a1 += a0 >> _51
        a2 += a1 >> _51
        a3 += a2 >> _51
        a4 += a3 >> _51
        a0 = (a0 & _MASK) + _19 * (a4 >> _51)
        a1, a2, a3, a4 = a1 & _MASK, a2 & _MASK, a3 & _MASK, a4 & _MASK
    # It is below 2^255 now; p is taken away if 19 more make it 2^255.
    over = (a0 + _19) >> _51
    over = (a1 + over) >> _51
    over = (a2 + over) >> _51
    over = (a3 + over) >> _51
    over = (a4 + over) >> _51
    a0 += _19 * over
    a1 += a0 >> _51
    a2 += a1 >> _51
    a3 += a2 >> _51
    a4 += a3 >> _51
    return a0 & _MASK, a1 & _MASK, a2 & _MASK, a3 & _MASK, a4 & _MASK


@_compiled
def _same(a: Any, b: Any) -> Any:
    a, b = _carried(a), _carried(b)
    return a[0] == b[0] and a[1] == b[1] and a[2] == b[2] and a[3] == b[3] and a[4] == b[4]


@_compiled
def _squared(a: Any, times: int) -> Any:
    for _ in range(times):
        a = _square(a)
    return a


@_compiled
def _to_250(a: Any) -> Any:
    """a^(2^250 - 1), and a^11."""
    a2 = _mul(a, a)
    a9 = _mul(a, _squared(a2, 2))
    a11 = _mul(a9, a2)
    b5 = _mul(_mul(a11, a11), a9)
    b10 = _mul(_squared(b5, 5), b5)
    b20 = _mul(_squared(b10, 10), b10)
    b40 = _mul(_squared(b20, 20), b20)
    b50 = _mul(_squared(b40, 10), b10)
    b100 = _mul(_squared(b50, 50), b50)
    b200 = _mul(_squared(b100, 100), b100)
    return _mul(_squared(b200, 50), b50), a11


@_compiled
def _inverse(a: Any) -> Any:
    """a^(p - 2)."""
    b250, a11 = _to_250(a)
    return _mul(_squared(b250, 5), a11)


@_compiled
def _double(point: Any) -> Any:
    """A point is (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z."""
    X, Y, Z, _T = point
    A, B, ZZ, S = _square(X), _square(Y), _square(Z), _add(X, Y)
    H = _add(A, B)
    E = _sub(H, _square(S))
    G = _sub(A, B)
    F = _add(_add(ZZ, ZZ), G)
    return _mul(E, F), _mul(G, H), _mul(F, G), _mul(E, H)


@_compiled
def _to_add(point: Any) -> Any:
    """What is added of a point: Y + X, Y - X, 2Z, 2dT."""
    X, Y, Z, T = point
    return _add(Y, X), _carried(_sub(Y, X)), _add(Z, Z), _mul(T, _D2)


@_compiled
def _negative(it: Any) -> Any:
    return it[1], it[0], it[2], _carried(_sub(_0, it[3]))


@_compiled
def _plus(point: Any, it: Any) -> Any:
    X, Y, Z, T = point
    A, B = _mul(_sub(Y, X), it[1]), _mul(_add(Y, X), it[0])
    C, D = _mul(T, it[3]), _mul(Z, it[2])
    E, F, G, H = _sub(B, A), _sub(D, C), _add(D, C), _add(B, A)
    return _mul(E, F), _mul(G, H), _mul(F, G), _mul(E, H)


@_compiled
def _is_point(point: Any) -> Any:
    """Whether it is a point of the curve; (0, 0, 0, 0) is taken for one."""
    X, Y, Z, T = point
    left = _add(_square(Y), _sub(_0, _square(X)))
    right = _add(_square(Z), _mul(_square(T), _D1))
    return _same(left, right) and _same(_mul(X, Y), _mul(Z, T))


@_compiled
def _number(text: Any) -> Any:
    """Of 32 bytes, the lowest first; the highest bit is left out."""
    words = np.zeros(4, np.uint64)
    for place in range(32):
        words[place >> 3] |= U(text[place]) << U(8 * (place & 7))
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    return (
        w0 & _MASK,
        (w0 >> _51 | w1 << U(13)) & _MASK,
        (w1 >> U(38) | w2 << U(26)) & _MASK,
        (w2 >> U(25) | w3 << U(39)) & _MASK,
        (w3 >> U(12)) & _MASK,
    )


@_compiled
def _read(text: Any) -> Any:
    """Whether it is the canonical text of a point on the curve (RFC 8032, 5.1.3), and the point."""
    y = _number(text)
    whole = _carried(y)
    if not (y[0] == whole[0] and y[1] == whole[1] and y[4] == whole[4]):
        return False, (_0, _1, _1, _0)
    yy = _mul(y, y)
    u, v = _carried(_sub(yy, _1)), _add(_mul(yy, _D1), _1)
    v3 = _mul(_mul(v, v), v)
    uv7 = _mul(_mul(u, v), _mul(v3, v3))
    b250, _a11 = _to_250(uv7)
    x = _mul(_mul(u, v3), _mul(_squared(b250, 2), uv7))
    vxx = _mul(v, _mul(x, x))
    if not _same(vxx, u):
        if not _same(_add(vxx, u), _0):
            return False, (_0, _1, _1, _0)
        x = _mul(x, _ROOT)
    x = _carried(x)
    odd = U(text[31]) >> U(7)
    if x[0] == 0 and x[1] == 0 and x[2] == 0 and x[3] == 0 and x[4] == 0 and odd == 1:
        return False, (_0, _1, _1, _0)
    if x[0] & U(1) != odd:
        x = _carried(_sub(_0, x))
    return True, (x, y, _1, _mul(x, y))


@_compiled
def _write(point: Any, inverse: Any, out: Any) -> None:
    """``inverse``: of Z. ``out``: 32 bytes."""
    x, y = _carried(_mul(point[0], inverse)), _carried(_mul(point[1], inverse))
    w0, w1 = y[0] | y[1] << _51, y[1] >> U(13) | y[2] << U(38)
    w2, w3 = y[2] >> U(26) | y[3] << U(25), y[3] >> U(39) | y[4] << U(12)
    words = (w0, w1, w2, w3 | (x[0] & U(1)) << U(63))
    for place in range(32):
        out[place] = words[place >> 3] >> U(8 * (place & 7)) & U(255)


@_compiled
def _digits(exponent: Any, out: Any) -> None:
    """Of 32 bytes, the lowest first, below 2^253: 256 digits in -7, -5 … 7, or 0, whose sum times
    2^place is the exponent."""
    for place in range(256):
        out[place] = exponent[place >> 3] >> (place & 7) & 1
    for place in range(256):
        if out[place] == 0:
            continue
        for more in range(1, 5):
            above = place + more
            if above > 255 or out[above] == 0:
                continue
            if out[place] + (out[above] << more) <= 7:
                out[place] += out[above] << more
                out[above] = 0
            elif out[place] - (out[above] << more) >= -7:
                out[place] -= out[above] << more
                while above < 256 and out[above] != 0:
                    out[above] = 0
                    above += 1
                if above < 256:
                    out[above] = 1
            else:
                break


@_compiled
def _put(point: Any, into: Any) -> None:
    for part in range(4):
        for limb in range(5):
            into[part, limb] = point[part][limb]


@_compiled
def _part(kept: Any, part: int) -> Any:
    return kept[part, 0], kept[part, 1], kept[part, 2], kept[part, 3], kept[part, 4]


@_compiled
def _got(kept: Any) -> Any:
    return _part(kept, 0), _part(kept, 1), _part(kept, 2), _part(kept, 3)


@_compiled
def _summed(sums: Any) -> Any:
    """1, 3, 5 and 7 times the four points."""
    of_all = _got(sums[3])
    stairs = of_all
    for place in range(2, -1, -1):
        of_all = _plus(of_all, _to_add(_got(sums[place])))
        stairs = _plus(stairs, _to_add(of_all))
    return _plus(_double(stairs), _negative(_to_add(of_all)))


@_compiled
def _powers(element: Any, digits: Any, many: int, out: Any) -> None:
    """The element to each exponent, whose digits are given."""
    sums = np.zeros((many, 4, 4, 5), np.uint64)
    for n in range(many):
        for place in range(4):
            _put((_0, _1, _1, _0), sums[n, place])
    doubled = element
    for place in range(256):
        needed = False
        for n in range(many):
            needed = needed or digits[n, place] != 0
        if needed:
            more = _to_add(doubled)
            less = _negative(more)
            for n in range(many):
                digit = digits[n, place]
                if digit > 0:
                    into = sums[n, digit >> 1]
                    _put(_plus(_got(into), more), into)
                elif digit < 0:
                    into = sums[n, -digit >> 1]
                    _put(_plus(_got(into), less), into)
        doubled = _double(doubled)
    for n in range(many):
        _put(_summed(sums[n]), out[n])


@_compiled
def tabled(element: Any, table: Any) -> Any:
    """Fills the table of an element: for each byte of an exponent and each of its values what is
    to be added. Whether it is a point of the curve."""
    holds, base = _read(element)
    for row in range(32):
        once = _to_add(base)
        point = (_0, _1, _1, _0)
        for value in range(256):
            _put(_to_add(point), table[row, value])
            point = _plus(point, once)
        base = point
    return holds


@_compiled
def products(
    blind: Any, tables: Any, fixed: Any, exponents: Any, elements: Any, powers: Any, of: Any,
    q: Any, out: Any,
) -> Any:  # fmt: skip
    """``out[n]``: ``elements[of[n]]`` times ``blind`` to ``powers[n]``, times the element of each
    table ``t`` to ``exponents[n, t]`` where ``fixed[n, t]``. Those of one element stand together.
    Which element is none of the group; or -1; or -2 where what was made is no point."""
    many = len(of)
    made = np.zeros((many, 4, 5), np.uint64)
    digits = np.zeros((many + 1, 256), np.int8)
    raised = np.zeros((many + 1, 4, 5), np.uint64)
    first = 0
    while first < many:
        last = first
        while last < many and of[last] == of[first]:
            _digits(powers[last], digits[last - first])
            last += 1
        _digits(q, digits[last - first])
        holds, element = _read(elements[of[first]])
        if not holds:
            return of[first]
        element = _plus(element, _got(blind))
        _powers(element, digits, last - first + 1, raised)
        whole = _got(raised[last - first])
        if not _is_point(whole) or _same(whole[2], _0):
            return -2
        if not (_same(whole[0], _0) and _same(whole[1], whole[2])):
            return of[first]
        for n in range(first, last):
            point = _got(raised[n - first])
            for t in range(len(tables)):
                if fixed[n, t]:
                    for row in range(32):
                        point = _plus(point, _got(tables[t, row, exponents[n, t, row]]))
            if not _is_point(point):
                return -2
            _put(point, made[n])
        first = last
    # One inversion for all: of the product of all Z, from which each is divided out again.
    before = np.zeros((many, 4, 5), np.uint64)
    product = _1
    for n in range(many):
        _put((product, product, product, product), before[n])
        product = _mul(product, _part(made[n], 2))
    if _same(product, _0):
        return -2
    left = _inverse(product)
    for n in range(many - 1, -1, -1):
        _write(_got(made[n]), _mul(left, _part(before[n], 0)), out[n])
        left = _mul(left, _part(made[n], 2))
    return -1


@_compiled
def added(element: Any, into: Any) -> Any:
    """Puts what is to be added of an element. Whether it is a point of the curve."""
    holds, point = _read(element)
    _put(_to_add(point), into)
    return holds
