"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "quorate.web.settings"

application = get_wsgi_application()

from quorate.web.letters import postman  # noqa: E402 - the apps have to be ready

postman.start()
