"""The WSGI application. Before the first request is answered the record is replayed, and the
bulletin's texts are read for searching."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quorate.web.settings")

application = get_wsgi_application()

from quorate.store.following import BrokenRecord  # noqa: E402 (they need Django set up)
from quorate.web.bulletin.search import read_texts  # noqa: E402
from quorate.web.lane import lane  # noqa: E402

try:
    read_texts(lane().now().state)
except BrokenRecord as broken:
    raise SystemExit(
        f"The record is broken, and this server does not go on from it: {broken}"
    ) from None
# What was replayed stays: searching it for garbage again and again would make requests wait.
gc.collect()
gc.freeze()
