"""Signing in with one press, where the demo is shown."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.demo import DEMO_ACCOUNTS
from accounts.models import User


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in completely as one of the demo's people, second factor included.

    404 where there is no demo.
    """
    email = request.POST.get("email", "")
    if not settings.DEMO or email not in {account.email for account in DEMO_ACCOUNTS}:
        raise Http404
    user = get_object_or_404(User, email=email)
    # What somebody else showed in this browser is not theirs; what a visitor began, is.
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, "mfa", type="webauthn", passwordless=True)
    response: HttpResponse = perform_login(request, Login(user=user, email=email))
    return response
