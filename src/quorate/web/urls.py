"""Every address of the pages and the API."""

from __future__ import annotations

from django.urls import path

from quorate.web.api.views import api, openapi

urlpatterns = [
    path("api/openapi.json", openapi, name="openapi"),
    path("api/", api.urls),
]
