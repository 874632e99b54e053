"""The WSGI application."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quorate.web.settings")

# A thread that comes back from the database with the write lane in its hands waits at most so many
# seconds for one that computes. Python's own 5 ms add up over the queries of a group of acts.
sys.setswitchinterval(0.0005)

application = get_wsgi_application()
