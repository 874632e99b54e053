"""What an election states besides its rule, from the options of `quorate count`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, Literal, cast

from quorate.cli.saying import wrong_call
from quorate.count import cumulative, debian, limited, lists, reserved
from quorate.count.rules import RULES, Rule
from quorate.count.slate import Majority
from quorate.count.terms import Terms

_SHARE = re.compile(
    r"(?P<part>[0-9]{1,6})/(?P<whole>[0-9]{1,6})|(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,6})?) ?%"
    r"|(?P<decimal>0?\.[0-9]{1,9})"
)

_KINDS: Mapping[str, type[Any]] = {
    "marks": limited.Terms,
    "points": cumulative.Terms,
    "minimum": lists.Terms,
    "majority": Majority,
    "more_than": Majority,
    "of": Majority,
    "eligible": Majority,
    "default": debian.Terms,
    "quorum": debian.Terms,
    "supermajority": debian.Terms,
    "reserve": reserved.Terms,
}

_NEEDS: Mapping[type[Any], str] = {
    limited.Terms: "--marks N, how many candidates a paper may mark",
    Majority: "--majority SHARE or --more-than SHARE, and --of cast, voting or eligible",
    debian.Terms: "--default NAME, the option that cannot be dropped",
}


class _Wrong(Exception):
    """The call is wrong; the message says why."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The options as they were typed, None or empty for those that were not."""

    marks: int | None
    points: int | None
    minimum: int | None
    majority: str | None
    more_than: str | None
    of: str | None
    eligible: int | None
    default: str | None
    quorum: int | None
    supermajority: tuple[str, ...]
    reserve: str | None

    @property
    def given(self) -> tuple[str, ...]:
        """The names of those that were typed."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return tuple(name for name, value in values.items() if value is not None and value != ())


def checked_for(rule: Rule, stated: Stated, *, as_object: bool) -> None:
    """Ends the command where the rule has no such terms, or needs others."""
    for name in stated.given:
        kind = _KINDS[name]
        if kind is not rule.terms:
            whose = ", ".join(one.name for one in RULES.values() if one.terms is kind)
            wrong_call(f"{_option(name)} is for {whose}, not for {rule.name}.", as_object=as_object)
    if rule.count is None and not stated.given:
        needs = _NEEDS[cast(type[Any], rule.terms)]
        wrong_call(f"{rule.name} needs {needs}.", as_object=as_object)


def terms_of(
    rule: Rule,
    stated: Stated,
    candidates: tuple[str, ...],
    groups: tuple[str, ...],
    *,
    as_object: bool,
) -> Terms | None:
    """The terms that are stated, if any. Ends the command where they make no sense.

    ``groups``: parallel to the candidates, "" for none.
    """
    if not stated.given:
        return None
    made: dict[type[Any] | None, Callable[[], Terms]] = {
        limited.Terms: lambda: limited.Terms(stated.marks or 0),
        cumulative.Terms: lambda: cumulative.Terms(stated.points or 0),
        lists.Terms: lambda: lists.Terms(stated.minimum or 0),
        Majority: lambda: _majority(rule, stated),
        debian.Terms: lambda: _debian(rule, stated, candidates),
        reserved.Terms: lambda: _reserved(stated.reserve or "", candidates, groups),
    }
    try:
        return made[rule.terms]()
    except _Wrong as error:
        wrong_call(str(error), as_object=as_object)


def _majority(rule: Rule, stated: Stated) -> Majority:
    needs = f"{rule.name} needs {_NEEDS[Majority]}."
    if (stated.majority is None) == (stated.more_than is None):
        both = "--majority is at least so much, --more-than is more; give one of them. "
        raise _Wrong((both if stated.majority else "") + needs)
    if stated.of is None:
        raise _Wrong(
            "Of what? --of cast (votes for yes and no), --of voting (abstentions too), or "
            "--of eligible (all who could vote, with --eligible N)."
        )
    if stated.of not in ("cast", "voting", "eligible"):
        raise _Wrong(f'--of: expected cast, voting or eligible, not "{stated.of}".')
    if (stated.of == "eligible") != (stated.eligible is not None):
        raise _Wrong("--of eligible goes together with --eligible N, how many could vote.")
    name = "majority" if stated.majority is not None else "more_than"
    share = _share(name, stated.majority or stated.more_than or "")
    whole = cast(Literal["cast", "voting", "eligible"], stated.of)
    return Majority(share, whole, strictly=name == "more_than", eligible=stated.eligible)


def _share(name: str, text: str) -> Fraction:
    match = _SHARE.fullmatch(text.strip())
    share = None
    if match and match["percent"]:
        share = Fraction(match["percent"]) / 100
    elif match and match["decimal"]:
        share = Fraction(match["decimal"])
    elif match and int(match["whole"]):
        share = Fraction(int(match["part"]), int(match["whole"]))
    most = "at most 100%" if name == "majority" else "less than 100%"
    if share is None or not 0 < share <= 1 or (share == 1 and name == "more_than"):
        asked = f"a share above 0 and {most}, such as 2/3 or 60%"
        raise _Wrong(f'{_option(name)}: expected {asked}, not "{text}".{_meant(text.strip())}')
    return share


def _meant(text: str) -> str:
    """What somebody may have meant by what is no share."""
    half = " More than half is --more-than 1/2"
    if text in ("1", "1.0"):
        return f"{half}; all of them is --majority 100%."
    if re.fullmatch(r"[0-9]{1,2}(\.[0-9]+)?", text):
        return f" With the sign for it, {text}% is one."
    if re.search(r"\+ *1$", text) or re.fullmatch(r"simple|half|absolute", text.lower()):
        return f"{half}."
    return ""


def _debian(rule: Rule, stated: Stated, candidates: tuple[str, ...]) -> debian.Terms:
    if stated.default is None:
        raise _Wrong(f"{rule.name} needs {_NEEDS[debian.Terms]}.")
    majorities = {}
    for text in stated.supermajority:
        name, equals, ratio = text.rpartition("=")
        match = re.fullmatch(r"([0-9]{1,4})(?:[:/]([1-9][0-9]{0,3}))?", ratio.strip())
        if not equals or match is None or int(match[1]) < int(match[2] or 1):
            raise _Wrong(f'--supermajority: expected NAME=3 for 3 to 1, not "{text}".')
        majorities[_known("supermajority", name, candidates)] = Fraction(
            int(match[1]), int(match[2] or 1)
        )
    default = _known("default", stated.default, candidates)
    return debian.Terms(default, stated.quorum or 0, majorities)


def _reserved(text: str, candidates: tuple[str, ...], groups: tuple[str, ...]) -> reserved.Terms:
    name, equals, number = text.rpartition("=")
    if not equals or not re.fullmatch(r"[0-9]{1,6}", number.strip()):
        raise _Wrong(f'--reserve: expected GROUP=2, not "{text}".')
    every = dict.fromkeys(group for group in groups if group)
    if not every:
        raise _Wrong(
            "--reserve: the file says of no candidate which group they are of; say it in a list of "
            "them, --candidates FILE."
        )
    group = _known("reserve", name, tuple(every), "group")
    of_group = (who for who, own in zip(candidates, groups, strict=True) if own == group)
    return reserved.Terms(int(number), frozenset(of_group), group)


def _known(option: str, name: str, names: tuple[str, ...], what: str = "candidate") -> str:
    """The one of the names that is meant, whatever its capitals and spaces."""
    like = [one for one in names if one.strip().casefold() == name.strip().casefold()]
    if name in names:
        return name
    if len(like) == 1:
        return like[0]
    raise _Wrong(f'{_option(option)}: no {what} "{name}"; there are: {", ".join(names)}.')


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
