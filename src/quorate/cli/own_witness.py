"""The witness that a server is for others, when the server's folder is restored.

What a witness has seen must never go back, so it is in no backup; and there must not be two of it,
so it is moved and never copied.
"""

from __future__ import annotations

from pathlib import Path

from quorate.store.aside import put_aside

FOLDER = "witness"


def carry_over(aside: Path, folder: Path) -> str:
    """Moves the witness out of what was put aside into the restored folder; says what became of it,
    "" where there is none."""
    there, here = aside / FOLDER, folder / FOLDER
    if not there.exists():
        return ""
    try:
        there.rename(here)
    except OSError as error:
        return (
            f"The witness that this server is for others could not be moved ({error.strerror}): "
            f"before the server starts, move {there} to {here}. Make no other."
        )
    return f"The witness that this server is for others is in {here} again, as it was."


def to_do(folder: Path) -> str:
    """What to do where the settings say that there is a witness, and it cannot be opened. Another
    is made only where a restore has left none beside the folder: that one remembers."""
    here = folder / FOLDER
    if here.exists():
        return f"Put {here} right. Make another only if it is lost."
    if (there := _left_aside(folder)) is not None:
        return f"A restore has put it aside. Move {there} to {here}, and make no other."
    return f"Make one: quorate witness new {here} --name NAME"


def _left_aside(folder: Path) -> Path | None:
    """The witness in what a restore put aside last, if there is one."""
    there = [path / FOLDER for _, path in put_aside(folder)]
    return next((path for path in reversed(there) if path.exists()), None)
