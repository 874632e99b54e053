"""A whole year on texts and ballots that nobody here wrote. Run by tests, in its own process.

Arguments: a new folder, the folder of real data, a .blt file. Prints one JSON object.
"""

import json
import sys
from pathlib import Path

from quorate.chapters.calendar import DAY, HOUR
from quorate.cli.opening import set_up

ORIGIN = "real.demo.invalid"


def main() -> None:
    folder, data, ward = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    from quorate.store.place import make_place

    place = make_place(folder, ORIGIN)
    set_up(folder)
    from django.core.management import call_command

    from quorate.demo import convention, founding, leaders, trustees, voting_keys, year
    from quorate.demo.starting_rules import starting_rules_text
    from quorate.demo.telling import StoryClock, Telling
    from quorate.store import papers, texts_in
    from quorate.store.handing_in import hand_in
    from quorate.store.lane import Lane

    call_command("migrate", verbosity=0)
    seats = ward.read_text("utf-8").split()[1]
    rules = starting_rules_text().replace("seats = 9", f"seats = {seats}")
    # A ward's voters are no delegates: this organisation's rulebook says that others vote too.
    rules = rules.replace('papers_at_most = "electorate"', 'papers_at_most = "any"')
    # Its papers are the whole of the steering committee's election, so no box is held beside them.
    before, committee, after = rules.partition("[bodies.steering-committee]")
    rules = before + committee + after.replace("secret = true", "secret = false", 1)
    opens = 1_780_000_000_000
    clock = StoryClock(opens - 200 * DAY)
    telling = Telling(Lane(place, clock), clock)
    founding.found(telling, ORIGIN, rules)
    year.call(telling, opens)
    trustees.name_them(telling)
    trustees.make_keys(telling)
    dates = telling.state.floor.conventions[1].dates
    telling.go_to(dates.bulletin_opens + DAY)
    files = [*sorted((data / "motions").glob("*.md")), data / "resolutions-2019.md"]
    author = telling.somebody("NG", "motions")
    for file in files:
        telling.do_all(texts_in.acts(file.name, file.read_bytes(), author))
    year.attest(telling)
    year.elect_delegates(telling)
    year.settle_ties(telling)
    seated = sorted(telling.state.delegates.assemblies[1].seated)
    second = [m for m in seated if telling.people[m].branch != "NG"]
    telling.do_all(
        hand_in("proposals.second", {"proposal": n, "version": c.latest.text}, member)
        for n, c in sorted(telling.state.bulletin.contributions.items())
        for member in second[:5]
    )
    convention.draw(telling)
    voting_keys.claim(telling)
    convention.gather(telling)
    trustees.make_the_roll(telling)
    telling.pieces["four-day-week"] = 1
    convention.decide(telling)
    sheet, standing = _elect_on_paper(telling, ward, papers)
    leaders.elect(telling)
    convention.close(telling)
    from quorate.count.sheet import to_json

    state = telling.state
    sit = {held.member for held in state.offices.now["steering-committee", ""]}
    elected = sorted(name for member, name in standing.items() if member in sit)
    print(
        json.dumps(
            {
                "contributions": len(state.bulletin.contributions),
                "admitted": sum(
                    p.admission is not None for p in state.proposals.proposals.values()
                ),
                "outcomes": len(state.floor.conventions[1].items),
                "entries": state.size,
                "sheet": to_json(sheet),
                "elected": elected,
            }
        )
    )


def _elect_on_paper(telling, ward, papers):
    """The steering committee is elected on paper; the papers are the ward's. The sheet, and
    which member stands in whose place on the papers."""
    from quorate.chapters.elections.counting import count_sheet
    from quorate.count.blt import read_blt

    opens = telling.clock.time + HOUR
    telling.do(
        telling.holder("chair"),
        "elections.open_poll",
        office="steering-committee",
        opens=opens,
        closes=opens + HOUR,
        paper=True,
    )
    number = max(telling.state.elections.elections)
    present = sorted(telling.state.floor.conventions[1].presence.values())
    on_paper = read_blt(ward.read_bytes()).election.candidates
    standing = dict(zip(present, on_paper, strict=False))
    for member in standing:
        telling.do(member, "elections.nominate", election=number, member=member)
    telling.go_to(opens + HOUR)
    teller, another = [h.member for h in telling.state.offices.now["credentials-committee", ""]][:2]
    telling.do_all(papers.acts(telling.state, number, ward.read_bytes(), teller))
    total = sum(paper.weight for paper in telling.state.elections.elections[number].papers)
    telling.do(another, "elections.end_papers", election=number, total=total)
    telling.lane.let_fall_due()
    return count_sheet(telling.state, telling.state.elections.elections[number]), standing


main()
