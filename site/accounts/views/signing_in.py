"""Signing in: first the address alone; then another door, or a mail with a code."""

import re
from typing import Any, Final

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.stages import LoginByCodeStage, LoginStage, LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import doors
from accounts.forms import AddressForm, PasswordForm
from accounts.limits import too_often

EDITORS_PART: Final = "wagtailadmin.access_admin"
CODE: Final = re.compile(r"^[A-Za-z0-9-]{4,12}$")


class SignInView(LoginView):
    """`/account/login/`: shows the address; takes an address, or an address and a password."""

    template_name = "account/login.html"
    form_class = AddressForm

    @property
    def by_password(self) -> bool:
        return "password" in self.request.POST

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The editors' part sends here whoever may not enter: sent back, they would go round."""
        after = get_next_redirect_url(request) or ""
        is_shut = request.user.is_authenticated and not request.user.has_perm(EDITORS_PART)
        if is_shut and after.startswith(settings.ADMIN_PREFIX):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        """Whoever comes here begins anew: perhaps the address was mistyped."""

    def get_form_class(self) -> type[forms.Form]:
        return PasswordForm if self.by_password else self.form_class

    def get_template_names(self) -> list[str]:
        return ["account/login_password.html" if self.by_password else self.template_name]

    def form_valid(self, form: forms.Form) -> HttpResponse:
        self.request.session["own_device"] = form.cleaned_data["own_device"]
        if self.by_password:
            response: HttpResponse = super().form_valid(form)
            return response
        return self.begin_by_address(form.cleaned_data["email"])

    def begin_by_address(self, email: str) -> HttpResponse:
        """Another door for this address, else a code; the same whether we know it or not."""
        after = {"next": self.get_next_url()} if self.get_next_url() else {}
        door = doors.leads_to(email)
        if door is not None:
            return redirect(f"{door}?{urlencode(after)}" if after else door)
        if not ratelimit.consume(self.request, action="request_login_code", key=email):
            action = ("allauth.account", "request_login_code")
            return too_often(self.request, action=action, key=email)
        people = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        LoginCodeVerificationProcess.initiate(
            request=self.request, user=people[0] if people else None, email=email
        )
        to = reverse("account_confirm_login_code")
        return redirect(f"{to}?{urlencode(after)}" if after else to)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        value = context.get("redirect_field_value")
        context["after"] = f"?{urlencode({'next': value})}" if value else ""
        return context


class PasswordView(SignInView):
    """`/account/login/wachtwoord/`: the form that asks for a password as well."""

    form_class = PasswordForm
    by_password = True


@never_cache
@require_safe
def code_link(request: HttpRequest) -> HttpResponse:
    """Where the mail's link leads: the code is filled in, and a button signs in.

    Looking does nothing: mail programs open links by themselves. In another browser than the
    one in which somebody began there is nothing to fill in: it shows the code to type there.
    """
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or "mine")
    code = request.GET.get("code", "")
    if not CODE.match(code):
        code = ""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    process = LoginCodeVerificationProcess.resume(stage) if stage is not None else None
    if process is None or not code:
        return render(request, "account/login_code_elsewhere.html", {"code": code})
    context = {
        "verify_form": ConfirmLoginCodeForm(initial={"code": code}),
        "email": process.state.get("email"),
        "filled_in": True,
    }
    return render(request, "account/confirm_login_code.html", context)
