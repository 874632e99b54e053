"""Yes, no or abstention on paper: the rule "yes-no-abstain/1".

The choices are the candidates: yes, no and abstention, in this order. A paper marks one; a paper
that marks several is invalid, and one that marks none is invalid too, since abstaining has a mark
of its own. Yes is elected if it has the majority, of the whole, that the election states
(``slate.Majority``): of the votes for yes and no ("cast"), or of those and the marked abstentions
("voting"). Otherwise nobody is elected. There is no majority by default.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from quorate.count import crosses
from quorate.count.papers import Election, NotCountable
from quorate.count.question import put
from quorate.count.sheet import Elected, Sheet
from quorate.count.slate import Majority

RULE = "yes-no-abstain/1"


def count(election: Election, seed: bytes | None, majority: Majority) -> Sheet:
    """Counts the papers by "yes-no-abstain/1". Raises NotCountable without just three choices."""
    if len(election.candidates) != 3 or election.withdrawn or election.seats != 1:
        raise NotCountable(
            f"candidates: {RULE} has one seat and three choices, yes, no and abstention, in this "
            "order"
        )
    tally = crosses.tally(election, 1)
    yes, no, abstained = (tally.votes[number] for number in (1, 2, 3))
    answer = put(
        in_favour=yes,
        against=no,
        abstained=abstained,
        present=yes + no + abstained,
        seats=yes + no + abstained,
        share=majority.share,
        of=majority.of,
        strictly=majority.strictly,
    )
    elected = [1] if answer.carried else []
    name = election.name(1)
    sheet = crosses.sheet_without_places(RULE, election, tally, answer.sentence, elected)
    return replace(
        sheet,
        quota=Decimal(answer.needed),
        elections=(Elected(name, 1, Decimal(yes), answer.sentence),) if elected else (),
        not_elected=election.candidates[1:] if elected else election.candidates,
        remarks=(answer.sentence,),
    )
