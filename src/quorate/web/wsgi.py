"""The WSGI application. Before the first request is answered the record is there, from the latest
snapshot or replayed; the bulletin's texts are read for searching meanwhile."""

import gc
import os
import sys
import threading
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "quorate.web.settings"

# A thread that comes back from the database with the write lane in its hands waits at most so many
# seconds for one that computes. Python's own 5 ms add up over the queries of a group of acts.
sys.setswitchinterval(0.0005)

# What is loaded here stays: searching it for garbage meanwhile would take longer than loading it.
gc.disable()

application = get_wsgi_application()

from quorate.store.following import BrokenRecord  # noqa: E402 (they need Django set up)
from quorate.web import keeping_snapshots, keeping_tallies  # noqa: E402
from quorate.web.bulletin import search  # noqa: E402
from quorate.web.lane import lane  # noqa: E402
from quorate.web.letters import postman  # noqa: E402
from quorate.web.record import asking  # noqa: E402

import_module(settings.ROOT_URLCONF)  # or the first request would wait for it
try:
    state = lane().now().state
except BrokenRecord as broken:
    raise SystemExit(
        f"The record is broken, and this server does not go on from it: {broken}"
    ) from None
gc.freeze()  # the state stays too, and no request waits while it is searched
gc.enable()
threading.Thread(target=search.read_ahead, args=(state,), name="search", daemon=True).start()
postman.start()
asking.start()
keeping_tallies.start()
keeping_snapshots.start(lane().started_from)
