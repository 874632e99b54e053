"""Scenes of a convention year, asked as a browser asks: run by tests, in a process of their own.

Argument: a new folder. Prints one JSON object: for each question that the tests ask, what a page
said. Time is the story's, so that every scene is at its hour; the write lane and the pages are the
real ones.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

from quorate import commitments
from quorate.chapters.calendar import DAY, HOUR, MINUTE
from support.small import text_in_the_open

ORIGIN = "scenes.demo.invalid"
OPENS = 1_780_000_000_000
SALT = "ab" * 32


class Scenes:
    """The organisation, and what was seen in it. ``look``: called with a scene's name, a member and
    an address, for whoever wants to see the page with their eyes."""

    def __init__(self, folder: Path, look: Callable[[str, str, str], None] | None = None) -> None:
        from quorate.cli.opening import set_up
        from quorate.store.place import make_place

        make_place(folder, ORIGIN)
        set_up(folder)
        from django.core.management import call_command

        from quorate.demo.telling import StoryClock, Telling
        from quorate.web.lane import lane

        call_command("migrate", verbosity=0)
        clock = StoryClock(OPENS - 200 * DAY)
        lane().clock = clock
        self.telling = Telling(lane(), clock)
        self.seen: dict[str, Any] = {}
        self.look = look or (lambda name, member, address: None)

    @property
    def state(self) -> Any:
        return self.telling.state

    def browser(self, member: str) -> Any:
        from django.test import Client

        browser = Client(HTTP_HOST="localhost")
        if member:
            browser.post("/play", {"member": member})
        return browser

    def sees(self, name: str, member: str, address: str) -> str:
        """What the page says, in words; kept under the scene's name."""
        answer = self.browser(member).get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        self.seen[name] = said(answer.content.decode())
        self.seen[f"{name}, source"] = answer.content.decode()
        self.look(name, member, address)
        return str(self.seen[name])

    def presses(self, name: str, member: str, address: str, button: str, **typed: str) -> int:
        """Presses the button of this form on the page, with what is typed into it. The status of
        the answer, which is kept."""
        browser = self.browser(member)
        page = browser.get(address).content.decode()
        action, fields = form_with(page, button, address)
        answer = browser.post(action, {**fields, **typed})
        self.seen[name] = answer.status_code
        self.seen[f"{name}, answer"] = said(answer.content.decode())
        return int(answer.status_code)


def said(html: str) -> str:
    """The words of a page's main part, in one line."""
    main = re.search(r"(?s)<main.*?</main>", html)
    text = re.sub(r"(?s)<(script|style).*?</\1>", " ", main[0] if main else html)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


def form_with(page: str, button: str, address: str) -> tuple[str, dict[str, str]]:
    """Where the form that has this button goes, and what it sends along by itself."""
    for form in re.findall(r"(?s)<form.*?</form>", page):
        label = re.search(r"(?s)<button[^>]*>(.*?)</button>", form)
        if label is None or said(re.sub(r"(?s)<span.*?</span>", "", label[1])) != button:
            continue
        action = re.search(r'action="([^"]*)"', form)
        fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
        return (unescape(action[1]) if action else address.partition("?")[0]), {
            name: unescape(value) for name, value in fields
        }
    raise AssertionError(f"no button “{button}” on {address}: {said(page)[:600]}")


def until_the_polls_close(scenes: Scenes) -> None:
    """Branches elect; one proposal is handed in and seconded."""
    from quorate.demo import founding, year
    from quorate.demo.starting_rules import starting_rules_text

    telling = scenes.telling
    rules = text_in_the_open(starting_rules_text())
    start = rules.index("[bodies.steering-committee]")
    by_slate = 'method = "slate"\ncount = "slate-yes-no/1"\nslate_from = "delegates"'
    individuals = 'method = "individuals"\ncount = "scottish-stv/1"'
    assert individuals in rules[start:]
    rules = rules[:start] + rules[start:].replace(individuals, by_slate, 1)
    founding.found(telling, ORIGIN, rules)
    year.call(telling, OPENS)
    telling.go_to(scenes.state.floor.conventions[1].dates.bulletin_opens + DAY)
    author = telling.somebody("NG", "author")
    text = {"title": "Minutes within a week", "text": "They come out within a week."}
    telling.do(author, "bulletin.hand_in", kind="proposal", text=text)
    year.elect_delegates(telling)
    version = scenes.state.bulletin.contributions[1].latest.text
    for member in sorted(scenes.state.delegates.assemblies[1].seated)[:7]:
        admitted = scenes.state.proposals.proposals[1].admission is not None
        if member != author and not admitted:
            telling.do(member, "proposals.second", proposal=1, version=version)


def a_tie(scenes: Scenes) -> None:
    """Members of branches that tie draw the lot by pressing buttons."""
    state, telling = scenes.state, scenes.telling
    tied = [e for _, e in sorted(state.elections.elections.items()) if e.lot_needed]
    places = {e.place for e in tied}
    assembly = state.delegates.assemblies[1]
    scenes.seen["tie: branches"] = len(tied)
    scenes.seen["tie: seated"] = {
        e.place: [e.certain, [assembly.seats[s].holder for s in _seats(assembly, e.place)]]
        for e in tied
    }
    election = tied[0]
    branch = [m for m in telling.of_branch(election.place) if m in election.voters]
    mine, careful, third, silent = branch[:4]
    outside = next(c for c in sorted(state.membership.branches) if c not in places)
    stranger = telling.somebody(outside, "stranger")
    scenes.sees("tie: today of the branch", mine, "/")
    scenes.sees("tie: today of another branch", stranger, "/")
    page = f"/elections/{election.number}"
    scenes.sees("tie: election", mine, page)
    scenes.presses("tie: commit", mine, page, "Take part")
    scenes.presses("tie: commit twice", mine, "/act/lots.commit?draw=1", "Commit to it")
    number = "a number of my own"
    own = commitments.commit(number.encode(), bytes.fromhex(SALT), commitments.CHOICE)
    form = "/act/lots.commit?draw=1"
    scenes.sees("tie: form", careful, form)
    scenes.presses("tie: commit bare", careful, form, "Commit to it", number=own)
    copied = scenes.state.lots.draws[1].commitments[mine]
    scenes.presses("tie: commit copied", silent, form, "Commit to it", number=copied)
    ballot = next(iter(state.elections.elections[1].sealed.values())).choice
    scenes.presses("tie: commit a ballot", silent, form, "Commit to it", number=ballot)
    for member in (third, silent):
        scenes.presses(f"tie: commit {member}", member, page, "Take part")
    scenes.sees("tie: committed", mine, page)
    telling.go_to(scenes.state.lots.draws[1].commit_until + MINUTE)
    scenes.sees("tie: today hands in", mine, "/")
    scenes.presses("tie: hand in", mine, page, "Hand in my number")
    scenes.presses("tie: hand in bare", careful, page, "Hand in my number")
    given = {"number": number, "number-salt": SALT}
    scenes.presses("tie: hand in own", careful, "/act/lots.hand_in?draw=1", "Hand it in", **given)
    scenes.presses("tie: hand in third", third, "/convention", "Hand in my number")
    telling.go_to(scenes.state.lots.draws[1].reveal_until + MINUTE)
    drawn = scenes.state.lots.draws[1]
    scenes.seen["tie: numbers"] = {m: n for m, n in drawn.numbers.items() if m in branch}
    scenes.seen["tie: withheld"] = [drawn.withheld, silent]
    scenes.seen["tie: people"] = {"careful": careful, "number": number}
    scenes.sees("tie: convention after", stranger, "/convention")
    scenes.sees("tie: election after", stranger, page)
    seats = scenes.state.delegates.assemblies[1].seats.values()
    scenes.seen["tie: empty"] = sum(seat.holder is None for seat in seats)
    scenes.seen["tie: name of the silent"] = telling.people[silent].name


def _seats(assembly: Any, place: str) -> tuple[str, ...]:
    return tuple(assembly.delegations[place].seats)


def the_agenda(scenes: Scenes) -> None:
    """Any member calls the lot for the agenda; three take part, all by buttons."""
    telling = scenes.telling
    telling.go_to(scenes.state.floor.conventions[1].dates.seconding_closes + HOUR)
    members = [telling.somebody(branch, "agenda") for branch in ("NG", "FE", "CR", "PT")]
    scenes.sees("agenda: today calls", members[0], "/")
    scenes.presses("agenda: call", members[0], "/convention", "Have it drawn")
    draw = len(scenes.state.lots.draws)
    scenes.sees("agenda: today takes part", members[1], "/")
    for member in members:
        scenes.presses(f"agenda: commit {member}", member, "/convention", "Take part")
    telling.go_to(scenes.state.lots.draws[draw].commit_until + MINUTE)
    for member in members:
        scenes.presses(f"agenda: hand in {member}", member, "/convention", "Hand in my number")
    telling.go_to(scenes.state.lots.draws[draw].reveal_until + MINUTE)
    scenes.seen["agenda: seed"] = scenes.state.lots.draws[draw].seed
    scenes.sees("agenda: convention", members[0], "/convention")
    scenes.sees("ahead: member", members[0], "/")
    seats = [s for _, s in sorted(scenes.state.delegates.assemblies[1].seats.items()) if s.holder]
    scenes.sees("ahead: delegate", seats[1].holder, "/")
    scenes.seen["ahead: branch"] = scenes.state.membership.branches[seats[1].branch].name
    author = scenes.state.bulletin.contributions[1].author
    scenes.sees("ahead: author", author, "/")
    scenes.sees("ahead: closed", members[0], "/bulletin/1")


def the_doors(scenes: Scenes) -> None:
    """Delegates arrive; some credentials are not checked; seats change hands; the chair opens."""
    telling = scenes.telling
    assembly = scenes.state.delegates.assemblies[1]
    seats = [s for _, s in sorted(assembly.seats.items()) if s.holder]
    checker, chair = telling.holder("credentials-committee"), telling.holder("chair")
    inviting = telling.holder("steering-committee")
    scenes.sees("guests: inviting", inviting, "/convention")
    scenes.sees("guests: others", telling.somebody("NG", "agenda"), "/convention")
    telling.go_to(OPENS - 20 * HOUR)
    checked, unchecked = seats[0], seats[-1]
    scenes.sees("doors: desk", checker, "/")
    fields = {"seat": checked.id, "member": checked.holder}
    telling.do(checker, "delegates.credential", **fields)
    scenes.sees("doors: today checked", checked.holder, "/")
    scenes.presses("doors: arrives", checked.holder, "/convention", "I am here")
    scenes.sees("doors: today unchecked", unchecked.holder, "/")
    scenes.sees("doors: page unchecked", unchecked.holder, "/convention")
    _step_in(scenes, seats[1:-1])
    telling.go_to(OPENS + MINUTE)
    scenes.sees("doors: chair without quorum", chair, "/")
    scenes.presses("doors: unchecked arrives", unchecked.holder, "/convention", "I am here")
    scenes.sees("doors: unchecked is there", unchecked.holder, "/convention")
    for seat_id, seat in sorted(scenes.state.delegates.assemblies[1].seats.items()):
        there = scenes.state.floor.conventions[1].presence
        if seat.holder and seat_id not in there and seat_id not in scenes.seen["doors: left"]:
            telling.do(seat.holder, "floor.arrive")
    scenes.sees("doors: chair with quorum", chair, "/")
    scenes.presses("doors: opens", chair, "/convention", "Open the convention")
    referral = "/act/floor.open_vote?proposal=1&question=referral&next=/convention"
    scenes.sees("doors: referral", chair, referral)
    scenes.sees("doors: proposal", chair, "/act/floor.open_vote?proposal=1&question=proposal")


def the_floor(scenes: Scenes) -> None:
    """The chair puts the proposal to the vote and closes it; delegates see their own choice."""
    telling, chair = scenes.telling, scenes.telling.holder("chair")
    scenes.sees("floor: chair before", chair, "/")
    scenes.presses("floor: puts it", chair, "/convention", "Put it to the vote")
    first, second, *others = sorted(scenes.state.floor.conventions[1].presence.values())
    page = "/convention/vote/1"
    scenes.sees("floor: delegate asked", first, "/")
    scenes.presses("floor: votes", first, page, "Cast my vote", choice="for")
    scenes.presses("floor: votes against", second, page, "Cast my vote", choice="against")
    scenes.sees("floor: own", first, page)
    scenes.sees("floor: own, against", second, page)
    for who, member in (("delegate", others[0]), ("chair", chair), ("outsider", "")):
        scenes.seen[f"floor: {who} sees"] = said(scenes.browser(member).get(page).content.decode())
    scenes.seen["floor: kept"] = scenes.browser(first).get(page)["Cache-Control"]
    scenes.sees("floor: chair while it is open", chair, "/")
    for member in others:
        telling.do(member, "floor.vote", vote=1, choice="for")
    scenes.sees("floor: chair when all have voted", chair, "/")
    scenes.presses("floor: closes it", chair, page, "Close the vote")
    officers = {h.member for held in scenes.state.offices.now.values() for h in held}
    scenes.sees("floor: delegate after", next(m for m in others if m not in officers), "/")
    scenes.sees("floor: chair after", chair, "/")
    scenes.sees("floor: chair's card", chair, "/convention")


def _step_in(scenes: Scenes, seats: list[Any]) -> None:
    """Two delegates of different branches give way; each alternate sees one seat."""
    from quorate.chapters.delegates.seating import next_alternate

    telling, state = scenes.telling, scenes.state
    assembly = state.delegates.assemblies[1]
    by_branch = {s.branch: s for s in seats if next_alternate(state, assembly, s.branch)}
    first, second = list(by_branch.values())[:2]
    alternate = next_alternate(state, assembly, first.branch)
    scenes.presses("doors: gives way", first.holder, "/act/delegates.give_way", "Give way")
    telling.do(second.holder, "delegates.give_way")
    scenes.seen["doors: left"] = [second.id]
    scenes.seen["doors: my seat, another's"] = [first.id, second.id]
    scenes.sees("doors: alternate", alternate, "/convention")
    scenes.sees("doors: step-in form", alternate, "/act/delegates.step_in")
    scenes.presses("doors: steps in", alternate, "/convention", "Step in")
    scenes.seen["doors: now sits"] = [
        scenes.state.delegates.assemblies[1].seats[first.id].holder,
        alternate,
    ]


def a_slate(scenes: Scenes) -> None:
    """The steering committee stands as one slate; one of it agrees, one does not."""
    telling, chair = scenes.telling, scenes.telling.holder("chair")
    opens = telling.clock.time + HOUR
    telling.do(
        chair,
        "elections.open_poll",
        office="steering-committee",
        opens=opens,
        closes=opens + HOUR,
    )
    number = max(scenes.state.elections.elections)
    page = f"/elections/{number}"
    present = sorted(scenes.state.floor.conventions[1].presence.values())
    names = present[: scenes.state.elections.elections[number].seats]
    fields = {"election": number, "title": "Unity", "members": names}
    telling.do(names[0], "elections.propose_slate", **fields)
    outside = telling.somebody("NG", "agenda")
    scenes.sees("slate: not a delegate", outside, page)
    scenes.sees("slate: a delegate", present[-1], page)
    scenes.sees("slate: today of a delegate", present[-1], "/")
    scenes.sees("slate: convention", present[-1], "/convention")
    scenes.sees("slate: today", names[1], "/")
    scenes.sees("slate: page", names[1], page)
    scenes.presses("slate: yes", names[1], page, "Yes, I agree")
    scenes.presses("slate: no", names[2], page, "No")
    scenes.sees("slate: today after", names[2], "/")
    slate = scenes.state.elections.elections[number].slates[0]
    scenes.seen["slate: said"] = [
        sorted(slate.consents) == sorted(names[:2]),
        list(slate.declined) == [names[2]],
    ]
    telling.go_to(opens + 2 * HOUR)


def on_paper(scenes: Scenes) -> None:
    """The bulletin's editor is elected on paper; individuals say whether they stand."""
    telling, chair = scenes.telling, scenes.telling.holder("chair")
    opens = telling.clock.time + HOUR
    telling.do(
        chair,
        "elections.open_poll",
        office="bulletin-editor",
        opens=opens,
        closes=opens + HOUR,
        paper=True,
    )
    number = max(scenes.state.elections.elections)
    page = f"/elections/{number}"
    present = sorted(scenes.state.floor.conventions[1].presence.values())
    for member in present[1:3]:
        telling.do(present[0], "elections.nominate", election=number, member=member)
    scenes.sees("paper: nominated", present[1], page)
    scenes.sees("paper: today of a delegate", present[0], "/")
    scenes.sees("paper: a delegate may nominate", present[0], page)
    scenes.sees("paper: others may not", telling.somebody("NG", "agenda"), page)
    scenes.presses("paper: stands", present[1], page, "I stand")
    scenes.presses("paper: does not stand", present[2], page, "I do not stand")
    scenes.seen["paper: said"] = [
        c.accepted for c in scenes.state.elections.elections[number].candidates
    ]
    telling.go_to(opens + MINUTE)
    scenes.sees("paper: while it is open", present[0], page)
    telling.go_to(opens + HOUR + MINUTE)
    tellers = [h.member for h in scenes.state.offices.now["credentials-committee", ""]]
    first, second = tellers[:2]
    scenes.sees("paper: teller's today", first, "/")
    scenes.sees("paper: teller", first, page)
    scenes.sees("paper: not a teller", present[0], page)
    enter = f"/act/elections.enter_papers?election={number}"
    scenes.presses("paper: too many", first, enter, "Enter them", papers="500: 1")
    scenes.presses("paper: enter", first, enter, "Enter them", papers="12: 1\n3:")
    scenes.sees("paper: teller after", first, page)
    end = f"/act/elections.end_papers?election={number}"
    scenes.presses("paper: ends alone", first, end, "Count them", total="15")
    scenes.presses("paper: ends", second, end, "Count them", total="15")
    telling.lane.let_fall_due()
    scenes.sees("paper: result", present[0], page)
    scenes.sees("paper: minutes", present[0], "/convention/1/minutes")
    scenes.seen["paper: tellers"] = [telling.people[first].name, telling.people[second].name]


def told(folder: Path, look: Callable[[str, str, str], None] | None = None) -> dict[str, Any]:
    scenes = Scenes(folder, look)
    until_the_polls_close(scenes)
    for scene in (a_tie, the_agenda, the_doors, the_floor, a_slate, on_paper):
        scene(scenes)
    return scenes.seen


if __name__ == "__main__":
    print(json.dumps(told(Path(sys.argv[1]))))
