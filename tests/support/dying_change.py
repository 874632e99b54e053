"""The real command that makes or changes the record's keys, killed (kill -9) the first time that it
comes to a step after the organisation is opened. Run by tests.

Arguments: the step, of OF_NEW_KEYS or OF_A_ROTATION; then the command's.
"""

from __future__ import annotations

import sys
from pathlib import Path

from quorate.cli import keys
from quorate.cli.main import app
from support import dying_at
from support.steps import OF_A_ROTATION, OF_NEW_KEYS


def main() -> None:
    open_organisation = keys.open_organisation
    dying_at.STEPS = OF_NEW_KEYS | OF_A_ROTATION

    def opened(folder: Path) -> object:
        lane = open_organisation(folder)
        lane.now()
        dying_at.Killing(sys.argv[1]).given = dying_at.AFTER_GIVING
        return lane

    keys.open_organisation = opened
    app(sys.argv[2:])


main()
