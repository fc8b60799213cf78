"""For the pages of signing in."""

import json
from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django import template

from accounts.models import User

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For an attribute that our script reads: the template escapes it."""
    return json.dumps(value, default=_plain)


@register.filter
def has_app(user: User) -> bool:
    """Whether they have an app with codes."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))


@register.filter
def has_passkey(user: User) -> bool:
    return bool(is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
