"""The lane's clock: what it forgives, and what halts the lane."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from quorate.store import clock

SECOND = 1_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
START = 1_800_000_000 * SECOND


@dataclass
class Machine:
    """A machine whose two clocks the test moves, ms."""

    wall: int = START
    steady: int = 5 * HOUR

    def pass_(self, time: int, *, drift: int = 0) -> None:
        """Time passes, in which the wall clock moves ``drift`` more."""
        self.steady += time
        self.wall += time + drift


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(clock, "_wall", lambda: made.wall)
    monkeypatch.setattr(clock, "_steady", lambda: made.steady)
    return made


def test_a_jump_halts_and_setting_it_right_goes_on(machine: Machine) -> None:
    lane = clock.Clock()
    machine.pass_(0, drift=HOUR)
    with pytest.raises(clock.ClockJumped, match="jumped by 3600 seconds"):
        lane.now(START)
    machine.pass_(10, drift=-HOUR)
    assert lane.now(START) == START + 10


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize("step", [80 * SECOND, SECOND, 10])
@pytest.mark.parametrize("pause", [0, 1])
def test_small_steps_add_up_to_a_jump(
    machine: Machine, direction: int, step: int, pause: int
) -> None:
    lane = clock.Clock()

    def walk() -> int:
        """How far the clock is when the lane halts, or when nothing has halted it for long."""
        moved = 0
        while moved < 10 * clock.TOLERANCE:
            machine.pass_(pause, drift=direction * step)
            moved += step
            try:
                lane.now(0)
            except clock.ClockJumped:
                break
        return moved

    assert walk() <= clock.TOLERANCE + 2 * step


def test_no_more_than_a_slew_is_forgiven_in_a_day(machine: Machine) -> None:
    """However the clock is moved, it gets nowhere faster than 43 seconds a day."""
    lane = clock.Clock()
    halted = 0
    for _ in range(24 * 60):
        machine.pass_(60 * SECOND, drift=SECOND)
        try:
            lane.now(0)
        except clock.ClockJumped:
            halted += 1
            machine.wall -= SECOND
    gone = machine.wall - START - DAY
    assert halted
    assert gone <= clock.TOLERANCE + DAY * clock.SLEW / 1_000_000


def test_a_clock_that_is_slewed_right_goes_on(machine: Machine) -> None:
    """NTP takes out 300 seconds at its highest rate, looked at every few seconds for a week."""
    lane = clock.Clock()
    for _ in range(200_000):
        machine.pass_(3 * SECOND, drift=1)
        assert lane.now(0) == machine.wall
    assert machine.wall - machine.steady - (START - 5 * HOUR) > 2 * clock.TOLERANCE


def test_how_often_it_is_looked_at_makes_no_difference(machine: Machine) -> None:
    lane = clock.Clock()
    machine.pass_(0, drift=clock.TOLERANCE)
    for _ in range(100_000):
        machine.pass_(1)
        lane.now(0)
    machine.pass_(0, drift=50)
    assert lane.now(0) == machine.wall
    machine.pass_(0, drift=1)
    with pytest.raises(clock.ClockJumped):
        lane.now(0)
