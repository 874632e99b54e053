"""Importing texts into the bulletin: a motion with front matter, or a file of resolutions."""

from __future__ import annotations

from quorate.store.handing_in import HandedIn, hand_in
from quorate.texts.motions import BadMotion, Motion, read_motion, read_resolutions


class NoTexts(Exception):
    """The file holds no text that can be handed in; says why."""


def motions(name: str, data: bytes) -> tuple[Motion, ...]:
    """The motions in a file. Raises NoTexts."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoTexts("it is not UTF-8") from None
    try:
        if text.startswith("---"):
            return (read_motion(name, text),)
        return read_resolutions(name, text)
    except BadMotion as error:
        raise NoTexts(str(error)) from None


def acts(name: str, data: bytes, by: str) -> list[HandedIn]:
    """The acts that hand them in as proposals. Section and proposers stand above the text."""
    return [
        hand_in(
            "bulletin.hand_in",
            {"kind": "proposal", "text": {"title": motion.title, "text": _with_head(motion)}},
            by,
        )
        for motion in motions(name, data)
    ]


def _with_head(motion: Motion) -> str:
    head = []
    if motion.code:
        head.append(f"*{motion.code}*")
    if motion.proposers:
        head.append(f"*Proposed by {', '.join(motion.proposers)}*")
    return "\n\n".join([*head, motion.markdown])
