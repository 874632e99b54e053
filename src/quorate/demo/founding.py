"""The demo is founded: its rulebook, its regions and branches, its people, its first officers."""

from __future__ import annotations

from quorate.chapters.clause import FOUNDER
from quorate.chapters.offices.holding import places
from quorate.demo.people import number_from, people
from quorate.demo.places import BRANCHES, REGIONS
from quorate.demo.telling import Telling
from quorate.rulebook.reading import preset
from quorate.rulebook.schema import Post
from quorate.store.handing_in import hand_in

NAME = "Harbour & Transport Workers"


def rules_text() -> str:
    """The preset with the demo's name."""
    return preset("open-convention").replace("A membership organisation", NAME)


def found(telling: Telling, origin: str) -> None:
    """From nothing to an organisation that rules itself."""
    telling.do(FOUNDER, "founding.adopt", origin=origin, rules_text=rules_text())
    for code, name in REGIONS.items():
        telling.do(FOUNDER, "membership.open_region", code=code, name=name)
    for code, (name, region, _) in BRANCHES.items():
        telling.do(FOUNDER, "membership.open_branch", code=code, name=name, region=region)
    everyone = list(people({code: size for code, (_, _, size) in BRANCHES.items()}))
    telling.people = {person.member: person for person in everyone}
    telling.do_all(
        hand_in(
            "membership.admit",
            {
                "member": person.member,
                "branch": person.branch,
                "person": {
                    "name": person.name,
                    "email": person.email,
                    "claimed_since": person.since,
                },
            },
            FOUNDER,
        )
        for person in everyone
    )
    _first_officers(telling)
    telling.do(FOUNDER, "founding.complete")
    telling.do_all(
        hand_in("membership.be_reachable", {"yes": True}, person.member)
        for person in everyone
        if number_from("reachable", person.member) % 3
    )


def _first_officers(telling: Telling) -> None:
    """Different people for every office; of the right branch or region."""
    taken: set[str] = set()
    state = telling.state
    seats = [(name, "", body.seats) for name, body in state.rules.bodies.items()]
    seats += [
        (name, place, 1)
        for name, post in state.rules.posts.items()
        if isinstance(post, Post)
        for place in places(state, name)
    ]
    for office, place, number in seats:
        able = [
            person.member
            for person in telling.people.values()
            if person.member not in taken
            and (not place or place in (person.branch, BRANCHES[person.branch][1]))
        ]
        able.sort(key=lambda member: number_from(office, place, member))
        for member in able[:number]:
            taken.add(member)
            telling.do(FOUNDER, "offices.install", office=office, member=member, place=place)
