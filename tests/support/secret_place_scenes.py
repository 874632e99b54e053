"""What the pages and letters of a branch's register say. Run by tests, in a process of its own:
python secret_place_scenes.py FOLDER HOW. Says one JSON object, as ``secret_scenes`` does.

    paper   from the call of the poll until it goes on on paper
    later   it is called off, because the trustees do not come
    demand  delegates demand a secret ballot for an office of the convention, and one is called off
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from quorate.chapters.calendar import HOUR
from quorate.chapters.elections.open_poll import OpenPoll
from quorate.chapters.secret.close import Close
from quorate.chapters.secret.confirm import Confirm
from quorate.chapters.secret.void import VoidRegister
from support.secret_place import BRANCH, SECRETARY, call, closed, in_places, keyed
from support.secret_scenes import PAGES, Looking
from support.small import Small, founded_with, rules_text
from support.staged import made, staged
from support.year import delegates, delegates_elected, poll, sitting


def later(folder: Path) -> dict[str, Any]:
    made(folder)
    stored = staged(folder)
    small = in_places(stored, without_trustees='"later"')
    looking = Looking(stored)
    member = small.members[BRANCH][2]
    call(small)
    stored.go_to(stored.time + 97 * HOUR)
    stored.let_fall_due()
    looking.at("void: register", member, PAGES)
    looking.at("void: my key", member, f"{PAGES}/my-key")
    looking.at("void: election", member, "/elections/1")
    letter(looking, small, "secret.void", VoidRegister(1), member)
    return looking.seen


def demand(folder: Path) -> dict[str, Any]:
    made(folder)
    stored = staged(folder)
    rules = rules_text("open-convention", on_demand="3", agenda='"as-numbered"')
    small = delegates_elected(founded_with(rules, stored))
    looking = Looking(stored)
    first, second, third = delegates(small)[:3]
    looking.at("asked: convention", first, "/convention")
    looking.at("asked: form", first, "/act/secret.demand")
    keyed(small)
    poll(sitting(small), "chair")
    for member in (first, second):
        looking.posted(f"demands: {member}", member, "/act/secret.demand", office="chair")
    looking.at("demanded: convention", first, "/convention")
    looking.posted("demands: third", third, "/act/secret.demand", office="chair")
    number = max(looking.web.standing.state.elections.elections)
    looking.at("called off: election", first, f"/elections/{number}")
    return looking.seen


def paper(folder: Path) -> dict[str, Any]:
    made(folder)
    stored = staged(folder)
    small = in_places(stored)
    looking = Looking(stored)
    member, other = small.members[BRANCH][2], small.members["A2"][2]
    namer = small.holder("steering-committee")
    call(small)
    looking.at("called: register", member, PAGES)
    looking.at("called: today of the namer", namer, "/")
    looking.at("called: my key", member, f"{PAGES}/my-key")
    looking.at("called: name", namer, f"{PAGES}/name/leadership")
    looking.at("called: call a lot", member, "/act/lots.call")
    letter(looking, small, "elections.open_poll", OpenPoll(SECRETARY, 0, 0, BRANCH), namer)
    looking.at("called: election", member, "/elections/1")
    own = keyed(small)
    looking.at("keyed: today", member, "/")
    looking.at("keyed: election", member, "/elections/1")
    looking.at("keyed: election of a member elsewhere", other, "/elections/1")
    looking.at("keyed: register", member, PAGES)
    looking.at("keyed: my key", member, f"{PAGES}/my-key")
    looking.at("keyed: my key of a member elsewhere", other, f"{PAGES}/my-key")
    looking.at("keyed: claim by hand", member, "/act/secret.claim")
    letter(looking, small, "secret.confirm", Confirm(1, "{}"), member)
    closed(small, own, claims=9)
    looking.at("void: register", member, PAGES)
    looking.at("void: my key", small.members[BRANCH][0], f"{PAGES}/my-key")
    looking.at("void: election", member, "/elections/1")
    letter(looking, small, "secret.close", Close(1), member)
    return looking.seen


def letter(looking: Looking, small: Small, name: str, act: Any, to: str) -> None:
    """The letter that such an act makes."""
    from quorate.store.outbox import Taken
    from quorate.web.letters.writing import written

    made = written(small.state, Taken(0, 1, to, name, act, to), "somebody@example.org")
    looking.seen[f"letter: {name}"] = [200, " ".join((made.subject + "\n" + made.text).split())]


HOW = {"paper": paper, "later": later, "demand": demand}

if __name__ == "__main__":
    print(json.dumps(HOW[sys.argv[2]](Path(sys.argv[1]))))
