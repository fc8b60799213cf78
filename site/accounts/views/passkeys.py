"""The offer of a passkey, made once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.passkeys import no_passkey_now


@login_required
@require_POST
def not_now(request: HttpRequest) -> HttpResponse:
    """*Not now*: it is not offered again."""
    no_passkey_now(request)
    return redirect("mine")
