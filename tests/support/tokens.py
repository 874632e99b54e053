"""Prints a token for the API for whoever plays each part in the demo. Run by tests.

Arguments: the demo's folder, then the parts.
"""

import sys
from pathlib import Path

from quorate.cli.opening import open_organisation


def main() -> None:
    lane = open_organisation(Path(sys.argv[1]))
    from quorate.web.accounts.playing import people
    from quorate.web.api.tokens import make_token

    playing = dict(people(lane.now().state))
    for part in sys.argv[2:]:
        print(make_token(playing[part], "tests"))


main()
