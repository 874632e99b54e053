"""What a trustee hands in of a register, or a box: made from what stands last, and signed."""

from __future__ import annotations

from quorate.ballots import key_rounds, register
from quorate.ballots.json_form import Malformed
from quorate.ballots.register import GROUP
from quorate.chapters.clause import Refusal
from quorate.chapters.secret.registers import Own


def not_the_last(last: str, before: str, rule: str) -> Refusal | None:
    """The refusal of what was made from something else than stands last."""
    if before == last:
        return None
    return Refusal(
        rule,
        "It was not made from what stands there now: somebody has mixed it meanwhile.",
        "Do it again, with what they made.",
    )


def not_signed(own: Own, statement: str, signature: str) -> Refusal | None:
    """The refusal of what the trustee has not signed."""
    cert = key_rounds.read_certificate(GROUP, own.trustee.certificate.encode())
    try:
        proof = register.read_signature(signature.encode())
    except Malformed as error:
        return Refusal(
            "secret.sides",
            f"The signature cannot be read: {error}.",
            "Make it anew, on the page for trustees.",
        )
    if register.signed(key_rounds.signing_key(GROUP, cert), statement, proof):
        return None
    return Refusal(
        "secret.sides",
        "It is not signed with the key of your certificate.",
        "Make it anew, with the file of your key.",
    )
