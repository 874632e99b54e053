"""Where a form says to go on once it is done."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def wanted(request: HttpRequest) -> str:
    """The form's ``next``, if that is on this server; "" otherwise."""
    asked = str(request.POST.get("next", ""))
    hosts = {request.get_host()}
    here = url_has_allowed_host_and_scheme(asked, hosts, require_https=request.is_secure())
    return asked if here else ""
