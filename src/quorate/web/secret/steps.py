"""Where a register of voting keys stands: what each trustee has done and does next, who could claim
a key, until when."""

from __future__ import annotations

from typing import Literal, NamedTuple

from quorate.chapters.elections.remembers import Election
from quorate.chapters.plain import counted, on
from quorate.chapters.secret.claim import who_votes_by
from quorate.chapters.secret.remembers import Register, Trustee
from quorate.chapters.secret.terms import keys_due, mix_due
from quorate.chapters.state import State
from quorate.rulebook.words import plural

Step = Literal[
    "void",
    "named",
    "certify",
    "share",
    "confirm",
    "claims",
    "mix",
    "decrypt",
    "roll",
    "over",
    "wait",
    "voting",
    "papers",
    "shuffle",
    "open",
    "result",
]
"""What a trustee does next: be named, with a key that they make first; the three rounds of the key;
nothing while keys are claimed; mix, decrypt; state the roll; "over" when it stands. "wait": for the
other trustees. Of a ballot box (``box_steps``): nothing while votes are cast, or papers entered;
shuffle it, open it (decrypt it), state the result."""


class Next(NamedTuple):
    """``said``: what is to be done or waited for, as a sentence. ``turn``: whose it is to mix; 0
    for whoever is first."""

    step: Step
    said: str
    turn: int = 0


def next_of(state: State, register: Register, owner: int) -> Next:
    """What the trustee in this place, from 1, does next."""
    own = register.trustees[owner - 1]
    if register.void:
        return Next("void", void_because(register))
    if register.roll:
        return Next("over", "The roll stands. Keep your file: the votes are decrypted with it.")
    if not register.description:
        return _key(register, own)
    if register.closed is None:
        return Next(
            "claims",
            "The trustees have their keys, and voters claim theirs. When that is over, you mix and "
            "decrypt with your file.",
        )
    return _roll(register, owner)


def _key(register: Register, own: Trustee) -> Next:
    """The same while the trustees come to their keys."""
    if not own.who:
        return Next("named", "Make your key, and have whoever names you enter it.")
    if not own.certificate:
        return Next("certify", "Make your key.")
    if missing := [one for one in register.trustees if not one.certificate]:
        return Next("wait", waiting(missing))
    if not own.polynomial:
        return Next("share", "Send the others their shares of the key.")
    if missing := [one for one in register.trustees if not one.polynomial]:
        return Next("wait", waiting(missing))
    if not own.voutput:
        return Next("confirm", "Check the shares, and confirm the key.")
    return Next("wait", waiting([one for one in register.trustees if not one.voutput]))


def _roll(register: Register, owner: int) -> Next:
    """The same once no key can be claimed."""
    mixed = [part.owner for part in register.mixes]
    decrypted = [part.owner for part in register.decryptions]
    names = register.trustees
    if len(mixed) < register.rules.needed and not decrypted:
        left = [one for one in range(1, len(names) + 1) if one not in mixed]
        if owner in left:
            turn = left.index(owner)
            said = "Mix the keys, so that nobody knows whose is whose."
            if turn:
                before = side_of(names[left[0] - 1])
                said = f"It is first the turn of {before}; if they do not come, you mix the keys."
            return Next("mix", said, turn)
        return Next("wait", waiting([names[left[0] - 1]]))
    if owner not in decrypted:
        return Next("decrypt", "Decrypt the mixed list.")
    missing = [one for place, one in enumerate(names, 1) if place not in decrypted]
    if missing:
        return Next("wait", waiting(missing))
    return Next("roll", "State the roll, which follows from what you all have decrypted.")


def waiting(missing: list[Trustee]) -> str:
    """Whom it waits for, as a sentence."""
    return f"It waits for {' and '.join(side_of(one) for one in missing)}."


def side_of(trustee: Trustee) -> str:
    """Such as "the trustee of the side outside"."""
    return f"the trustee of the side {trustee.side.replace('-', ' ')}"


def done_by(register: Register, owner: int) -> str:
    """What this trustee has done so far, in words."""
    own = register.trustees[owner - 1]
    if any(part.owner == owner for part in register.decryptions):
        return "has decrypted the roll"
    if any(part.owner == owner for part in register.mixes):
        return "has mixed the keys"
    if own.voutput:
        return "has confirmed the key"
    if own.polynomial:
        return "has sent the shares"
    if own.certificate:
        return "has made their key"
    if own.who:
        return "has not made their key yet"
    return "is not drawn yet" if own.way == "lot" else "is not named yet"


def due(state: State, register: Register) -> int | None:
    """Until when (ms) what is under way has to be done, where that is known."""
    if register.void or register.roll:
        return None
    if not register.description:
        return keys_due(state, register)
    if register.closed is None:
        return register.closes
    return mix_due(register, register.closed)


def claims_close(state: State, register: Register) -> str:
    """Such as "60 minutes after the opening", while nobody knows when that will be."""
    if register.closes is not None:
        return on(register.closes)
    words = state.rules.organisation.words
    minutes = counted(register.rules.claims_minutes, "minute")
    return f"{minutes} after the {words.convention} has opened"


def could_claim(state: State, register: Register) -> int:
    """How many vote in its elections now, and are in good standing."""
    members = state.membership.members
    return sum(members[who].standing == "good" for who in who_votes_by(state, register))


def who_could_claim(state: State, register: Register) -> str:
    """Such as "12 delegates have", or in a place "1 member has"."""
    words = state.rules.organisation.words
    one = words.member if register.place else words.delegate
    could = could_claim(state, register)
    return f"{counted(could, one, plural(one))} {'has' if could == 1 else 'have'}"


def elections_of(state: State, register: Register) -> tuple[Election, ...]:
    """The elections that are held by it, or were called for it."""
    return tuple(
        election
        for number, election in sorted(state.elections.elections.items())
        if election.register == register.number or number in register.elections
    )


def void_because(register: Register) -> str:
    """Why a register is void, as a sentence."""
    because = {
        "keys": "The trustees did not come to their keys in time.",
        "claims": "Fewer keys were claimed than the rulebook asks for.",
        "mix": "The trustees did not make the roll in time.",
        "box": "Too few trustees came to open a ballot box in time.",
        "": "",
    }
    return f"This register is void. {because[register.void]}"


def place_of(register: Register, who: str) -> int | None:
    """The place of this trustee, from 1; None for whoever is none."""
    if not who:
        return None
    return next((n for n, one in enumerate(register.trustees, 1) if one.who == who), None)


def purpose(state: State, register: Register) -> str:
    """What a trustee's file and a voter's say that they are for."""
    return f"register {register.number} of {state.founding.origin}"
