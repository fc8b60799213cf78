"""Who calls: whose key came along with a request."""

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from learning import tokens
from learning.models import ScimToken
from learning.models.scim import ScimTokenQuerySet
from learning.scim.errors import NoKey, TooManyRequests
from learning.scim.tenants import Tenant
from learning.views.limits import too_many

# How precisely it is known when a key was last used: not every call is a write.
USED_WITHIN: Final = timedelta(minutes=5)


def tenant_of(request: HttpRequest) -> Tenant:
    """The municipality whose key came along. Cookies are not looked at.

    Raises NoKey, and TooManyRequests for who tries many, or asks too much.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = find(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        if too_many(request, "scim_refused"):
            raise TooManyRequests
        raise NoKey(detail="A valid key of a municipality is needed.")
    if too_many(request, "scim", key=str(token.pk)):
        raise TooManyRequests
    now = timezone.now()
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USED_WITHIN)
    if token.last_used_at is None or token.last_used_at < now - USED_WITHIN:
        ScimToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return Tenant(token.connection, token.pk)


def find(secret: str) -> ScimToken | None:
    """The token that works, if there is one.

    It is looked up by the hash of 256 random bits, so time tells nothing of it; the comparison
    that decides takes the same time all the same.
    """
    valid: ScimTokenQuerySet = ScimToken.objects.valid()
    hashed = tokens.digest(secret)
    found = valid.filter(token_hash=hashed).select_related("connection__municipality__successor")
    token = found.first()
    if token is None or not constant_time_compare(token.token_hash, hashed):
        return None
    return token
