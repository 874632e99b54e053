"""Whose turn it is: one thread's at a time, in their order, and nobody waits for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest

from quorate.store import turns as module
from quorate.store.turns import Turns

SOON = 10.0


def started(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def came(turns: Turns, many: int) -> None:
    """So many threads have come and wait."""
    until = time.monotonic() + SOON
    while len(turns._waiting) < many:
        assert time.monotonic() < until
        time.sleep(0.001)


def test_one_at_a_time() -> None:
    turns, inside, most, total = Turns(), 0, 0, 0

    def work() -> None:
        nonlocal inside, most, total
        for _ in range(200):
            assert turns.take()
            inside += 1
            most = max(most, inside)
            total += 1
            inside -= 1
            turns.leave()

    threads = [started(work) for _ in range(8)]
    for thread in threads:
        thread.join(SOON)
    assert (most, total) == (1, 1600)


def test_in_the_order_in_which_they_came() -> None:
    turns, order = Turns(), []
    turns.take()

    def work(number: int) -> None:
        turns.take()
        order.append(number)
        turns.leave()

    threads = []
    for number in range(6):
        threads.append(started(partial(work, number)))
        came(turns, number + 1)
    turns.leave()
    for thread in threads:
        thread.join(SOON)
    assert order == list(range(6))


def test_whose_work_was_done_meanwhile_goes_at_once_without_a_turn() -> None:
    turns = Turns()
    done, answers = [False, False, False], {}
    assert turns.take()

    def work(number: int) -> None:
        answers[number] = turns.take(lambda: done[number])
        if answers[number]:
            time.sleep(0.05)
            turns.leave()

    threads = []
    for number in range(3):
        threads.append(started(partial(work, number)))
        came(turns, number + 1)
    done[0] = done[2] = True
    turns.leave()
    for thread in threads:
        thread.join(SOON)
    assert answers == {0: False, 1: True, 2: False}
    assert turns.take(lambda: True) is False, "it is done before anybody waits"
    assert turns.take(), "and nobody has it"


class Ended(BaseException):
    """What ends a program."""


class Broken:
    """A gate at which the program is being ended, when it is waited at the second time."""

    def __init__(self, before: Callable[[], None]) -> None:
        self.times, self.before = 0, before

    def acquire(self) -> None:
        self.times += 1
        if self.times == 2:
            self.before()
            raise Ended

    def release(self) -> None:
        pass


def ended_while_waiting(
    monkeypatch: pytest.MonkeyPatch, turns: Turns, before: Callable[[], None] = lambda: None
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(module, "_Waiting", partial(module._Waiting, gate=Broken(before)))
        with pytest.raises(Ended):
            turns.take()


def test_who_is_ended_while_waiting_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns()
    turns.take()
    ended_while_waiting(monkeypatch, turns)
    turns.leave()
    assert turns.take()


def test_who_is_ended_when_the_turn_just_came_gives_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns()
    turns.take()
    ended_while_waiting(monkeypatch, turns, before=turns.leave)
    assert turns.take()
