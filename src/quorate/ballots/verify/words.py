"""A report in plain words, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quorate.ballots.elections import Election
from quorate.ballots.questions import Homomorphic, Question
from quorate.ballots.result import Rankings, Result, Sums, result_json
from quorate.ballots.verify.report import Report, not_sound

_STAGES = {
    "Setup": "Voting is open; nobody has voted yet.",
    "Ballot": "Voting is open; there is no result yet.",
    "EndBallots": "Voting is closed; there is no tally yet.",
    "EncryptedTally": "Voting is closed, and the ballots are tallied; nothing is decrypted yet.",
    "Shuffle": "The ranked ballots are being shuffled; nothing is decrypted yet.",
    "EndShuffles": "The ranked ballots are shuffled; nothing is decrypted yet.",
    "PartialDecryption": "The trustees are decrypting; there is no result yet.",
    "Result": "The election has its result.",
}


def in_plain_words(report: Report) -> Iterator[str]:
    """Sentence by sentence: what was verified, what is wrong, the result if there is one."""
    if report.election is not None:
        yield (
            f'"{report.election.name}" ({report.election.uuid}), in the group '
            f"{report.election.group.name}."
        )
    yield from report.checked
    if not report.sound:
        yield from not_sound(report.findings)
        return
    yield f"{'Sound.' if report.stage == 'Result' else 'Sound so far.'} {_STAGES[report.stage]}"
    if report.election is not None and report.result is not None:
        yield from _result(report.election, report.result)
    yield (
        f"All of this is {report.last}, the hash of the last event: whoever has seen the same has "
        "the same box."
    )


def as_json(report: Report) -> dict[str, Any]:
    """The same for programs. ``result``: as the archive has it."""
    election = report.election
    return {
        "sound": report.sound,
        "election": None
        if election is None
        else {"uuid": election.uuid, "name": election.name, "group": election.group.name},
        "stage": report.stage,
        "last": report.last,
        "ballots": report.ballots,
        "counted": report.counted,
        "checked": report.checked,
        "findings": [{"kind": finding.kind, "why": finding.why} for finding in report.findings],
        "result": None if report.result is None else result_json(report.result)["result"],
    }


def _result(election: Election[Any], result: Result) -> Iterator[str]:
    for question, figures in zip(election.questions, result, strict=True):
        yield f'"{question.question}" {_figures(question, figures)}'


def _figures(question: Question, figures: Sums | Rankings) -> str:
    if not isinstance(question, Homomorphic):
        return f"{len(figures)} ballots, each with a number for every answer (--json prints them)."
    names = ("blank", *question.answers) if question.allows_blank else question.answers
    return ", ".join(f"{name}: {sum}" for name, sum in zip(names, figures, strict=True)) + "."
