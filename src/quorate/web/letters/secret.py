"""Letters about secret ballots: to trustees who have to do something in time, and to voters."""

from __future__ import annotations

from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.plain import on
from quorate.chapters.secret.remembers import Register
from quorate.chapters.state import State
from quorate.store.letters_owed_secret import register_of
from quorate.store.outbox import Taken
from quorate.web import names
from quorate.web.letters.words import Words, link


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
    return Words(
        "Claim your key for the secret ballots",
        "The trustees have their keys. Claim yours with your own device; without one you do\n"
        f"not vote by secret ballot there. You can until {minutes} minutes after the opening.\n\n"
        f"{link(f'registers/{register.number}/my-key')}",
    )


def mix(state: State, taken: Taken) -> Words:
    """To a trustee, once no key can be claimed."""
    register = _register(state, taken)
    until = (register.closed or 0) + register.rules.mix_minutes * MINUTE
    return Words(
        "The keys of the secret ballots wait to be mixed",
        f"Mix them and decrypt them with the file that you saved, by {on(until)};\n"
        "else nobody can vote by secret ballot.\n\n"
        f"{link(f'registers/{register.number}/trustee')}",
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
    opens = state.floor.conventions[register.convention].dates.opens
    due = opens - register.rules.keys_days * DAY
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
