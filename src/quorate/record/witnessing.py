"""Holding a record against what others signed of it: its witnesses, and whoever kept a checkpoint.

The keeper can rewrite the record and sign it anew; every checkpoint that somebody else has kept,
or cosigned, then shows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from quorate.record import checkpoint, note, tree, witness_rule
from quorate.record.checkpoint import Checkpoint
from quorate.record.key_chain import Chain
from quorate.record.policy import Policy
from quorate.record.report import Finding, Report


def check(
    witnessed: Sequence[str],
    seen: Sequence[str],
    policy: Policy | None,
    chain: Chain,
    grown: tree.Levels,
    report: Report,
) -> None:
    """Holds the record against the notes that its witnesses cosigned and those that were kept.

    What the record names as its witnesses its keeper has entered: who they are is for the one who
    checks to know, and ``policy`` says it.
    """
    named = tuple(report.state.witnesses.now.values())
    trusted: dict[str, int] = {}
    for signed in (*witnessed, *seen):
        point = _same_history(signed, chain, grown, report)
        if point is None:
            continue
        try:
            for name in witness_rule.cosigned_by(named, signed):
                report.witnessed_by[name] = max(point.size, report.witnessed_by.get(name, 0))
            for name in policy.witnessed(signed) if policy is not None else ():
                trusted[name] = max(point.size, trusted.get(name, 0))
        except note.BadNote as error:
            report.findings.append(Finding(f"what a witness signed cannot be believed: {error}"))
    report.seen = len(seen)
    report.witnessed_to = witness_rule.witnessed_to(report.state, report.witnessed_by)
    if policy is not None:
        report.trusted_to = _met_to(policy, trusted)
        if not report.trusted_to:
            report.findings.append(
                Finding("not enough of the witnesses that you trust have cosigned it")
            )


def _same_history(
    signed: str, chain: Chain, grown: tree.Levels, report: Report
) -> Checkpoint | None:
    """The checkpoint, if this record continues it; else that is found."""
    try:
        point = chain.open(signed)
    except checkpoint.BadCheckpoint as error:
        report.findings.append(Finding(f"a kept checkpoint proves nothing: {error}"))
        return None
    if point.size > grown.size:
        what = (
            f"the keeper signed a record of {point.size:,} entries, somebody has kept that, and "
            f"this one has {grown.size:,}: its end was cut off"
        )
    elif grown.root_of(0, point.size) != point.root:
        what = (
            f"the keeper signed another history of {point.size:,} entries, and somebody has kept "
            "that: the record was rewritten, or several are shown"
        )
    else:
        return point
    report.findings.append(Finding(what))
    return None


def _met_to(policy: Policy, sizes: dict[str, int]) -> int:
    """How many entries enough of the policy's witnesses have cosigned."""
    for size in sorted(set(sizes.values()), reverse=True):
        if policy.met([name for name, seen in sizes.items() if seen >= size]):
            return size
    return 0
