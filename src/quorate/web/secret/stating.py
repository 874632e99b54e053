"""The result of a ballot box that is to be stated, as it follows from the decryptions."""

from __future__ import annotations

from quorate.ballots import result
from quorate.ballots.json_form import Malformed
from quorate.ballots.result import BadResult
from quorate.chapters.secret.remembers import Box
from quorate.chapters.secret.result import AT_ONCE
from quorate.chapters.state import State
from quorate.store import ballot_files
from quorate.store.box_door import Unsound, result_of
from quorate.web.secret.box_steps import to_state


def result_to_state(state: State, box: Box) -> dict[str, object]:
    """The fields of the next ``secret.result``, as its form has them, once enough trustees have
    decrypted; nothing before, and after all of it is stated. Raises LookupError for what is missing
    on this server."""
    if not to_state(box):
        return {}
    try:
        (outcome,) = result_of(box, state.secret.registers[box.register], ballot_files.there)
    except (Unsound, Malformed, BadResult) as error:
        raise LookupError(str(error)) from None
    rankings = [one for one in outcome if isinstance(one, tuple)]
    if not rankings:
        return {"election": box.election, "sums": " ".join(map(str, outcome))}
    groups = list(result.grouped(rankings))
    now = groups[box.stated : box.stated + AT_ONCE]
    return {
        "election": box.election,
        "rankings": "\n".join(
            f"{weight}: {','.join(map(str, numbers))}" for weight, numbers in now
        ),
        "more": "yes" if len(groups) > box.stated + AT_ONCE else "",
    }
