"""Checking an exported record, without server or database, by the same rules that made it.

What is checked: the tree, its files and the keeper's signature, every entry by the rules in force
when it was made (votes and elections are counted again as a part of that), every sealed vote, every
text against its commitment and whether one is missing, the registers of secret ballots, and
receipts that members hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quorate import commitments
from quorate.record import (
    behind,
    boxes,
    checkpoint,
    continuing,
    folder,
    keeper,
    key_chain,
    log_files,
    note,
    receipt,
    registers,
    sealed,
    tree,
    witnessing,
)
from quorate.record.continuing import Continued
from quorate.record.key_chain import Chain
from quorate.record.policy import Policy
from quorate.record.replaying import Progress, Replayed, replay
from quorate.record.report import Finding, Report
from quorate.record.uncollected import uncollected


def verify(
    export: folder.Export,
    key: str = "",
    receipts: Sequence[str] = (),
    seen: Sequence[str] = (),
    policy: Policy | None = None,
    progress: Progress = lambda done: None,
    continued: Path | None = None,
) -> Report:
    """Checks an export. ``key``: the public key that somebody vouches for, or several with white
    space between them, of any time of the record; without it the folder's own are used, and the
    report says so. ``seen``: checkpoints of the record that somebody has kept, as a witness does.
    ``policy``: which witnesses the one who checks trusts, and how many of them they ask for.
    ``continued``: a file in which an earlier check kept what it came to, to go on from there; after
    a sound check it is written anew. Raises NoExport, BadNote (for ``key``), and OSError (for
    ``continued``)."""
    report = Report(vouched=bool(key))
    given = _keys(export, key, report)
    with uncollected():
        start = Continued(Replayed())
        if continued is not None and given:
            start = continuing.start(continued, export, given[0].name)
        replayed, kept, report.thrown_away = start
        report.continued = replayed.size
        replay(export, replayed, report, progress)
        _told(replayed, report)
        grown = tree.levels_over(replayed.leaves)
        chain = key_chain.chain(report.state.keys, given) if given else None
        signed = _signature(export, chain, grown, report)
        for fault in log_files.faults(export.folder, grown):
            report.findings.append(Finding(fault))
        behind.check(export, replayed, report)
        registers.check(export, report)
        boxes.check(export, report)
        if chain is not None:
            witnessing.check(export.witnessed, (*seen, *kept), policy, chain, grown, report)
            for text in receipts:
                _receipt(text, chain, grown, report)
        if continued is not None and report.sound:
            continuing.keep(continued, export, replayed, grown)
    report.origin = signed.origin if signed else report.state.founding.origin
    return report


def _told(replayed: Replayed, report: Report) -> None:
    report.entries, report.state = replayed.size, replayed.state
    report.last_time = replayed.state.time
    report.votes, report.elections = replayed.votes, replayed.elections
    report.signed_acts, report.vouched_acts = replayed.signed_acts, replayed.vouched_acts


def _keys(export: folder.Export, key: str, report: Report) -> tuple[note.Key, ...]:
    if key:
        return keeper.read_keys(key)
    try:
        return keeper.read_keys(export.verifier_key)
    except note.BadNote as error:
        report.findings.append(Finding(f"record.vkey is damaged: {error}"))
        return ()


def _signature(
    export: folder.Export, chain: Chain | None, grown: tree.Levels, report: Report
) -> checkpoint.Checkpoint | None:
    if chain is None:
        return None
    report.key_changes, report.keys = chain.changes, tuple(key.text() for key in chain.now)
    try:
        if not chain.known:
            raise checkpoint.BadCheckpoint("the key that you gave has never signed this record")
        signed = keeper.open_whole(export.checkpoint, chain.at(grown.size))
    except checkpoint.BadCheckpoint as error:
        report.findings.append(Finding(f"the checkpoint cannot be believed: {error}"))
        return None
    if (broken := chain.broken) is not None:
        report.findings.append(
            Finding(
                "the key was replaced without the old one's signature, by "
                f"{broken.by}: compare the new key with the organisation by another way, and "
                "check with that one",
                broken.entry,
                "keys.replace",
            )
        )
    if signed.size != grown.size:
        report.findings.append(
            Finding(
                f"the keeper signed {signed.size:,} entries, and the export holds {grown.size:,}: "
                "entries were removed or added"
            )
        )
    elif grown.root_of(0, grown.size) != signed.root:
        report.findings.append(
            Finding("the entries are not those that the keeper signed: something was changed")
        )
    elif signed.origin != report.state.founding.origin:
        report.findings.append(Finding(f"the checkpoint is of another record, {signed.origin}"))
    else:
        report.signed = True
    return signed


def _receipt(text: str, chain: Chain, grown: tree.Levels, report: Report) -> None:
    """Holds a member's receipt against the record."""
    try:
        proved = receipt.verify_in(text, chain)
    except receipt.ReceiptRefused as error:
        report.findings.append(Finding(f"a receipt proves nothing: {error}"))
        return
    report.receipts += 1
    place = proved.entry.occasion.sequence
    if proved.size > grown.size:
        report.findings.append(
            Finding(
                f"a receipt proves a record of {proved.size:,} entries and this one has "
                f"{grown.size:,}: its end was cut off",
                place,
                proved.entry.name,
            )
        )
    elif grown.root_of(0, proved.size) != proved.root:
        report.findings.append(
            Finding(
                "a receipt proves another history than this one: the record was rewritten",
                place,
                proved.entry.name,
            )
        )
    else:
        _say_of_the_vote(proved, report)


def _say_of_the_vote(proved: receipt.Verified, report: Report) -> None:
    """What the receipt of a vote shows of it: what was cast, and what became of it."""
    became = sealed.what_became(report.state, proved.entry.act)
    if not became:
        return
    cast = [o for o in proved.openings if o.domain == commitments.CHOICE]
    chose = f"You voted: {sealed.chosen(cast[0].payload)}. " if cast else ""
    report.receipts_say.append(
        f"The receipt of entry {proved.entry.occasion.sequence:,} ({proved.entry.name}): "
        f"{chose}{became}"
    )
