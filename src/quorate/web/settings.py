"""Django's settings, made from the organisation's folder that QUORATE_DIR names.

There is nothing of the democracy here: what may be done when is the rulebook's.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from quorate.store.place import open_place

PLACE = open_place(Path(os.environ["QUORATE_DIR"]))

ADDRESS = PLACE.address or f"http://127.0.0.1:{os.environ.get('QUORATE_PORT', '8000')}"
"""Where people reach the pages: what links in letters begin with."""
HTTPS = ADDRESS.startswith("https://")

SECRET_KEY = PLACE.web_key
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", str(urlsplit(ADDRESS).hostname)]
ROOT_URLCONF = "quorate.web.urls"
WSGI_APPLICATION = "quorate.web.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "quorate.store",
    "quorate.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "quorate.web.middleware.StandingMiddleware",
    "quorate.web.reading.ReadingMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "quorate.web.context.page",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    if not PLACE.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": PLACE.folder / "quorate.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
            },
            "CONN_MAX_AGE": None,
        }
    from psycopg.conninfo import conninfo_to_dict

    address = conninfo_to_dict(PLACE.database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.get("dbname", "quorate"),
        "USER": address.get("user", ""),
        "PASSWORD": address.get("password", ""),
        "HOST": address.get("host", ""),
        "PORT": address.get("port", ""),
        # A server that was cut off while it held the write lane loses it, so that others go on: the
        # database ends a session that says nothing, and one whose machine does not answer.
        "OPTIONS": {
            "options": "-c idle_in_transaction_session_timeout=5min -c tcp_keepalives_idle=60 "
            "-c tcp_keepalives_interval=30 -c tcp_keepalives_count=8"
        },
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database()}

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "quorate.web.accounts.adapter.Adapter"
ACCOUNT_FORMS = {"request_login_code": "quorate.web.accounts.signing_in.RequestCode"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"
"""The code that signs somebody in comes by e-mail, and so proves the address."""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
"""Nobody can have letters sent to an address that is no member's."""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "300/m/ip,5/10m/key", "login": "600/m/ip"}
"""A whole hall signs in from one address; nobody's mailbox is filled."""
MFA_ADAPTER = "quorate.web.accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = PLACE.origin
MFA_TOTP_TOLERANCE = 1
"""A phone's clock may be half a minute off."""

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    # The server speaks HTTP to a proxy on its own machine, which says how it was spoken to.
    CSRF_TRUSTED_ORIGINS = [ADDRESS]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

DEFAULT_FROM_EMAIL = PLACE.sender
if PLACE.smtp:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, _, _port = PLACE.smtp.partition(":")
    EMAIL_PORT = int(_port or 25)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "quorate.web.letters.folder.FolderBackend"
    EMAIL_FILE_PATH = PLACE.folder / "mail"


def _broke(record: logging.LogRecord) -> bool:
    """Nothing broke where a full ballot box asks to come again, which it does thousands of times
    while somebody floods it."""
    request = getattr(record, "request", None)
    casts = request is not None and request.path.startswith("/api/ballots/")
    return not (casts and getattr(record, "status_code", 0) == 503)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"broke": {"()": "django.utils.log.CallbackFilter", "callback": _broke}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "quorate": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {
            "handlers": ["console"],
            "filters": ["broke"],
            "level": "ERROR",
            "propagate": False,
        },
    },
}
"""What broke stands in the server's own output, and not on a page."""
