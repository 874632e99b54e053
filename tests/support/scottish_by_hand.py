"""Scottish STV as the Order describes it, each paper for itself, in decimals: an oracle for the
tests."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from quorate.count.papers import Election

FIVE = Decimal("0.00001")


def by_single_papers(one: Election) -> tuple[list[str], list[dict[str, Decimal]]]:
    """For elections with clear papers, without ties. Elected in order, and the votes at each
    stage."""
    papers = [
        {"order": [one.name(rank[0]) for rank in paper.ranks], "value": Decimal(1)}
        for paper in one.papers
        for _ in range(paper.weight)
        if paper.ranks
    ]
    continuing = list(one.candidates)
    piles: dict[str, list[dict[str, object]]] = {name: [] for name in continuing}
    for paper in papers:
        piles[paper["order"][0]].append(paper)  # type: ignore[index]
    votes = {name: Decimal(len(piles[name])) for name in continuing}
    quota = Decimal(len(papers) // (one.seats + 1) + 1)
    elected: list[str] = []
    surpluses: list[str] = []
    stages: list[dict[str, Decimal]] = []

    def end_of_stage() -> None:
        stages.append(dict(votes))
        for name in sorted(continuing, key=lambda n: -votes[n]):
            if votes[name] >= quota:
                elected.append(name)
                continuing.remove(name)
                if votes[name] > quota:
                    surpluses.append(name)
        if len(continuing) <= one.seats - len(elected):
            elected.extend(sorted(continuing, key=lambda n: -votes[n]))
            continuing.clear()

    def hand_on(name: str) -> None:
        for paper in piles[name]:
            order = paper["order"]
            assert isinstance(order, list)
            for preference in order[order.index(name) + 1 :]:
                if preference in continuing:
                    piles[preference].append(paper)
                    votes[preference] += paper["value"]  # type: ignore[operator]
                    break
        piles[name] = []

    end_of_stage()
    while len(elected) < one.seats and continuing:
        if surpluses:
            name = max(surpluses, key=lambda n: votes[n])
            surpluses.remove(name)
            surplus = votes[name] - quota
            for paper in piles[name]:
                worth = surplus * paper["value"] / votes[name]  # type: ignore[operator]
                paper["value"] = worth.quantize(FIVE, ROUND_DOWN)
            votes[name] = quota
        else:
            name = min(continuing, key=lambda n: votes[n])
            continuing.remove(name)
            votes[name] = Decimal(0)
        hand_on(name)
        end_of_stage()
    return elected, stages
