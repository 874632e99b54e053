"""The demo is founded: its rulebook, its regions and branches, its people, its first officers."""

from __future__ import annotations

from quorate.chapters.clause import FOUNDER
from quorate.chapters.offices.holding import places
from quorate.demo.lives import admission, joins_later
from quorate.demo.material import material
from quorate.demo.people import number_from, people
from quorate.demo.starting_rules import starting_rules_text
from quorate.demo.telling import Telling
from quorate.rulebook.schema import Post
from quorate.store.handing_in import hand_in


def found(telling: Telling, origin: str, rules_text: str = "") -> None:
    """From nothing to an organisation that rules itself."""
    rules = rules_text or starting_rules_text()
    keys = list(telling.lane.place.verifier_keys)
    telling.do(FOUNDER, "founding.adopt", origin=origin, rules_text=rules, keys=keys)
    for region in material().regions:
        telling.do(FOUNDER, "membership.open_region", code=region.code, name=region.name)
    for branch in material().branches:
        fields = {"code": branch.code, "name": branch.name, "region": branch.region}
        telling.do(FOUNDER, "membership.open_branch", **fields)
    telling.people = {person.member: person for person in people()}
    first = [person for person in telling.people.values() if not joins_later(person)]
    telling.do_all(admission(person, FOUNDER) for person in first)
    programme = {"title": "Programme", "text": material().programme}
    telling.do(FOUNDER, "founding.bring_programme", text=programme)
    _first_officers(telling)
    telling.do(FOUNDER, "founding.complete")
    telling.do_all(
        hand_in("membership.be_reachable", {"yes": True}, person.member)
        for person in first
        if number_from("reachable", person.member) % 3
    )


def _first_officers(telling: Telling) -> None:
    """Different people for every office; of the right branch or region."""
    taken: set[str] = set()
    regions = {branch.code: branch.region for branch in material().branches}
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
            if person.member in state.membership.members
            and person.member not in taken
            and (not place or place in (person.branch, regions[person.branch]))
        ]
        able.sort(key=lambda member: number_from(office, place, member))
        for member in able[:number]:
            taken.add(member)
            telling.do(FOUNDER, "offices.install", office=office, member=member, place=place)
