"""A bulletin of texts that nobody here wrote, asked as a reader asks. Run by tests, in a process
of its own.

Arguments: a new folder, the folder of real data. Writes into the folder ``seen``: the page of each
contribution (``1.html``) and of the search for its title (``1.search.html``), the first issue in
print (``issue.pdf``).
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote

from quorate.chapters.calendar import DAY, HOUR
from quorate.cli.opening import set_up
from support.prints import printed

ORIGIN = "real.demo.invalid"
OPENS = 1_780_000_000_000


def main() -> None:
    folder, data = Path(sys.argv[1]), Path(sys.argv[2])
    from quorate.store.place import make_place

    place = make_place(folder, ORIGIN)
    set_up(folder)
    from django.core.management import call_command
    from django.test import Client

    from quorate.demo import founding, year
    from quorate.demo.starting_rules import starting_rules_text
    from quorate.demo.telling import StoryClock, Telling
    from quorate.store import texts_in
    from quorate.web import names
    from quorate.web.lane import lane

    call_command("migrate", verbosity=0)
    clock = StoryClock(OPENS - 200 * DAY)
    lane().clock = clock
    assert lane().place == place
    telling = Telling(lane(), clock)
    founding.found(telling, ORIGIN, starting_rules_text())
    year.call(telling, OPENS)
    dates = telling.state.floor.conventions[1].dates
    telling.go_to(dates.bulletin_opens + DAY)
    author = telling.somebody("NG", "motions")
    for file in [*sorted((data / "motions").glob("*.md")), data / "resolutions-2019.md"]:
        telling.do_all(texts_in.acts(file.name, file.read_bytes(), author))
    telling.go_to(dates.issues[0] + HOUR)

    seen = folder / "seen"
    seen.mkdir()
    reader = Client(HTTP_HOST="localhost")
    reader.post("/play", {"member": telling.somebody("CR", "reader")})
    state = telling.state
    for number in sorted(state.bulletin.contributions):
        title = names.contribution_title(state, number)
        for name, address in (
            (f"{number}.html", f"/bulletin/{number}"),
            (f"{number}.search.html", f"/bulletin?q={quote(title)}"),
        ):
            answer = reader.get(address)
            assert answer.status_code == 200, address
            (seen / name).write_bytes(answer.content)
    issue = state.bulletin.issues[0]
    address = f"/bulletin/issue/{issue.convention}/{issue.number}.pdf"
    (seen / "issue.pdf").write_bytes(printed(reader.get, address).content)


main()
