"""The OpenAPI description, made from the acts and from what the addresses show."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse

from quorate.web.api.shapes import act_schema, any_act, doable, shared_schemas
from quorate.web.api.tokens import ACTS
from quorate.web.api.views import api


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description; the body of /acts is one of the acts, told apart by its name."""
    described: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/"))
    for path in ACTS:
        described["paths"][path]["post"]["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Act"}}},
        }
    schemas = described.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(shared_schemas())
    schemas.update({name: act_schema(name) for name in doable()})
    schemas["Act"] = any_act()
    return described


def openapi(request: HttpRequest) -> JsonResponse:
    """The description, public."""
    return JsonResponse(description())
