"""What the rules of secret ballots say that cannot be: a key that one side holds alone, trustees
who cannot be there in time."""

from __future__ import annotations

from collections.abc import Iterator

from quorate.rulebook.fault import Fault
from quorate.rulebook.schema import Body, Post, Rulebook

MOST_SIDES = 9
"""More trustees' messages would not fit into an entry."""
A_DAY = 24
"""Hours."""


def secret_offices(rulebook: Rulebook) -> dict[str, Body | Post]:
    """The offices that are elected by secret ballot, by dotted path."""
    every: dict[str, Body | Post] = {f"bodies.{n}": body for n, body in rulebook.bodies.items()}
    every |= {f"posts.{n}": post for n, post in rulebook.posts.items()}
    return {path: office for path, office in every.items() if office.secret}


def contradictions(rulebook: Rulebook) -> Iterator[Fault]:
    """Every contradiction in [secret], and of the offices that rest on it."""
    offices = secret_offices(rulebook)
    elected_on_paper = rulebook.elections.on_paper
    for path, office in offices.items():
        if office.chosen_by == "appointment":
            yield Fault(f"{path}.secret", "nobody votes on it: it is filled by appointment")
        elif office.count == "cumulative/1":
            yield Fault(
                f"{path}.secret",
                "cannot be counted by cumulative/1: a secret ballot holds crosses or an order",
            )
        elif not rulebook.secret.sides:
            yield Fault(f"{path}.secret", "needs trustees: name their sides in secret.sides")
        elif office.chosen_by in ("branch", "region") and not elected_on_paper:
            yield Fault(
                f"{path}.secret",
                "needs elections.on_paper: where fewer vote than secret.fewest_voters, nobody "
                "could be elected",
            )
    needed = bool(offices) or bool(rulebook.secret.on_demand)
    if needed and rulebook.secret.without_trustees == "paper" and not elected_on_paper:
        yield Fault("secret.without_trustees", "is paper, and elections.on_paper allows none")
    if rulebook.secret.on_demand and not rulebook.secret.sides:
        yield Fault("secret.on_demand", "needs trustees: name their sides in secret.sides")
    if rulebook.secret.sides:
        yield from _sides(rulebook)
        yield from _needed(rulebook)
    chosen_by = {office.chosen_by for office in offices.values()}
    if "convention" in chosen_by or rulebook.secret.on_demand:
        yield from _in_time_at_the_convention(rulebook)
    if chosen_by & {"branch", "region"}:
        yield from _in_time_in_a_place(rulebook)


def _sides(rulebook: Rulebook) -> Iterator[Fault]:
    sides = rulebook.secret.sides
    by: dict[str, str] = {}
    drawn: list[str] = []
    for name, side in sorted(sides.items()):
        path = f"secret.sides.{name}.named_by"
        if side.trustee == "lot":
            if side.named_by is not None:
                yield Fault(path, "is not for a side whose trustee is drawn")
            drawn.append(name)
            continue
        if side.named_by is None:
            yield Fault(path, "is needed: who names this side's trustee?")
        elif side.named_by in by:
            yield Fault(path, f"names the trustee of {by[side.named_by]} too: nobody names two")
        else:
            by[side.named_by] = name
    if len(drawn) > 1:
        yield Fault("secret.sides", f"has more than one that is drawn: {', '.join(drawn)}")
    if not 2 <= len(sides) <= MOST_SIDES:
        yield Fault("secret.sides", f"must be two at least, and {MOST_SIDES} at most")


def _needed(rulebook: Rulebook) -> Iterator[Fault]:
    rule = rulebook.secret
    size = len(rule.sides)
    if rule.needed < 2:
        yield Fault("secret.needed", "must be two at least: one alone could read every vote")
    if rule.needed > size:
        yield Fault("secret.needed", f"is more than there are sides ({size})")
    if rule.needed == size and not rule.all_needed:
        yield Fault(
            "secret.needed",
            "is every side: one lost key would lose an election. Name another side, or say "
            "secret.all_needed",
        )
    if rule.all_needed and rule.needed != size:
        yield Fault("secret.all_needed", "goes together with secret.needed of every side")


def _in_time_at_the_convention(rulebook: Rulebook) -> Iterator[Fault]:
    days = rulebook.floor.notice - rulebook.secret.keys_days
    if days <= 0:
        yield Fault("secret.keys_days", "comes before floor.notice: nobody is named yet")
    elif _drawn(rulebook) and days * 24 <= _hours_to_draw(rulebook):
        yield Fault("secret.keys_days", "leaves no time to draw a trustee and hear from them")


def _in_time_in_a_place(rulebook: Rulebook) -> Iterator[Fault]:
    rule = rulebook.secret
    if rule.keys_hours + rule.claims_hours + rule.mix_hours > (
        rulebook.elections.nominations_days * 24
    ):
        yield Fault("secret.mix_hours", "ends after elections.nominations_days: nobody could vote")
    if rule.claims_hours < A_DAY:
        yield Fault(
            "secret.claims_hours",
            "is less than a day: whoever calls an election could have keys claimed at night only",
        )
    if _drawn(rulebook) and rule.keys_hours <= _hours_to_draw(rulebook):
        yield Fault("secret.keys_hours", "leaves no time to draw a trustee and hear from them")


def _drawn(rulebook: Rulebook) -> bool:
    return any(side.trustee == "lot" for side in rulebook.secret.sides.values())


def _hours_to_draw(rulebook: Rulebook) -> int:
    return sum(rulebook.lots.hours(sitting=False)) + rulebook.secret.answer_hours
