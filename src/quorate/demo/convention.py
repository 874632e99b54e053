"""The demo's convention: the lot, presence, votes, the close."""

from __future__ import annotations

from quorate.chapters.calendar import DAY, HOUR
from quorate.chapters.delegates.seating import next_alternate
from quorate.chapters.floor.open_vote import next_item, question_on
from quorate.demo.lots import drawn
from quorate.demo.people import number_from
from quorate.demo.telling import Telling
from quorate.store.handing_in import hand_in


def draw(telling: Telling) -> None:
    """The order of the agenda is drawn: members commit to numbers, then hand them in."""
    telling.go_to(telling.state.floor.conventions[1].dates.seconding_closes + 3 * DAY)
    telling.do(telling.holder("chair"), "lots.call", purpose="agenda", of=1)
    branches = ("NG", "FE", "CR", "PT", "LI")
    drawn(telling, [telling.somebody(branch, "lot") for branch in branches], withheld=1)


def step_in(telling: Telling) -> None:
    """Three delegates cannot come and give way; the next alternates take their seats."""
    assembly = telling.state.delegates.assemblies[1]
    in_line = {
        branch: alternate
        for branch in sorted(assembly.delegations, key=lambda code: number_from("ill", code))
        if (alternate := next_alternate(telling.state, assembly, branch)) is not None
    }
    for branch, alternate in list(in_line.items())[:3]:
        telling.clock.time += HOUR
        seat, delegate = next(
            (seat_id, seat.holder)
            for seat_id, seat in sorted(assembly.seats.items())
            if seat.branch == branch and seat.holder is not None
        )
        telling.do(delegate, "delegates.give_way")
        telling.do(alternate, "delegates.step_in", seat=seat)


def gather(telling: Telling) -> None:
    """Credentials are checked, delegates arrive, the chair opens."""
    opens = telling.state.floor.conventions[1].dates.opens
    telling.go_to(opens - 3 * HOUR)
    checking = telling.holder("credentials-committee")
    for seat_id, seat in sorted(telling.state.delegates.assemblies[1].seats.items()):
        if seat.holder is None:
            continue
        fields = {"seat": seat_id, "member": seat.holder}
        telling.do_all(
            [
                hand_in("delegates.credential", fields, checking),
                *(
                    [hand_in("floor.arrive", {}, seat.holder)]
                    if number_from("comes", seat_id) % 12
                    else []
                ),
            ]
        )
    telling.go_to(opens)
    telling.do(telling.holder("chair"), "floor.open")


def decide(telling: Telling) -> None:
    """Every item of the agenda, one after the other; one is referred."""
    chair = telling.holder("chair")
    while True:
        convention = telling.state.floor.conventions[1]
        number = next_item(convention)
        if number is None:
            return
        telling.clock.time += 20 * 60_000
        contribution = telling.state.bulletin.contributions[number]
        fields: dict[str, object] = {"proposal": number, "question": question_on(contribution)}
        asked = any(telling.state.floor.votes[v].proposal == number for v in convention.votes)
        if number == telling.pieces["four-day-week"] and not asked:
            due = telling.clock.time + 120 * DAY
            fields |= {"question": "referral", "owner": "steering-committee", "due": due}
        telling.do(chair, "floor.open_vote", **fields)
        vote = len(telling.state.floor.votes)
        mood = 75 if fields["question"] == "referral" else 35 + number_from("mood", number) % 45
        telling.do_all(
            hand_in("floor.vote", {"vote": vote, "choice": _choice(seat, number, mood)}, member)
            for seat, member in sorted(convention.presence.items())
            if number_from("there", seat, number) % 25
        )
        _change_their_minds(telling, vote)
        telling.clock.time += 4 * 60_000
        telling.do(chair, "floor.close_vote", vote=vote)
        telling.lane.let_fall_due()


def _change_their_minds(telling: Telling, vote: int) -> None:
    """A few press the wrong button, see it, and vote again."""
    telling.clock.time += 60_000
    for seat, member in sorted(telling.state.floor.conventions[1].presence.items()):
        voted = seat in telling.state.floor.votes[vote].sealed
        if voted and number_from("wrong button", seat, vote) % 300 == 0:
            fields = {"vote": vote, "choice": "against", "reason": "mistake"}
            telling.do(member, "floor.vote", **fields)


def hand_over(telling: Telling) -> None:
    """The chair gives two decisions to others, and records it; some delegates have left."""
    chair = telling.holder("chair")
    due = telling.clock.time + 60 * DAY
    for slug, owner in (("minutes-in-a-week", "bulletin-editor"), ("paid-posts", "")):
        fields = {"proposal": telling.pieces[slug], "due": due, "owner": owner}
        telling.do(chair, "followup.take_on", **fields)
    for seat, member in sorted(telling.state.floor.conventions[1].presence.items()):
        if number_from("last train", seat) % 15 == 0:
            telling.do(member, "floor.leave")


def _choice(seat: str, number: int, mood: int) -> str:
    roll = number_from("vote", seat, number) % 100
    if roll < 5:
        return "abstain"
    return "for" if roll < mood + 5 else "against"


def close(telling: Telling) -> None:
    """The chair closes; what was adopted comes into force."""
    telling.clock.time += HOUR
    telling.do(telling.holder("chair"), "floor.close")
    telling.lane.let_fall_due()


def report(telling: Telling) -> None:
    """Three days later the first decision is carried out, and its owner says so."""
    telling.clock.time += 3 * DAY
    telling.do(
        telling.holder("bulletin-editor"),
        "followup.report",
        proposal=telling.pieces["minutes-in-a-week"],
        done=True,
        text={
            "title": "Minutes within a week",
            "text": "The minutes of the convention came out on the day that it closed. The "
            "committee's own will follow on the Friday after each meeting; the first are due on "
            "the eleventh.",
        },
    )
