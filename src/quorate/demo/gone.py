"""A text of the demo that should not have been written, and is erased."""

from __future__ import annotations

from quorate.chapters.calendar import HOUR
from quorate.demo.telling import Telling

_TEXT = {
    "title": "Who drove through our picket",
    "text": (
        "On the eleventh a grey van went through our line at gate four. I followed it home. It "
        "stands in Alder Street, next to the bakery, and its owner leaves at five in the morning. "
        "Somebody should talk to him there."
    ),
}
_WHY = (
    "It says where somebody lives and when he leaves, and what to do about it. Whatever he did at "
    "the gate, this is not what our bulletin is for."
)
_JUDGED = (
    "It names no one, and everybody finds him. It goes.",
    "Nobody is to be waited for at home for what they did at work.",
    "I would not have printed it either. The strike can be written about without it.",
)


def erased(telling: Telling) -> None:
    """A member writes it, another asks that it go, and the credentials committee agrees."""
    telling.clock.time += 9 * HOUR
    telling.do(telling.somebody("SK", "hasty"), "bulletin.hand_in", kind="perspective", text=_TEXT)
    number = max(telling.state.bulletin.contributions)
    text = telling.state.bulletin.contributions[number].latest.text
    telling.clock.time += 4 * HOUR
    asking = telling.somebody("HB", "asks")
    telling.do(asking, "erasing.ask", text=text, reason={"text": _WHY})
    judges = telling.state.offices.now[telling.state.rules.erasing.decided_by, ""]
    for judge, reason in zip(judges, _JUDGED, strict=False):
        telling.clock.time += 5 * HOUR
        fields = {"request": 1, "decision": "upheld", "reason": {"text": reason}}
        telling.do(judge.member, "erasing.judge", **fields)
