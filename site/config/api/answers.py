"""What every answer below `/api/v2/` is, also one that no endpoint made: JSON, for any site."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse

PREFIX: Final = "/api/v2/"
METHODS: Final = "GET, HEAD"
# Anybody may read it and nobody signs in, so a page of another site may as well. A browser asks
# nothing beforehand for a plain GET, so no other method need be answered for it.
FOR_ANY_SITE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
READ_ALONE: Final = "nothing can be written here; read with GET or HEAD"
MESSAGES: Final = {
    # A form from elsewhere is refused for its token, which says nothing to who has none.
    HTTPStatus.FORBIDDEN: READ_ALONE,
    HTTPStatus.NOT_FOUND: "there is nothing at this address; see /api/v2/",
    HTTPStatus.TOO_MANY_REQUESTS: "too many questions; wait Retry-After seconds",
    HTTPStatus.METHOD_NOT_ALLOWED: READ_ALONE,
}


class ApiAnswers:
    """A machine gets no page for people: errors are JSON with a `message`, whoever made them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(PREFIX):
            return response
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response = as_json(response)
        for name, value in FOR_ANY_SITE.items():
            response.headers[name] = value
        return response


def as_json(response: HttpResponse) -> HttpResponse:
    """The error as JSON with a `message`; an endpoint's own that says what may be asked stays."""
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    if is_json and response.status_code == HTTPStatus.BAD_REQUEST:
        return response
    status = HTTPStatus(response.status_code)
    told = JsonResponse({"message": MESSAGES.get(status, status.phrase.lower())}, status=status)
    told.headers["Cache-Control"] = "no-store"
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        told.headers["Allow"] = METHODS
    if "Retry-After" in response.headers:
        told.headers["Retry-After"] = response.headers["Retry-After"]
    return told
