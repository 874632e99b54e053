"""Keys that anybody can sign for: the points of small order on the curve of Ed25519.

Under such a key a signature fits any text, or one in so many (RFC 8032, sections 5.1.7 and 8.4: the
group has the cofactor 8). These are the 8 points, as libsodium lists them
(ge25519_has_small_order), without the bit that tells x from -x, and however they are written.
"""

from __future__ import annotations

import base64

_P = 2**255 - 19
_EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
"""The y of two of the points of order 8; that of the two others is -y."""

_Y = frozenset({0, 1, _P - 1, _P, _P + 1, _EIGHTH, _P - _EIGHTH})


def of_small_order(public: str) -> bool:
    """Whether anybody can sign for the key (32 bytes in base64)."""
    point = int.from_bytes(base64.b64decode(public), "little")
    return point & (2**255 - 1) in _Y
