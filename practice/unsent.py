"""What somebody typed while they turned out to be signed out: kept until they are back.

For an hour, and unreadable without the cookie of the browser in which it was typed: it may be about
anybody, and nobody has agreed to anything yet.
"""

import base64
import hashlib
import json
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from accounts.limits import too_often
from home.host_cookies import host_cookie
from learning import tokens
from learning.views.limits import too_many

SECONDS: Final = 60 * 60
COOKIE: Final = host_cookie("unsent")
LIMIT: Final = "unsent"
# More than the largest step holds.
MOST: Final = 100_000
NOT_TYPED: Final = frozenset(("csrfmiddlewaretoken", "seen", "later", "back"))


def keep_and_sign_in(request: HttpRequest, back_to: str) -> HttpResponse:
    """To signing in, and from there back to where it was typed."""
    typed = json.dumps({name: rows for name, rows in request.POST.lists() if name not in NOT_TYPED})
    response: HttpResponse = redirect_to_login(back_to)
    if request.method != "POST" or len(typed) > MOST:
        return response
    if too_many(request, LIMIT):
        return too_often(request, action=("allauth.account", LIMIT))
    secret = tokens.fresh()
    cache.set(place_of(secret, back_to), locked(secret).encrypt(typed.encode()), SECONDS)
    response.set_cookie(
        COOKIE,
        secret,
        max_age=SECONDS,
        path="/",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def message() -> str:
    return _("You had been signed out while you wrote. What you typed stands here again: keep it.")


def place_of(secret: str, address: str) -> str:
    return f"unsent:{tokens.digest(f'{secret} {address}')}"


def locked(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))


def typed_at(request: HttpRequest, address: str) -> QueryDict | None:
    """What was typed there in this browser, if it was not kept since."""
    secret = request.COOKIES.get(COOKIE, "")
    if not secret or len(secret) > tokens.LONGEST:
        return None
    found = cache.get(place_of(secret, address))
    if found is None:
        return None
    try:
        rows = json.loads(locked(secret).decrypt(found))
    except (InvalidToken, ValueError):
        return None
    typed = QueryDict(mutable=True)
    for name, values in rows.items():
        typed.setlist(name, values)
    return typed


def forget(request: HttpRequest, address: str) -> None:
    """It is kept now where it belongs. Safe to repeat."""
    if secret := request.COOKIES.get(COOKIE, ""):
        cache.delete(place_of(secret, address))


def filled_in(form: Any, typed: Any) -> Any:
    """A form that begins with what was typed instead of what is stored. Nothing is stored yet."""
    bound = type(form)(typed, submission=form.submission)
    bound.is_valid()
    for name, value in bound.kept().items():
        if name in form.fields:
            # Choices of yes and no are written as 1 and 0.
            form.initial[name] = str(int(value)) if is_choice(form, name, value) else value
    return form


def is_choice(form: Any, name: str, value: Any) -> bool:
    return isinstance(value, bool) and hasattr(form.fields[name], "choices")
