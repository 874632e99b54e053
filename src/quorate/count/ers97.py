"""Single transferable vote by the Electoral Reform Society's rules: the rule "ers97/1".

Source: R. A. Newland and F. S. Britton, How to conduct an election by the Single Transferable
Vote, 3rd edition, Electoral Reform Society 1997, sections 4 to 6. Numbers such as 5.2.5 below are
its paragraphs. Votes are counted in hundredths as integers, so every figure is exact.

A stage (6.16) is the first count, the transfer of a surplus, or an exclusion with all its batches.
Where the text leaves something open, this rule reads it so:

- A preference that is not clear ends the paper (6.10, 6.12), as ``preferences`` says.
- 5.2.5: of several with equal votes none is drawn into an exclusion with others that have fewer;
  the tie is broken when they have the fewest votes themselves, as that paragraph provides.
- 5.3.2: where a recalculated quota gives a candidate a surplus in a stage in which they received
  no paper, their last batch is the one received before (Voting Matters 11, 1999).
- 5.5.1: the papers of those whose exclusion is proposed are then not transferred any more.
- 4.3: with no more candidates than places at any time, all are deemed elected.
"""

from __future__ import annotations

from collections.abc import Iterable

from quorate.count.ers97_choosing import bulk, deem_elected, lowest, next_surplus
from quorate.count.ers97_votes import RULE, UNIT, Batch, Votes, as_votes, quota_of
from quorate.count.figures import figure, some
from quorate.count.moves import NEXT, NO_NEXT
from quorate.count.papers import Election
from quorate.count.preferences import read_papers
from quorate.count.sheet import Action, Sheet, Transfer, accounted, listed
from quorate.count.ties import vacant

DIFFERENCE = "non-transferable difference (5.3.9)"


def count(election: Election, seed: bytes | None) -> Sheet:
    """Counts the election, which must be ``papers.checked``.

    Raises LotNeeded for a tie that no earlier point breaks (5.2.3 and 5.2.5) without a seed.
    """
    valid, invalid = read_papers(election)
    votes = Votes.of_first_preferences(election, valid, seed)
    _end_stage(votes, Action("first preferences", None, None, "First preferences are counted."), ())
    while votes.places and votes.continuing:
        surplus = next_surplus(votes)
        if surplus is None:
            _exclude(votes)
        else:
            _transfer_surplus(votes, surplus)
    return Sheet(
        rule=RULE,
        title=election.title,
        seats=election.seats,
        quota=votes.stages[0].quota,
        candidates=election.candidates,
        withdrawn=tuple(election.name(number) for number in sorted(election.withdrawn)),
        papers=accounted(sum(paper.weight for paper in election.papers), invalid),
        stages=tuple(votes.stages),
        ties=tuple(votes.ties),
        elections=tuple(votes.elected),
        not_elected=_not_elected(votes),
        remarks=_remarks(votes),
    )


def transfer_value(surplus: int, papers: int, value: int) -> int:
    """5.3.7, in hundredths: what each of so many transferable papers, now worth ``value``, gets."""
    return surplus // papers if papers * value > surplus else value


def _end_stage(votes: Votes, action: Action, transfers: Iterable[Transfer]) -> None:
    """5.1.7 and 5.3.13: who is deemed elected by the stage, and its figures."""
    _end_batch(votes)
    if votes.places and len(votes.continuing) <= votes.places:
        _elect_the_rest(votes, "no more candidates than places were left (4.3)")
    votes.end_stage(action, tuple(transfers))


def _end_batch(votes: Votes) -> None:
    """5.4.8, 5.4.9: the quota anew while nobody is elected, then who reaches what is needed."""
    votes.history.append(list(votes.of))
    if not votes.elected:
        votes.quota = quota_of(votes.valid * UNIT - votes.nontransferable, votes.election.seats)
    deem_elected(votes)


def _elect_the_rest(votes: Votes, how: str) -> None:
    for candidate in sorted(votes.continuing, key=votes.standing):
        votes.elect(candidate, how)


def _transfer_surplus(votes: Votes, candidate: int) -> None:
    """Section 5.3: the last batch of the candidate's papers, at what the surplus is worth."""
    before, surplus = votes.of[candidate], votes.surplus(candidate)
    batch = votes.piles[candidate].pop()
    sorted_out = batch.by_next_preference(votes.continuing)
    transferable = sum(number for to, _, number in sorted_out if to)
    value = transfer_value(surplus, transferable, batch.value)
    received = votes.credit((one for one in sorted_out if one[0]), value)
    votes.put_with(received.items())
    votes.of[candidate] -= surplus
    difference = surplus - transferable * value
    votes.nontransferable += difference
    name = votes.election.name(candidate)
    transfers = _moved(votes, received, value)
    if difference:
        transfers.append(Transfer(None, 0, as_votes(0), as_votes(difference), DIFFERENCE))
    share = (
        f"the surplus ÷ {some(transferable, 'transferable papers')}"
        if transferable * batch.value > surplus
        else "their present value, since together they are worth no more than the surplus"
    )
    says = (
        f"The surplus of {name}, {_figure(surplus)} votes, is transferred with the last batch "
        f"of papers, {batch.papers}: {_figure(value)} a paper, {share} (5.3.2, 5.3.7)."
    )
    _end_stage(votes, Action("surplus", name, as_votes(before), says), transfers)


def _exclude(votes: Votes) -> None:
    """5.2.5 and section 5.4: those who must be excluded, their papers batch by batch."""
    together = bulk(votes) or (lowest(votes),)
    names = [votes.election.name(candidate) for candidate in together]
    before = {candidate: votes.of[candidate] for candidate in together}
    says = _exclusion_in_words(votes, together)
    votes.exclude(together)
    transfers: list[Transfer] = []
    if len(votes.continuing) <= votes.places:
        _elect_the_rest(votes, "no more candidates than places were left (5.5.1)")
        says += " Only as many candidates as places are left, so the papers stay (5.5.1)."
    else:
        transfers += _transfer_batches(votes, together)
    action = Action("exclusion", names[0], as_votes(before[together[0]]), says, tuple(names[1:]))
    votes.end_stage(action, tuple(transfers))


def _transfer_batches(votes: Votes, together: tuple[int, ...]) -> list[Transfer]:
    """5.4.1 to 5.4.11: in descending order of value, until the places are filled (5.5.2)."""
    piles = [(candidate, batch) for candidate in together for batch in votes.piles[candidate]]
    for candidate in together:
        votes.piles[candidate] = []
    transfers: list[Transfer] = []
    for value in sorted({batch.value for _, batch in piles}, reverse=True):
        batches = [(candidate, batch) for candidate, batch in piles if batch.value == value]
        if not votes.places:
            votes.keep(batches)
            continue
        continuing = set(votes.continuing)
        onward: list[tuple[int, Batch]] = []
        for candidate, batch in batches:
            sorted_out = batch.by_next_preference(continuing)
            received = votes.credit((one for one in sorted_out if one[0]), value)
            onward += received.items()
            lost = sum(number for to, _, number in sorted_out if not to)
            votes.of[candidate] -= batch.papers * value
            votes.nontransferable += lost * value
            of = votes.election.name(candidate) if len(together) > 1 else None
            transfers += _moved(votes, received, value, lost, of)
        votes.put_with(onward)
        _end_batch(votes)
    if not piles:
        _end_batch(votes)
    return transfers


def _moved(
    votes: Votes, received: dict[int, Batch], value: int, lost: int = 0, of: str | None = None
) -> list[Transfer]:
    """What each candidate received, in the order of the paper, then what nobody did."""
    to_whom: list[tuple[str | None, int, str]] = [
        (votes.election.name(to), received[to].papers, NEXT) for to in sorted(received)
    ]
    if lost:
        to_whom.append((None, lost, NO_NEXT))
    return [
        Transfer(to, papers, as_votes(value), as_votes(papers * value), why, of)
        for to, papers, why in to_whom
    ]


def _exclusion_in_words(votes: Votes, together: tuple[int, ...]) -> str:
    names = listed(votes.election.name(candidate) for candidate in together)
    total = sum(votes.of[candidate] for candidate in together)
    waiting = votes.surpluses
    deferred = f" and deferred surpluses of {_figure(waiting)}" if waiting else ""
    if len(together) == 1:
        deferred = (
            f", while surpluses of {_figure(waiting)} are deferred (5.2.2)" if waiting else ""
        )
        return f"{names} has the fewest votes, {_figure(total)}, and is excluded (5.2.5){deferred}."
    above = min(votes.of[one] for one in votes.continuing if one not in together)
    return (
        f"{names} are excluded together: with {_figure(total)} votes{deferred} they have no more "
        f"than the candidate next above, {_figure(above)} (5.2.5)."
    )


def _not_elected(votes: Votes) -> tuple[str, ...]:
    """5.5.2: those still continuing are formally excluded; before them in time, the excluded."""
    still = sorted(votes.continuing, key=votes.standing)
    return tuple(votes.election.name(c) for c in (*still, *reversed(votes.excluded)))


def _remarks(votes: Votes) -> tuple[str, ...]:
    return vacant(votes.election.seats, len(votes.election.standing), votes.places)


def _figure(units: int) -> str:
    return figure(as_votes(units))
