"""How often something may be asked (ACCOUNT_RATE_LIMITS), counted by allauth."""

from allauth.core import ratelimit
from django.http import HttpRequest


def too_many(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count this once more, and say whether it is more than is allowed; looking counts too."""
    refused = ratelimit.consume_or_429(request, action=action, key=key, limit_get=True)
    return refused is not None
