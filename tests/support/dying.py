"""The real command, killed (kill -9) at the worst moment: the last of NUMBER personal sheets is in
the database, and nothing of that transaction is committed yet. Run by tests.

Arguments: NUMBER, then the command's.
"""

import os
import signal
import sys
from pathlib import Path

from quorate.cli.main import app


def main() -> None:
    from quorate.cli import importing

    open_organisation = importing.open_organisation

    def opened(folder: Path) -> object:
        lane = open_organisation(folder)
        die_after(int(sys.argv[1]))
        return lane

    importing.open_organisation = opened
    app(sys.argv[2:])


def die_after(number: int) -> None:
    from quorate.store.models import PersonalSheet
    from quorate.store.writing import Writing

    flush = Writing.flush

    def flush_and_die(writing: Writing) -> object:
        signed = flush(writing)
        if PersonalSheet.objects.count() >= number:
            os.kill(os.getpid(), signal.SIGKILL)
        return signed

    Writing.flush = flush_and_die


main()
