"""Prints each member's pseudonym and a token for the API. Run by tests. Arguments: the folder, the
time (ms)."""

import sys
from pathlib import Path

from quorate.cli.opening import open_organisation
from support.stored import Told


def main() -> None:
    lane = open_organisation(Path(sys.argv[1]))
    lane.clock = Told(int(sys.argv[2]))
    from django.db import transaction

    from quorate.web.api.tokens import make_token

    with transaction.atomic():
        for member in sorted(lane.now().state.membership.members):
            print(member, make_token(member, "tests"))


main()
