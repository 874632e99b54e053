"""Letters about secret ballots: to those who name trustees, to trustees who have to do something in
time, and to voters."""

from __future__ import annotations

from quorate.chapters.calendar import HOUR
from quorate.chapters.plain import on
from quorate.chapters.secret.remembers import Register
from quorate.chapters.secret.terms import keys_due, mix_due
from quorate.chapters.state import State
from quorate.store.letters_owed_secret import register_of
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link
from quorate.web.secret.steps import void_because


def name(state: State, taken: Taken) -> Words:
    """To whoever names a trustee of a register that is opened."""
    register = _register(state, taken)
    return Words(
        "Name a trustee of the secret ballots",
        f"A register of voting keys is opened for {_for_what(state, register)}.\n"
        "The rulebook has you name one of the trustees who hold its key together. They have\n"
        f"to make it by {on(keys_due(state, register))}; so name somebody who has the time,\n"
        "at once.\n\n"
        f"{link(f'registers/{register.number}')}",
    )


def _for_what(state: State, register: Register) -> str:
    words = state.rules.organisation.words
    if register.place:
        return f"an election in {names.place_of(state, register.place)}"
    return f"the elections of the {words.convention}"


def named(state: State, taken: Taken) -> Words:
    """To the member whom somebody has named as a trustee."""
    by = names.name_of(state, taken.by)
    return _trustee(state, taken, f"{by} has named you as a trustee of the secret ballots.")


def drawn(state: State, taken: Taken) -> Words:
    """To the member who was drawn, or comes next."""
    return _trustee(state, taken, "You were drawn by lot as a trustee of the secret ballots.")


def claim(state: State, taken: Taken) -> Words:
    """To whoever votes, once keys can be claimed."""
    register = _register(state, taken)
    minutes = register.rules.claims_minutes
    until = (
        f"{minutes} minutes after the opening" if register.closes is None else on(register.closes)
    )
    return Words(
        "Claim your key for the secret ballots",
        "The trustees have their keys. Claim yours with your own device; without one you do\n"
        f"not vote by secret ballot in {_for_what(state, register)}. You can\n"
        f"until {until}.\n\n"
        f"{link(f'registers/{register.number}/my-key')}",
    )


def closed(state: State, taken: Taken) -> Words:
    """To a trustee, once no key can be claimed; to voters, where too few were."""
    register = _register(state, taken)
    if register.void:
        return instead(state, taken)
    until = mix_due(register, register.closed or 0)
    return Words(
        "The keys of the secret ballots wait to be mixed",
        f"Mix them and decrypt them with the file that you saved, by {on(until)};\n"
        "else nobody can vote by secret ballot.\n\n"
        f"{link(f'registers/{register.number}/trustee')}",
    )


def instead(state: State, taken: Taken) -> Words:
    """To whoever votes, where nobody can by this register."""
    register = _register(state, taken)
    how = "on paper" if register.rules.without_trustees == "paper" else "later, with new keys"
    return Words(
        "No secret ballot with your voting key",
        f"{void_because(register)} {_for_what(state, register).capitalize()} is therefore not\n"
        f"held with the keys of this register. By the rulebook you vote {how}.\n\n"
        f"{link(f'registers/{register.number}')}",
    )


def open_box(state: State, taken: Taken) -> Words:
    """To a trustee, once voting is over."""
    box = state.secret.boxes[taken.act.of]
    until = (box.closed or 0) + box.rules.open_hours * HOUR
    return Words(
        f"The ballot box of election {box.election} waits to be opened",
        f"Decrypt what is in it with the file that you saved, by {on(until)}; where ballots\n"
        "are ranked they are shuffled before. If too few trustees come, nobody ever reads it,\n"
        "and the election is void.\n\n"
        f"{link(f'elections/{box.election}/trustee')}",
    )


def _trustee(state: State, taken: Taken, why: str) -> Words:
    register = _register(state, taken)
    due = keys_due(state, register)
    return Words(
        "You are to be a trustee of the secret ballots",
        f"{why}\nYou hold a part of the key with which they are opened. Make it with your own\n"
        f"device, in three steps that wait for the others; all have to be done by {on(due)}.\n"
        "If you cannot, decline at once, so that somebody else is named or drawn.\n\n"
        f"{link(f'registers/{register.number}/trustee')}\n"
        f"{link(f'act/secret.decline?register={register.number}')}",
    )


def _register(state: State, taken: Taken) -> Register:
    found = register_of(state, taken.act)
    assert found is not None  # else the entry would have asked for no letter
    return found
