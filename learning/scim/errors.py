"""What can be wrong, told in our own words: none of them repeats what was sent.

The library's own messages quote values, which may be somebody's address: those are replaced.
"""

from typing import Final

from pydantic import ValidationError
from scim2_models import (
    Error,
    ForbiddenException,
    InvalidFilterException,
    InvalidSyntaxException,
    InvalidValueException,
    NotFoundException,
    PayloadTooLargeException,
    PreconditionFailedException,
    SCIMException,
    UnauthorizedException,
    UniquenessException,
)


class Ours:
    """Marks an error whose words are safe to send."""


class BadValue(Ours, InvalidValueException):
    """400 invalidValue."""


class BadFilter(Ours, InvalidFilterException):
    """400 invalidFilter."""


class BadJson(Ours, InvalidSyntaxException):
    """400 invalidSyntax."""


class NoKey(Ours, UnauthorizedException):
    """401."""


class Closed(Ours, ForbiddenException):
    """403."""


class Missing(Ours, NotFoundException):
    """404."""


class MethodNotAllowed(Ours, SCIMException):
    status = 405
    _default_detail = "This method does not exist here."


class Taken(Ours, UniquenessException):
    """409 uniqueness."""


class Stale(Ours, PreconditionFailedException):
    """412."""


class TooLarge(Ours, PayloadTooLargeException):
    """413."""


class UnsupportedMediaType(Ours, SCIMException):
    status = 415
    _default_detail = "Send application/scim+json."


class TooManyRequests(Ours, SCIMException):
    status = 429
    _default_detail = "Too many requests. Try again later."


WORDS: Final = {
    "invalidFilter": "This filter cannot be read, or compares an attribute in a way it forbids.",
    "invalidPath": "A path cannot be read, or names no attribute.",
    "invalidSyntax": "The request does not follow the schema.",
    "invalidValue": "A value is missing, or does not fit its attribute or operation.",
    "mutability": "An attribute is read-only, or required and would be removed.",
    "noTarget": "An operation has no path, or its path finds nothing.",
    "uniqueness": "Something with this name or id exists already.",
}
ELSE: Final = "The request cannot be carried out."


def as_told(error: SCIMException) -> Error:
    """An error as it is sent."""
    cause = error.__cause__
    if not isinstance(error, Ours) and isinstance(cause, ValidationError):
        return from_validation(cause)
    kind = error.scim_type or ""
    detail = error.detail if isinstance(error, Ours) else WORDS.get(kind, ELSE)
    return Error(status=error.status, scim_type=kind or None, detail=detail)


def from_validation(error: ValidationError) -> Error:
    """The first of what was wrong. What the library says itself quotes; pydantic does not."""
    first = error.errors(include_input=False, include_url=False)[0]
    told = Error.from_validation_error(first)
    if str(first["type"]).startswith("scim_"):
        told.detail = WORDS.get(told.scim_type or "", ELSE)
    return told
