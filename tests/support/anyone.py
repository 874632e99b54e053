"""Anyone trying anything: acts with fields that fit the state more often than not, by chance."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from quorate import organisation
from quorate.chapters.calendar import DAY, HOUR, MINUTE
from quorate.chapters.clause import FOUNDER, RULEBOOK, Occasion
from quorate.rulebook.reading import preset
from support.pure import document, person, pseudonym
from support.small import Small

NOBODY = pseudonym(10**6)
CHANGES: tuple[list[dict[str, Any]], ...] = (
    [],
    [{"path": "floor.quorum", "value": "1/3"}],
    [{"path": "floor.quorum", "value": "most"}],
    [{"path": "floor.majorities.rulebook.share", "value": "1/100"}],
    [{"path": "posts.chair", "value": None}],
    [{"path": "posts.bulletin-editor.term_days", "value": 1}],
)
CHOICES = ("for", "for", "against", "abstain", "perhaps", "1", "2,1", "1,2,3", "", "9,9", "yes")
WAITS = (0, 0, 0, 0, 0, 1, MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY)


@dataclass
class Anyone:
    """Whoever tries something, by the numbers of ``chance``."""

    small: Small
    chance: random.Random

    def waits(self) -> None:
        """Time goes on, by nothing or a little or much."""
        self.small.pure.go_to(self.small.pure.time + self.chance.choice(WAITS))

    def who(self) -> str:
        """Mostly officers and delegates: they can do most harm."""
        state = self.small.state
        now = [h.member for held in state.offices.now.values() for h in held]
        assembly = state.delegates.assemblies.get(state.floor.current or 0)
        seated = sorted(assembly.seated) if assembly is not None else []
        pools = (now, now, seated, seated, sorted(state.membership.members))
        by = self.chance.choice(pools)
        if not by or self.chance.random() < 0.03:
            return self.chance.choice((FOUNDER, RULEBOOK, NOBODY))
        return self.chance.choice(sorted(by))

    def what(self) -> str:
        """The name of an act."""
        return self.chance.choice(sorted(organisation.CLAUSES))

    def fields(self, name: str, by: str) -> dict[str, Any]:
        """Fields for it."""
        act = organisation.CLAUSES[name].act
        fields = {}
        for field, declared in act.__dataclass_fields__.items():
            fields[field] = self._value(name, field, by)
            if fields[field] is None and not isinstance(declared.default, type(None)):
                del fields[field]
        return fields | self._fitting(fields) if self.chance.random() < 0.7 else fields

    def who_may(self, name: str, fields: dict[str, Any]) -> str | None:
        """Somebody whom the rules let do just this now, if there is anybody."""
        state, time = self.small.state, self.small.pure.time
        try:
            act = organisation.read_act(name, fields)
        except organisation.BadAct:
            return None
        held = {h.member for holdings in state.offices.now.values() for h in holdings}
        seated = {m for a in state.delegates.assemblies.values() for m in a.seated}
        some = self.chance.sample(sorted(state.membership.members), 6)
        for by in self.chance.sample(order := sorted(held | seated | {*some}), len(order)):
            if organisation.decide(state, act, Occasion(state.size, time, by)) is None:
                return by
        return None

    def _fitting(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Other values for fields that belong together."""
        state, pick = self.small.state, self.chance.choice
        fit: dict[str, Any] = {}
        if "office" in fields:
            fit["office"], fit["place"] = pick(sorted(state.offices.now))
            if "member" in fields:
                fit["member"] = pick(state.offices.now[fit["office"], fit["place"]]).member
            if "opens" in fields:
                fit["opens"] = self.small.pure.time + pick((10 * MINUTE, 3 * DAY))
                fit["closes"] = fit["opens"] + pick((10 * MINUTE, 3 * DAY))
        assembly = state.delegates.assemblies.get(state.floor.current or 0)
        if "seat" in fields and "member" in fields and assembly is not None:
            fit["seat"] = pick(sorted(assembly.seats))
            fit["member"] = assembly.seats[fit["seat"]].holder or NOBODY
        if "version" in fields and state.proposals.proposals:
            fit["proposal"] = pick(sorted(state.proposals.proposals))
            fit["version"] = pick(state.bulletin.contributions[fit["proposal"]].versions).text
        if "election" in fields and (known := sorted(state.elections.elections)):
            running = [n for n in known if state.elections.elections[n].result is None]
            fit["election"] = pick(running or known)
            voters = sorted(state.elections.elections[fit["election"]].voters)
            if "member" in fields and voters:
                fit["member"] = pick(voters)
        unprinted = state.bulletin.unprinted
        if "contribution" in fields and unprinted:
            fit["contribution"] = pick(unprinted)
        if "question" in fields and state.floor.current is not None:
            convention = state.floor.conventions[state.floor.current]
            open_items = [n for n in convention.agenda or () if n not in convention.items]
            if open_items:
                fit["proposal"] = open_items[0]
        return fit

    def _value(self, act: str, field: str, by: str) -> Any:
        state, pick = self.small.state, self.chance.choice
        match field:
            case "member":
                return self._member(act)
            case "members":
                return [pick(sorted(state.membership.members)) for _ in range(pick((1, 9, 9)))]
            case "branch" | "region" | "code":
                places = [*state.membership.branches, *state.membership.regions, "NEW", "X9"]
                return pick(sorted(places))
            case "place" if act == "floor.call":
                return "The hall"
            case "place":
                return pick(["", "", "", *sorted(state.membership.branches), "A", "B"])
            case "office" | "owner":
                return pick([*sorted(state.rules.bodies), *sorted(state.rules.posts), "nobody"])
            case "seat":
                assembly = state.delegates.assemblies.get(state.floor.current or 0)
                return pick(sorted(assembly.seats) if assembly is not None else ["A1-1"])
            case "guest":
                return pick(("g-" + "a" * 16, "g-" + "b" * 16))
            case "person":
                return person(self.chance.randrange(2000, 2100))
            case "version":
                return pick(self._versions())
            case "digest":
                rolls = [
                    r for roll in state.membership.rolls.values() for r in roll.branches.values()
                ]
                return pick(sorted(r.digest for r in rolls)) if rolls else document("none")
            case "choice" | "ballot" | "number":
                return self._sealed(act, by)
            case "reason" if act == "floor.vote":
                return pick(("", "", "mistake", "changed-my-mind", "stepped-in"))
            case "reason" if act == "bulletin.refuse":
                return pick(("threat", "unlawful", "security", "boredom"))
            case "opens" | "closes" | "due":
                days = pick((0, 1, 3, 4, 7, 145, 146, 150, 200, 399))
                return state.time + days * DAY + pick((0, 0, 10, 20, 30)) * MINUTE
            case "changes":
                return pick(CHANGES)
            case "papers":
                return [{"weight": pick((1, 5)), "ranks": [pick((1, 2, 3, 99))]}]
            case "words" | "total":
                return pick((0, 1, 5, 10)) if field == "total" else pick((100, 100, 100_001))
            case "about" if act == "bulletin.hand_in":
                return pick((None, None, *self._numbers()))
            case "rules_text":
                return preset("open-convention")
            case "openings" | "lost" | "elected":
                return []
            case "sheet" | "lot_needed":
                return "" if field == "sheet" else False
        return self._word(field)

    def _word(self, field: str) -> Any:
        pick = self.chance.choice
        words: dict[str, tuple[Any, ...]] = {
            "kind": ("proposal", "proposal", "amendment", "perspective", "reply"),
            "amends": ("", "", "programme", "rulebook", "proposal"),
            "about": ("missing", "not-a-member"),
            "question": ("proposal", "proposal", "rulebook", "programme", "referral"),
            "decision": ("upheld", "dismissed"),
            "purpose": ("agenda", "election"),
            "public": ("", "", "the lottery of Saturday"),
            "yes": (True, True, False),
            "done": (True, False),
            "paper": (False, False, False, True),
            "statement": ("", document("statement")),
            "origin": ("other.example",),
            "name": ("A name",),
            "title": ("A title",),
            "value": ("7, 12, 19",),
        }
        if field in words:
            return pick(words[field])
        if field in ("text", "remark", "grounds", "reason"):
            return document(f"{field} {self.chance.randrange(50)}")
        return pick(self._numbers())

    def _member(self, act: str) -> str:
        state = self.small.state
        if act == "membership.admit":
            return pseudonym(self.chance.randrange(2000, 2100))
        held = [h.member for holdings in state.offices.now.values() for h in holdings]
        seated = [m for a in state.delegates.assemblies.values() for m in a.seated]
        pool = self.chance.choice((held, seated, list(state.membership.members), [NOBODY]))
        return self.chance.choice(sorted(pool or state.membership.members))

    def _versions(self) -> list[str]:
        contributions = self.small.state.bulletin.contributions.values()
        versions = [v.text for c in contributions for v in c.versions]
        return sorted(versions) or [document("none")]

    def _numbers(self) -> list[int]:
        """Numbers of things that are there, the latest most often, and of some that are not."""
        state = self.small.state
        there = (
            len(state.bulletin.contributions),
            len(state.elections.elections),
            len(state.floor.votes),
            len(state.lots.draws),
            len(state.membership.challenges),
            len(state.offices.votes),
            len(state.floor.conventions),
        )
        return [n for n in (*there, *(n - 1 for n in there), 1, 2, 3, 10**6) if n > 0]

    def _sealed(self, act: str, by: str) -> str:
        """A choice of their own, or a copy of somebody else's."""
        pure = self.small.pure
        committed = [
            d.commitments[by] for d in self.small.state.lots.draws.values() if by in d.commitments
        ]
        if act == "lots.hand_in" and committed:
            return committed[-1]
        if pure.sealed and self.chance.random() < 0.3:
            return self.chance.choice(sorted(pure.sealed))
        if act.startswith("lots."):
            return pure.seal(f"secret number {self.chance.randrange(10**6)}")
        return pure.seal(self.chance.choice(CHOICES))
