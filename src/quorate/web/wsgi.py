"""The WSGI application. Before the first request is answered the record is there, from the latest
snapshot or replayed; the bulletin's texts are read for searching meanwhile."""

import gc
import os
import sys
import threading

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "quorate.web.settings"

# A thread that comes back from the database with the write lane in its hands waits at most so many
# seconds for one that computes. Python's own 5 ms add up over the queries of a group of acts.
sys.setswitchinterval(0.0005)

application = get_wsgi_application()

from quorate.store.following import BrokenRecord  # noqa: E402 (they need Django set up)
from quorate.web import keeping_snapshots  # noqa: E402
from quorate.web.bulletin import search  # noqa: E402
from quorate.web.lane import lane  # noqa: E402
from quorate.web.letters import postman  # noqa: E402
from quorate.web.record import asking  # noqa: E402

# What stands now stays: searching it for garbage again and again would make requests wait.
gc.collect()
gc.disable()
try:
    state = lane().now().state
except BrokenRecord as broken:
    raise SystemExit(
        f"The record is broken, and this server does not go on from it: {broken}"
    ) from None
gc.freeze()
gc.enable()
threading.Thread(target=search.read_ahead, args=(state,), name="search", daemon=True).start()
postman.start()
asking.start()
keeping_snapshots.start(lane().started_from)
