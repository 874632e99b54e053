"""What stands behind the record's commitments: texts and sheets, held against them. What is not
there was erased by an act of the record, is withheld by right, or is missing, which is found."""

from __future__ import annotations

from collections.abc import Mapping

from quorate import commitments
from quorate.chapters.state import State
from quorate.record import canonical, folder, sealed
from quorate.record.named import Named
from quorate.record.receipt import Opening
from quorate.record.replaying import Replayed
from quorate.record.report import Finding, Report, Withheld

_KINDS = {commitments.DOCUMENT: "text", commitments.PERSON: "personal sheet"}


def check(export: folder.Export, replayed: Replayed, report: Report) -> None:
    """Holds every text and sheet of the export against the record; finds what is missing."""
    seen: set[str] = set()
    words = _words_stated(report.state)
    for thing in folder.openings(export):
        known = replayed.documents if thing.domain == commitments.DOCUMENT else replayed.sheets
        place = known.find(thing.commitment)
        kind = _KINDS.get(thing.domain)
        seen.add(thing.commitment)
        if not commitments.opens(thing.commitment, thing.payload, thing.salt, thing.domain):
            where = _where(report.state, thing.commitment, place)
            report.findings.append(
                Finding(
                    f"its {kind or 'choice'} is not the one that was handed in: it was changed"
                    f"{where}",
                    None if place is None else place.entry,
                    "" if place is None else place.act,
                )
            )
        elif place is None and report.state.size < report.entries:
            continue  # it may belong to an entry that could not be replayed
        elif kind is None or place is None:
            report.findings.append(
                Finding(f"a {kind or 'choice'} is there that no entry speaks of")
            )
        elif thing.commitment in replayed.erased:
            act = replayed.erased[thing.commitment]
            report.findings.append(
                Finding(
                    f"had a {kind} erased (of entry {place.entry:,}), and it is still in this "
                    "export",
                    act.entry,
                    act.act,
                )
            )
        elif thing.domain == commitments.PERSON:
            report.sheets += 1
        else:
            report.texts += 1
            _count_words(thing, words, place, report)
    _missing(export, replayed, seen, report)


def _missing(export: folder.Export, replayed: Replayed, seen: set[str], report: Report) -> None:
    """What is not in the export: erased by which act, withheld for which reason, or missing."""
    absent = {c: named for c, named in replayed.documents.places() if c not in seen}
    report.texts_absent = len(absent)
    if folder.has_people(export):
        absent |= {c: named for c, named in replayed.sheets.places() if c not in seen}
    elif left := sum(c not in replayed.erased for c, _ in replayed.sheets.places()):
        report.withheld.append(
            Withheld(
                left,
                "personal sheet" if left == 1 else "personal sheets",
                "An export holds them only when the organisation moves to another server.",
            )
        )
    report.withheld.extend(sealed.withheld(report.state))
    report.erased = len(replayed.erased)
    for act in {named.act for named in replayed.erased.values()}:
        at = {named.entry for named in replayed.erased.values() if named.act == act}
        report.erased_by[act] = sorted(at)
    for commitment, named in sorted(absent.items(), key=lambda item: item[1].entry):
        if commitment not in replayed.erased:
            kind = "text" if commitment in replayed.documents else "personal sheet"
            report.findings.append(
                Finding(
                    f"its {kind} is missing from this export, and no act of the record erased it"
                    f"{_where(report.state, commitment, named)}",
                    named.entry,
                    named.act,
                )
            )


def _where(state: State, commitment: str, named: Named | None) -> str:
    """Which contribution's text it is, as far as it is one's."""
    if named is None or not named.act.startswith("bulletin."):
        return ""
    for contribution in state.bulletin.contributions.values():
        for number, version in enumerate(contribution.versions, 1):
            if version.text == commitment:
                return f": contribution {contribution.number}, version {number}"
    return ""


def _count_words(thing: Opening, stated: Mapping[str, int], place: Named, report: Report) -> None:
    """The record states how long a contribution is; so long is its text."""
    words = stated.get(thing.commitment)
    if words is not None and words != _words(thing.payload):
        report.findings.append(
            Finding(
                f"states {words} words, and its text has {_words(thing.payload)}",
                place.entry,
                "bulletin.hand_in",
                "bulletin.words",
            )
        )


def _words_stated(state: State) -> dict[str, int]:
    return {
        version.text: version.words
        for contribution in state.bulletin.contributions.values()
        for version in contribution.versions
    }


def _words(payload: bytes) -> int:
    try:
        value = canonical.decode(payload)
    except canonical.NotCanonical:
        return -1
    return len(str(value.get("text", "")).split()) if isinstance(value, dict) else -1
