"""Yes, no or abstention on paper: the rule "yes-no-abstain/1".

The choices are the candidates: yes, no and abstention, as ``choices`` tells them, and completes
them where a spreadsheet lacks one that nobody marked. A paper marks one; a paper that marks several
is invalid, and one that marks none is invalid too, since abstaining has a mark of its own. Yes is
elected if it has the majority, of the whole, that the election states (``slate.Majority``): of the
votes for yes and no ("cast"), of those and the marked abstentions ("voting"), or of all who could
vote ("eligible"). Otherwise nobody is elected. There is no majority by default.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from quorate.count import crosses
from quorate.count.choices import numbers_of, read_as, with_all_choices
from quorate.count.papers import Election, NotCountable
from quorate.count.sheet import Elected, Sheet
from quorate.count.slate import Majority, answered, check_eligible

RULE = "yes-no-abstain/1"


def count(election: Election, seed: bytes | None, majority: Majority) -> Sheet:
    """Counts the papers by "yes-no-abstain/1". Raises NotCountable without just three choices."""
    if election.withdrawn or election.seats != 1:
        raise NotCountable(f"seats: {RULE} has one seat, and no choice can withdraw")
    election = with_all_choices(election, 3)
    numbers = numbers_of(election, RULE, 3)
    tally = crosses.tally(election, 1)
    yes, no, abstained = (tally.votes[number] for number in numbers)
    answer = answered(yes, no, abstained, majority)
    check_eligible(tally.papers, majority)
    elected = [numbers[0]] if answer.carried else []
    names = tuple(election.name(number) for number in numbers)
    sheet = crosses.sheet_without_places(RULE, election, tally, answer.sentence, elected)
    return replace(
        sheet,
        quota=Decimal(answer.needed),
        elections=(Elected(names[0], 1, Decimal(yes), answer.sentence),) if elected else (),
        not_elected=names[1:] if elected else names,
        remarks=(answer.sentence, *read_as(election, numbers)),
    )
