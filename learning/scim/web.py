"""The envelope of every SCIM request: who calls, what they sent, and errors as the RFC has them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import structlog
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt  # noqa: TID251  no cookie is looked at here
from pydantic import ValidationError
from scim2_models import Error, SCIMException

from learning.scim.callers import tenant_of
from learning.scim.errors import (
    BadJson,
    BadValue,
    MethodNotAllowed,
    Stale,
    Taken,
    TooLarge,
    UnsupportedMediaType,
    as_told,
    from_validation,
)

log = structlog.stdlib.get_logger("house.scim")

CONTENT_TYPE: Final = "application/scim+json"
ACCEPTED: Final = frozenset({CONTENT_TYPE, "application/json"})
LARGEST_BODY: Final = 1024 * 1024
MOST_OPERATIONS: Final = 200


@dataclass(frozen=True, slots=True)
class Answer:
    body: dict[str, Any] | None
    status: int = 200
    version: str = ""
    location: str = ""


Handler = Callable[..., Answer]


def endpoint(**handlers: Handler) -> Callable[..., HttpResponse]:
    """A view from a function per method. HEAD is GET without its body."""
    # Whoever calls shows a key in a header, which no other site's form can send along.
    return csrf_exempt(partial(answer, handlers=handlers))


def answer(request: HttpRequest, *, handlers: dict[str, Handler], **where: Any) -> HttpResponse:
    """Call the handler; whatever goes wrong becomes an error as RFC 7644 §3.12 has it."""
    try:
        tenant = tenant_of(request)
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in handlers:
            raise MethodNotAllowed
        result = handlers[method](request, tenant, **where)
    except SCIMException as error:
        return refusal(request, as_told(error), handlers)
    except ValidationError as error:
        return refusal(request, from_validation(error), handlers)
    except RecursionError:
        return refusal(request, as_told(BadValue(detail="This is nested too deeply.")), handlers)
    except IntegrityError:
        # Somebody else made the same at this very moment.
        return refusal(request, as_told(Taken()), handlers)
    if request.method in ("GET", "HEAD") and result.version:
        known = request.headers.get("If-None-Match", "")
        if result.version in listed(known):
            return respond(None, 304, {"ETag": result.version})
    headers = {"ETag": result.version, "Location": result.location}
    return respond(result.body, result.status, {k: v for k, v in headers.items() if v})


def refusal(request: HttpRequest, error: Error, handlers: dict[str, Handler]) -> HttpResponse:
    """The error as its own resource. No word of what was sent is in it, nor in the log."""
    status = error.status or 400
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="scim"'
    elif status == 405:
        headers["Allow"] = ", ".join(sorted({*handlers, *({"HEAD"} if "GET" in handlers else ())}))
    elif status == 429:
        headers["Retry-After"] = "60"
    log.info("scim refused", method=request.method, status=status, type=error.scim_type)
    return respond(error.model_dump(), status, headers)


def respond(body: dict[str, Any] | None, status: int, headers: dict[str, str]) -> HttpResponse:
    content = b"" if body is None else json.dumps(body).encode()
    response = HttpResponse(content, status=status, content_type=CONTENT_TYPE, headers=headers)
    # People's data: for whoever asked, and no store on the way.
    response.headers["Cache-Control"] = "no-store, private"
    return response


def payload_of(request: HttpRequest) -> dict[str, Any]:
    """What was sent, as an object. Raises SCIMException for anything else."""
    if request.content_type not in ACCEPTED:
        raise UnsupportedMediaType
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise TooLarge(detail="At most 1 MB may be sent at once.")
    try:
        payload = json.loads(request.body)
        readable = json.dumps(payload, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as broken:
        raise BadJson(detail="This is no JSON.") from broken
    if not isinstance(payload, dict):
        raise BadJson(detail="A JSON object is needed.")
    # As JSON writes it once more, so that it is found wherever it stands.
    if rb"\u0000" in readable:
        raise BadValue(detail="The character NUL is not allowed.")
    operations = payload.get("Operations")
    if isinstance(operations, list) and len(operations) > MOST_OPERATIONS:
        raise TooLarge(detail=f"At most {MOST_OPERATIONS} operations at once.")
    return payload


def listed(header: str) -> list[str]:
    return [each.strip() for each in header.split(",")]


def check_version(request: HttpRequest, version: str) -> None:
    """Refuse to change what has changed since it was read (RFC 7644 §3.14)."""
    wanted = request.headers.get("If-Match", "")
    if wanted and wanted.strip() != "*" and version not in listed(wanted):
        raise Stale(detail="It has changed since you read it.")
