"""Where the interface stands. It needs nothing of the library, which takes long to load."""

from typing import Final

from django.conf import settings

BASE: Final = "/scim/v2"


def address(*parts: object) -> str:
    """The whole address of a resource."""
    return "/".join((f"{settings.BASE_URL}{BASE}", *map(str, parts)))
