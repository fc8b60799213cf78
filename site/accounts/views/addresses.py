"""Own e-mail address: `/account/email/`, and where the mailed links lead."""

from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import addresses, sessions
from accounts.current import person_of
from accounts.limits import too_often
from accounts.models import AddressChange, User

TOKEN: Final = "address_answer"  # noqa: S105  the name of a place in the session


class NewAddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if email == self.person.email:
            raise forms.ValidationError(_("This is your address already."))
        return email


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_address(request: HttpRequest) -> HttpResponse:
    """Which address one has, which one waits, and asking for another."""
    if request.method == "POST":
        response: HttpResponse = ask(request)
        return response
    person = person_of(request)
    return show(request, person, NewAddressForm(person=person))


@reauthentication_required(app="accounts")
def ask(request: HttpRequest) -> HttpResponse:
    if not ratelimit.consume(request, action="manage_email"):
        return too_often(request)
    person = person_of(request)
    form = NewAddressForm(request.POST, person=person)
    if not form.is_valid():
        return show(request, person, form)
    addresses.ask(person, form.cleaned_data["email"])
    return redirect("account_email")


def show(request: HttpRequest, person: User, form: NewAddressForm) -> HttpResponse:
    change = AddressChange.objects.open().filter(person=person).first()
    context = {"person": person, "change": change, "form": form}
    return render(request, "account/email.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Stop a change that waits."""
    change = AddressChange.objects.filter(person_id=request.user.pk).first()
    if change is not None:
        addresses.withdraw(change)
    messages.success(request, _("Your address stays as it is."))
    return redirect("account_email")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Where a mailed link leads: two buttons. The link proves the mailbox; nobody need sign in."""
    token = request.GET.get("s")
    if token:
        # Out of the address, as with every link that we mail.
        request.session[TOKEN] = token[:400]
        return redirect("account_email_answer")
    try:
        asked = addresses.find(request.session.get(TOKEN, ""))
        if request.method != "POST":
            return render(request, "account/email_answer.html", {"asked": asked})
        if "no" in request.POST:
            addresses.withdraw(asked.change)
            return done(request, _("Stopped: the address stays as it is."))
        if not addresses.agree(asked):
            return done(
                request, _("Thank you. Now the other address must agree: see the mail there.")
            )
    except addresses.NoLonger:
        return render(request, "account/email_answer_stale.html", {}, status=410)
    here = request.session.session_key if request.user == asked.change.person else None
    sessions.end_all_sessions(asked.change.person, but=here)
    return done(request, _("Done. From now on you sign in with your new address."))


def done(request: HttpRequest, words: str) -> HttpResponse:
    request.session.pop(TOKEN, None)
    messages.success(request, words)
    return redirect("account_email" if request.user.is_authenticated else "account_login")
