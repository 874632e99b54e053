"""What the pages of ballot boxes say, scene by scene. Run by tests, each story in a process of its
own: python box_scenes.py FOLDER STORY. Says one JSON object: for each question that the tests ask,
the status and what the page said.

    marks   too few ballots come, and the poll is held again; papers, decryption, result
    ranks   rankings, shuffled and decrypted
    nobody  too few trustees come
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from quorate.chapters.calendar import HOUR, MINUTE
from support.secret_poll import Poll, called, rolled_convention
from support.secret_scenes import Looking, outside
from support.secret_year import trustees
from support.staged import made, staged
from support.staged_box import CROSSES, StoredBoxes
from support.year import delegates


class Scenes(Looking):
    """Looks at the pages of one poll."""

    def __init__(self, poll: Poll) -> None:
        super().__init__(poll.small.pure)  # type: ignore[arg-type]
        self.poll = poll

    @property
    def page(self) -> str:
        return f"/elections/{self.poll.number}"

    def voter(self) -> str:
        return delegates(self.poll.small)[0]

    def pages(self, scene: str) -> None:
        """What a voter, and whoever has no account, sees."""
        self.at(f"{scene}: election", self.voter(), self.page)
        self.at(f"{scene}: box", self.voter(), f"{self.page}/box")
        self.at(f"{scene}: box, outsider", "", f"{self.page}/box")
        self.at(f"{scene}: box now", self.voter(), f"{self.page}/box/now")
        self.at(f"{scene}: convention", self.voter(), "/convention")

    def trustee(self, scene: str, owner: int) -> None:
        who = trustees(self.poll.small)[owner - 1]
        self.at(f"{scene}: trustee {owner}", who, f"{self.page}/trustee")
        self.at(f"{scene}: next {owner}", who, f"{self.page}/trustee/next")
        self.at(f"{scene}: register's next {owner}", who, "/registers/1/trustee/next")
        self.at(f"{scene}: today {owner}", who, "/")

    def outsider(self, scene: str) -> None:
        """The trustee of another organisation, whose place is the third."""
        self.at(f"{scene}: outside", "", outside())
        self.at(f"{scene}: outside next", "", f"{outside()}/next")

    def does(self, what: str, member: str, act: str, **fields: object) -> None:
        self.posted(what, member, f"/act/{act}", **fields)
        self.stored.state = self.web.standing.state
        self.stored.let_fall_due()


def begun(folder: Path, **changed: str) -> Scenes:
    """The poll is called, and nominations are taken."""
    made(folder)
    stored = staged(folder)
    stored.boxes = StoredBoxes(stored, [])  # type: ignore[assignment]
    poll = called(*rolled_convention(1, stored, batch_minutes="3", **changed))
    return Scenes(poll)


def opened(scenes: Scenes, voters: int) -> None:
    """The box opens, so many vote, and one batch is in."""
    poll = scenes.poll
    scenes.stored.go_to(poll.election.opens)
    scenes.stored.let_fall_due()
    for place, member in enumerate(delegates(poll.small)[:voters]):
        poll.cast(member, place % 4 + 1, 5)
    scenes.stored.go_to(poll.election.opens + 3 * MINUTE)
    scenes.stored.let_fall_due()


def marks(folder: Path) -> dict[str, Any]:
    scenes = begun(folder, **CROSSES)
    poll = scenes.poll
    scenes.pages("called")
    scenes.at("called: trustee", trustees(poll.small)[0], f"{scenes.page}/trustee")
    opened(scenes, 3)
    scenes.pages("open")
    scenes.trustee("open", 1)
    scenes.outsider("open")
    scenes.at("open: trustee, another", scenes.voter(), f"{scenes.page}/trustee")
    scenes.at("open: next, another", scenes.voter(), f"{scenes.page}/trustee/next")
    poll.close()
    scenes.pages("few")
    scenes.trustee("few", 1)
    poll.number = poll.election.anew or 0
    opened(scenes, 7)
    poll.close()
    papers(scenes)
    decrypting(scenes)
    return scenes.seen


def papers(scenes: Scenes) -> None:
    poll = scenes.poll
    teller, other = poll.small.holders("credentials-committee")[:2]
    scenes.pages("papers")
    scenes.trustee("papers", 1)
    scenes.at("papers: teller", teller, scenes.page)
    scenes.at("papers: today of the teller", teller, "/")
    entered = {"election": poll.number, "papers": "1: 2,1"}
    scenes.does("papers: entered", teller, "elections.enter_papers", **entered)
    scenes.does("papers: one too many", other, "elections.enter_papers", **entered)
    scenes.at("papers: teller who entered", teller, scenes.page)
    scenes.at("papers: the other", other, f"{scenes.page}/box")
    scenes.does("papers: ended", other, "elections.end_papers", election=poll.number, total=1)


def decrypting(scenes: Scenes) -> None:
    poll = scenes.poll
    scenes.pages("closed")
    scenes.trustee("closed", 1)
    scenes.outsider("closed")
    scenes.seen["closed: letter"] = letter(scenes)
    closing, other = poll.box.heads[-1].entry, poll.box.heads[0].entry
    scenes.at("closed: outside receipt", "", f"{outside()}/receipt/{closing}")
    scenes.at("closed: receipt of something else", "", f"{outside()}/receipt/{other}")
    fields = poll.decrypted(3)
    sent = fields | {"decryption": poll.made[fields["decryption"]].decode()}
    hand_in = f"{outside()}/act/secret.decrypt_box"
    scenes.posted("closed: of another box", "", hand_in, **(sent | {"election": 3}))
    scenes.posted("closed: signed by another", "", hand_in, **(sent | {"signature": "{}"}))
    scenes.posted("closed: outside hands in", "", hand_in, **sent)
    scenes.stored.state = scenes.web.standing.state
    scenes.trustee("decrypted once", 1)
    scenes.outsider("decrypted once")
    poll.decrypt(1)
    scenes.pages("decrypted")
    scenes.at("decrypted: today of a delegate", scenes.voter(), "/")
    scenes.trustee("decrypted", 2)
    scenes.outsider("decrypted")
    stated = json.loads(scenes.seen["decrypted: next 2"][1])["stating"]
    wrong = stated | {"sums": stated["sums"] + "1"}
    scenes.does("decrypted: other sums", scenes.voter(), "secret.result", **wrong)
    scenes.does("decrypted: no sums", scenes.voter(), "secret.result", **stated | {"sums": "x"})
    scenes.does("decrypted: stated", scenes.voter(), "secret.result", **stated)
    scenes.pages("declared")
    scenes.trustee("declared", 1)
    scenes.outsider("declared")
    scenes.at("declared: blt", scenes.voter(), f"{scenes.page}/ballots.blt")
    scenes.at("declared: sheet", scenes.voter(), f"{scenes.page}/sheet.csv")


def letter(scenes: Scenes) -> str:
    """What is written to a trustee when the poll has closed."""
    from quorate.record import entry
    from quorate.store import entries
    from quorate.store.outbox import Taken
    from quorate.web.letters.secret import open_box

    box = scenes.poll.box
    closing = box.heads[-1].entry
    act = entry.read(entries.there(closing)).act
    who = trustees(scenes.poll.small)[0]
    taken = Taken(1, closing, who, "secret.box_closed", act, "rulebook")
    return open_box(scenes.stored.state, taken).text


def ranks(folder: Path) -> dict[str, Any]:
    scenes = begun(folder)
    poll = scenes.poll
    opened(scenes, 7)
    poll.close()
    scenes.pages("closed")
    for owner in (1, 2):
        scenes.trustee("closed", owner)
    poll.shuffle(1)
    scenes.trustee("shuffled once", 2)
    scenes.pages("shuffled once")
    poll.shuffle(2)
    scenes.trustee("shuffled", 1)
    scenes.outsider("shuffled")
    entry = poll.box.shuffles[-1].entry
    scenes.at("shuffled: outside receipt", "", f"{outside()}/receipt/{entry}")
    poll.papers_over()
    scenes.stored.let_fall_due()
    scenes.trustee("papers over", 1)
    poll.decrypt(3)
    poll.decrypt(1)
    scenes.trustee("decrypted", 1)
    stated = json.loads(scenes.seen["decrypted: next 1"][1])["stating"]
    scenes.does("decrypted: stated", scenes.voter(), "secret.result", **stated)
    scenes.pages("declared")
    scenes.at("declared: blt", scenes.voter(), f"{scenes.page}/ballots.blt")
    return scenes.seen


def nobody(folder: Path) -> dict[str, Any]:
    scenes = begun(folder, **CROSSES)
    poll = scenes.poll
    opened(scenes, 7)
    poll.close()
    scenes.stored.go_to((poll.box.closed or 0) + poll.box.rules.open_hours * HOUR)
    scenes.stored.let_fall_due()
    scenes.pages("void")
    scenes.trustee("void", 1)
    scenes.outsider("void")
    scenes.at("void: register", scenes.voter(), "/registers/1")
    return scenes.seen


STORIES = {"marks": marks, "ranks": ranks, "nobody": nobody}

if __name__ == "__main__":
    print(json.dumps(STORIES[sys.argv[2]](Path(sys.argv[1]))))
