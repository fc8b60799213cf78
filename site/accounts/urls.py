"""Addresses of signing in that are ours, before allauth's own."""

from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from accounts.views import addresses, passkeys, sessions, signing_in
from accounts.views.demo import demo_sign_in

nowhere = RedirectView.as_view(url=reverse_lazy("account_email"))

urlpatterns = [
    path("demo/", demo_sign_in, name="demo_sign_in"),
    path("login/", signing_in.SignInView.as_view(), name="account_login"),
    path("login/code/", signing_in.SignInView.as_view(), name="account_request_login_code"),
    path("login/wachtwoord/", signing_in.PasswordView.as_view(), name="account_login_password"),
    path("login/link/", signing_in.code_link, name="account_login_link"),
    path("sessions/", sessions.own_sessions, name="usersessions_list"),
    path("passkey/niet-nu/", passkeys.not_now, name="passkey_not_now"),
    path("email/", addresses.own_address, name="account_email"),
    path("email/intrekken/", addresses.withdraw, name="account_email_withdraw"),
    path("email/bevestigen/", addresses.answer, name="account_email_answer"),
    # Allauth's own way to another address asks only the new one.
    path("confirm-email/", nowhere, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", nowhere, name="account_confirm_email"),
]
