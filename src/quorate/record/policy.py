"""Which witnesses suffice: C2SP tlog-policy. "Two of the branches and one outside organisation", as
a file that other programs read too."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from quorate.record import cosignature, note
from quorate.record.cosignature import Cosigner

NONE = "none"
_WORDS = {"any", "all"}


class BadPolicy(Exception):
    """A file that is no policy; names the line."""


@dataclass(frozen=True, slots=True)
class Witness:
    """``name``: what the policy calls it; ``url``: where it is asked, or ""."""

    name: str
    key: Cosigner
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """At least ``needed`` of its ``members``, which are names of witnesses or of other groups."""

    name: str
    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """``logs``: the keys of the records that are accepted. ``quorum``: the name of a witness or a
    group, or NONE."""

    logs: tuple[note.Verifier, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NONE

    def met(self, by: Collection[str]) -> bool:
        """Whether the witnesses of these names suffice."""
        witnessed = set(by) & {witness.name for witness in self.witnesses}
        for group in self.groups:  # a group names only what stands before it
            if sum(member in witnessed for member in group.members) >= group.needed:
                witnessed.add(group.name)
        return self.quorum == NONE or self.quorum in witnessed

    def witnessed(self, signed: str) -> dict[str, int]:
        """Which witnesses cosigned a checkpoint, by name, and when (seconds). Raises BadNote."""
        keys = {witness.key: witness.name for witness in self.witnesses}
        return {keys[key]: time for key, time in cosignature.cosigned(signed, tuple(keys)).items()}


def read(text: str) -> Policy:
    """The policy in this text. Raises BadPolicy."""
    found = _Reading()
    for number, line in enumerate(text.split("\n"), 1):
        try:
            found.line(line)
        except (BadPolicy, note.BadNote) as error:
            raise BadPolicy(f"line {number}: {error}") from None
    if found.quorum is None:
        raise BadPolicy("it has no quorum line")
    return Policy(tuple(found.logs), tuple(found.witnesses), tuple(found.groups), found.quorum)


def write(policy: Policy) -> str:
    """The policy as a text that ``read`` reads."""
    lines = [
        *(f"log {key.text()}" for key in policy.logs),
        *(f"witness {w.name} {w.key.text()} {w.url}".rstrip() for w in policy.witnesses),
        *(f"group {g.name} {g.needed} {' '.join(g.members)}" for g in policy.groups),
        f"quorum {policy.quorum}",
    ]
    return "\n".join(lines) + "\n"


@dataclass
class _Reading:
    logs: list[note.Verifier] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    quorum: str | None = None
    named: set[str] = field(default_factory=lambda: {NONE})
    grouped: set[str] = field(default_factory=set)

    def line(self, line: str) -> None:
        if any((letter < " " and letter != "\t") or letter == "\x7f" for letter in line):
            raise BadPolicy("it holds a control character")
        words = [word for word in line.replace("\t", " ").split(" ") if word]
        if not words or words[0].startswith("#"):
            return
        kinds: dict[str, Callable[[list[str]], None]] = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._quorum,
        }
        if words[0] not in kinds:
            raise BadPolicy(f"“{words[0]}” is none of {', '.join(kinds)}")
        kinds[words[0]](words[1:])

    def _log(self, words: list[str]) -> None:
        if not 1 <= len(words) <= 2:
            raise BadPolicy("a log is given as: log KEY [URL]")
        key = note.read_verifier(words[0])
        if key.public in {known.public for known in self.logs}:
            raise BadPolicy("this log stands there already")
        self.logs.append(key)

    def _witness(self, words: list[str]) -> None:
        if not 2 <= len(words) <= 3:
            raise BadPolicy("a witness is given as: witness NAME KEY [URL]")
        key = cosignature.read_cosigner(words[1])
        if key.public in {known.key.public for known in self.witnesses}:
            raise BadPolicy("this witness stands there already, under another name")
        self.witnesses.append(Witness(self._new(words[0]), key, words[2] if words[2:] else ""))

    def _group(self, words: list[str]) -> None:
        if len(words) < 3:
            raise BadPolicy("a group is given as: group NAME any|all|NUMBER NAME …")
        name, how, *members = words
        for member in members:
            if member not in self.named or member == NONE:
                raise BadPolicy(f"there is no witness or group {member} above")
            if member in self.grouped:
                raise BadPolicy(f"{member} is in a group already")
            self.grouped.add(member)
        self.groups.append(Group(self._new(name), _needed(how, len(members)), tuple(members)))

    def _quorum(self, words: list[str]) -> None:
        if len(words) != 1:
            raise BadPolicy("the quorum is given as: quorum NAME")
        if self.quorum is not None:
            raise BadPolicy("there is a quorum already")
        if words[0] not in self.named:
            raise BadPolicy(f"there is no witness or group {words[0]} above")
        self.quorum = words[0]

    def _new(self, name: str) -> str:
        if name in self.named:
            raise BadPolicy(f"{name} stands for something already")
        self.named.add(name)
        return name


def _needed(how: str, members: int) -> int:
    if how in _WORDS:
        return 1 if how == "any" else members
    if not (how.isascii() and how.isdigit()) or how.startswith("0"):
        raise BadPolicy(f"“{how}” is neither any nor all nor a number from 1")
    if int(how) > members:
        raise BadPolicy(f"{how} of {members} cannot be")
    return int(how)
