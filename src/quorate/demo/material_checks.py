"""What has to hold between the files of the demo's material: every name refers to something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from quorate.demo.material_parts import Contribution, Material


def faults(material: Material) -> list[str]:
    """Every reference that does not resolve, in plain words."""
    branches = {branch.code for branch in material.branches}
    return [
        *_twice("region", (region.code for region in material.regions)),
        *_twice("branch", (branch.code for branch in material.branches)),
        *_twice("contribution", (c.slug for c in material.contributions)),
        *_twice("known member", (known.name for known in material.known)),
        *_strange_regions(material),
        *_strange_branches(material, branches),
        *_crowded_branches(material),
        *_strange_targets(material),
        *_strange_people(material),
    ]


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{what} “{name}” stands there {times} times"


def _strange_regions(material: Material) -> Iterator[str]:
    codes = {region.code for region in material.regions}
    for branch in material.branches:
        if branch.region not in codes:
            yield f"branch {branch.code} is in the region {branch.region}, which does not exist"


def _strange_branches(material: Material, codes: set[str]) -> Iterator[str]:
    named = [
        *((known.name, known.branch) for known in material.known),
        *((c.slug, c.branch) for c in material.contributions),
        *((candidate.name, candidate.branch) for candidate in material.candidates),
        *((remark.text, remark.by) for remark in material.remarks),
        *((said.text, said.branch) for said in material.delegate_statements if said.branch),
    ]
    for what, code in named:
        if code not in codes:
            yield f"“{what}” names the branch {code}, which does not exist"


def _crowded_branches(material: Material) -> Iterator[str]:
    known = Counter(member.branch for member in material.known)
    for branch in material.branches:
        if known[branch.code] > branch.size:
            yield f"branch {branch.code} has fewer members than are known by name"


def _strange_targets(material: Material) -> Iterator[str]:
    """A contribution can be about an earlier one only: it is handed in after it."""
    earlier: dict[str, Contribution] = {}
    for contribution in material.contributions:
        target = earlier.get(contribution.about)
        needs_target = contribution.kind == "reply" or contribution.amends == "proposal"
        if needs_target != bool(contribution.about):
            yield f"“{contribution.slug}”: replies and amendments to proposals name one, no others"
        elif needs_target and target is None:
            yield f"“{contribution.slug}” is about “{contribution.about}”, which is not before it"
        elif contribution.amends == "proposal" and target and not target.decidable:
            yield f"“{contribution.slug}” amends “{target.slug}”, which is no proposal"
        of_rules = contribution.amends == "rulebook" or (
            contribution.amends == "proposal" and target is not None and bool(target.changes)
        )
        if of_rules != bool(contribution.changes):
            yield f"“{contribution.slug}”: only and every amendment to the rulebook changes rules"
        if contribution.answer and not contribution.decidable:
            yield f"“{contribution.slug}” is answered and is no proposal"
        earlier[contribution.slug] = contribution
    for remark in material.remarks:
        if remark.about and remark.about not in earlier:
            yield f"a remark is about “{remark.about}”, which does not exist"


def _strange_people(material: Material) -> Iterator[str]:
    known = {(member.name, member.branch) for member in material.known}
    for candidate in material.candidates:
        if (candidate.name, candidate.branch) not in known:
            yield f"the candidate {candidate.name} ({candidate.branch}) is not in known.csv"
    standing = {candidate.name for candidate in material.candidates}
    for name in material.slate.members:
        if name not in standing:
            yield f"{name} is on the slate and is no candidate"
