"""The organisations that are measured: one that only admits members, and one in its year.

They are made in memory by the same rules, with the builders that the tests use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from quorate import commitments
from quorate.chapters.calendar import MINUTE
from quorate.chapters.clause import FOUNDER
from quorate.chapters.floor.open_vote import next_item, question_on
from quorate.chapters.offices.holding import seats_of, vacant
from quorate.record import canonical, checkpoint, entry, log_files, note
from quorate.record.folder import write_openings
from quorate.record.receipt import Opening
from support.pure import Pure, person, pseudonym
from support.small import Small, rules_text
from support.year import (
    branch_elections,
    called,
    chair,
    convention,
    delegates,
    nominated,
    opened_vote,
    sitting,
    vote_all_alike,
)

ORIGIN = "bench.record"
BRANCHES = 40
SECONDS_EACH = 23
"""So many members second each proposal: 0.02% of the members of the largest organisation here,
which is the share that admits it."""


@dataclass
class Year:
    """An organisation's record, and the texts handed in."""

    small: Small
    texts: list[Opening] = field(default_factory=list)

    @property
    def size(self) -> int:
        return self.small.state.size


def admissions_only(entries: int) -> Year:
    """A record of so many entries: an organisation founded, then members admitted."""
    year = _adopted(Pure(), seats=120)
    _admit(year, entries - year.size)
    return year


def whole_year(entries: int, members: int, proposals: int, ballots: int, seats: int = 120) -> Year:
    """A record of so many entries that ends in the votes of its convention."""
    year = sitting_convention(Pure(), members, seats, proposals, ballots)
    for choices in _open_votes(year):
        for member, choice in zip(delegates(year.small), choices, strict=False):
            if year.size == entries:
                return year
            _vote(year, member, choice)
    raise ValueError(f"the agenda is done after {year.size:,} entries")


def sitting_convention(pure: Pure, members: int, seats: int, proposals: int, ballots: int) -> Year:
    """A convention sits, with every seat filled and present and so many proposals to decide.

    ``ballots``: so many members in all vote for their branch's delegates.
    """
    year = _adopted(pure, seats)
    _admit(year, members)
    small = year.small
    _fill_offices(small)
    pure.do(FOUNDER, "founding.complete")
    called(small)
    pure.go_to(convention(small).dates.bulletin_opens)
    _hand_in(year, proposals)
    pure.go_to(convention(small).dates.nominations_open)
    nominated(small)
    pure.go_to(convention(small).dates.election_opens)
    for election in branch_elections(small):
        vote_all_alike(small, election.number, sorted(election.voters)[: ballots // BRANCHES])
    pure.go_to(convention(small).dates.election_closes)
    sitting(small)
    return year


def export(year: Year, folder: Path) -> Path:
    """The record as `quorate export` writes it."""
    signing, verifier = note.generate_key(ORIGIN, bytes(32))
    folder.mkdir(parents=True)
    grown = log_files.write(folder, written(year))
    point = checkpoint.Checkpoint(ORIGIN, grown.size, grown.root_of(0, grown.size))
    write_openings(folder / "documents.jsonl", year.texts)
    (folder / "record.vkey").write_text(verifier)
    (folder / "checkpoint").write_text(checkpoint.sign(point, signing))
    return folder


def written(year: Year) -> Iterator[bytes]:
    """Every entry's bytes."""
    for occasion, act in year.small.pure.entries:
        yield entry.write(occasion, act)


def _adopted(pure: Pure, seats: int) -> Year:
    changed = {"seats": str(seats), "agenda": '"as-numbered"', "members": '"0.02%"'}
    rules = rules_text("open-convention", **changed)
    pure.do(FOUNDER, "founding.adopt", origin=ORIGIN, rules_text=rules)
    pure.do(FOUNDER, "membership.open_region", code="R", name="Region")
    small = Small(pure)
    for number in range(BRANCHES):
        fields = {"code": f"B{number}", "name": f"Branch {number}", "region": "R"}
        pure.do(FOUNDER, "membership.open_branch", **fields)
        small.members[f"B{number}"] = []
    return Year(small)


def _admit(year: Year, members: int) -> None:
    for number, branch in zip(range(members), cycle(year.small.members), strict=False):
        member = pseudonym(number)
        year.small.members[branch].append(member)
        year.small.pure.time += 1
        fields = {"member": member, "branch": branch, "person": person(number)}
        year.small.pure.do(FOUNDER, "membership.admit", **fields)


def _fill_offices(small: Small) -> None:
    """Nobody holds two; those for the whole organisation come from the first branch."""
    last = {branch: iter(reversed(members)) for branch, members in small.members.items()}
    for office, place in vacant(small.state):
        branch = place if place in last else "B0"
        for member in islice(last[branch], seats_of(small.state, office)):
            fields = {"office": office, "place": place, "member": member}
            small.pure.do(FOUNDER, "offices.install", **fields)


def _hand_in(year: Year, proposals: int) -> None:
    """Each proposal is handed in and seconded by members of all branches in turn."""
    pure, everyone = year.small.pure, year.small.everyone
    for number in range(1, proposals + 1):
        words = " ".join(f"Proposal {number} asks for something worth a vote." for _ in range(20))
        text = _text(f"Proposal {number}", words)
        year.texts.append(text)
        author = everyone[number * 37 % len(everyone)]
        fields = {"kind": "proposal", "text": text.commitment, "words": len(words.split())}
        pure.do(author, "bulletin.hand_in", **fields)
        for turn in range(1, SECONDS_EACH + 1):
            member = everyone[(number * 37 + turn * len(everyone) // 29) % len(everyone)]
            pure.time += 1
            pure.do(member, "proposals.second", proposal=number, version=text.commitment)


def _text(title: str, words: str) -> Opening:
    payload = canonical.encode({"text": words, "title": title})
    salt = hashlib.sha256(title.encode()).digest()
    commitment = commitments.commit(payload, salt, commitments.DOCUMENT)
    return Opening(commitment, commitments.DOCUMENT, salt, payload)


def _open_votes(year: Year) -> Iterator[list[str]]:
    """Opens the agenda's votes one after the other, each closed and counted before the next;
    gives the choices in the order of the seats."""
    small = year.small
    mood = ["for", "for", "against", "for", "abstain", "against", "for"]
    while (number := next_item(convention(small))) is not None:
        vote = opened_vote(small, number, question_on(small.state.bulletin.contributions[number]))
        yield list(islice(cycle(mood), number, number + len(delegates(small))))
        small.pure.go_to(small.pure.time + convention(small).rules.floor.vote_minutes * MINUTE)
        small.pure.do(chair(small), "floor.close_vote", vote=vote)
        small.pure.let_fall_due()


def _vote(year: Year, member: str, choice: str) -> None:
    sealed = year.small.pure.seal(choice)
    vote = len(year.small.state.floor.votes)
    year.small.pure.time += 1
    year.small.pure.do(member, "floor.vote", vote=vote, choice=sealed)
