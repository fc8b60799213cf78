"""`/mijn/gegevens/`: who sees what, who looked, taking it away, correcting, choosing."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

import structlog
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.models import AuditEvent, User
from learning import leaving
from learning.access_log import looks_at, named
from learning.exports.names import handed_over
from learning.exports.tables import NotWholeError
from learning.models.people import today
from learning.own_data import choosing, seen
from learning.own_data.collecting import counts, tables
from learning.own_data.correcting import correct_name
from learning.own_data.files import everything_file, zip_name
from learning.own_data.forms import DisplayForm, MessagesForm, OwnNameForm
from learning.own_data.reauthentication import shown_again
from learning.own_data.watchers import servings_of
from learning.retention_words import how_long
from learning.rules.retention import BY_KEY
from learning.views.limits import too_many
from learning.views.monitoring import viewer_of

PER_PAGE: Final = 10
log = structlog.stdlib.get_logger("house.own_data")
View = Callable[[HttpRequest], HttpResponse]


def own(*methods: str) -> Callable[[View], View]:
    """Only for who has signed in, and for no cache."""

    def decorate(view: View) -> View:
        guarded: View = never_cache(login_required(require_http_methods(methods)(view)))
        return wraps(view)(guarded)

    return decorate


def at(section: str) -> HttpResponse:
    """Back to a section of the page."""
    return redirect(f"{reverse('own_data')}#{section}")


@own("GET", "HEAD")
def page(request: HttpRequest) -> HttpResponse:
    return show(request)


def show(request: HttpRequest, **bound: Any) -> HttpResponse:
    """The whole page; `bound` is a form with errors, in place of the one that shows what is."""
    person = viewer_of(request)
    number, servings = counts(person), servings_of(person)
    forms = {
        "name_form": OwnNameForm(initial={"name": person.name}),
        "messages_form": MessagesForm(initial=vars_of(choosing.messages_of(person))),
        "display_form": DisplayForm(instance=copy(person)),
    }
    context = {
        "servings": servings,
        "ended": [each for each in servings if not each.is_current],
        "leavable": leaving.may_leave(each.membership for each in servings),
        "left": leaving.may_come_back(each.membership for each in servings),
        "seen": seen.BY_MONITORS,
        "never_seen": seen.BY_NO_MONITOR,
        "kept": [
            (each.title, number[key], how_long(BY_KEY[each.kept]))
            for key, each in tables().items()
            if number[key]
        ],
        "extra_times": User.ExtraTime.choices,
        **looks_context(request, person, count=number["looks"]),
        **(forms | bound),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if bound else HTTPStatus.OK
    return render(request, "learning/own_data/page.html", context, status=status)


def vars_of(chosen: choosing.Messages) -> dict[str, bool]:
    return {
        "weekly": chosen.weekly,
        "about_changes": chosen.about_changes,
        "refreshers": chosen.refreshers,
    }


def looks_context(request: HttpRequest, person: User, *, count: int) -> dict[str, Any]:
    """A page of who looked at their data, or took it away; how often that was is known."""
    paginator: Any = Paginator(looks_at(person), PER_PAGE)
    paginator.count = count
    page_obj = paginator.get_page(request.GET.get("p"))
    return {"page_obj": page_obj, "looks": named(page_obj.object_list, person)}


@own("GET", "HEAD", "POST")
def name(request: HttpRequest) -> HttpResponse:
    """Correct one's own name."""
    if request.method != "POST":
        return at("klopt-het")
    form = OwnNameForm(request.POST)
    if not form.is_valid():
        return show(request, name_form=form)
    if correct_name(viewer_of(request), form.cleaned_data["name"]):
        messages.success(request, _("Your name is changed. It is right everywhere at once."))
    else:
        messages.info(request, _("That is your name already."))
    return at("klopt-het")


@own("GET", "HEAD", "POST")
def mail(request: HttpRequest) -> HttpResponse:
    """Which mail somebody wants."""
    if request.method != "POST":
        return at("berichten")
    form = MessagesForm(request.POST)
    if not form.is_valid():
        return show(request, messages_form=form)
    choosing.choose_messages(viewer_of(request), form.wanted)
    messages.success(request, _("Your choice is stored."))
    return at("berichten")


@own("GET", "HEAD", "POST")
def display(request: HttpRequest) -> HttpResponse:
    """Language, size of the text and contrast; on in the language that was chosen."""
    if request.method != "POST":
        return at("weergave")
    form = DisplayForm(request.POST, instance=User.objects.get(pk=viewer_of(request).pk))
    if not form.is_valid():
        return show(request, display_form=form)
    person = form.save(commit=False)
    person.save(update_fields=form.Meta.fields)
    with translation.override(person.language):
        messages.success(request, _("Your choice is stored."))
        return at("weergave")


@never_cache
@login_required
@shown_again
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What is in the file, and the button that makes it."""
    return render(request, "learning/own_data/everything.html", {"tables": tables().values()})


@never_cache
@login_required
@shown_again
@require_POST
def everything_download(request: HttpRequest) -> HttpResponse:
    """Everything about oneself as a zip."""
    if too_many(request, "own_data"):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    person = viewer_of(request)
    try:
        file = everything_file(person)
    except NotWholeError as error:
        log.warning("file not made", error=type(error).__name__)
        return render(
            request,
            "learning/own_data/everything.html",
            {"tables": tables().values(), "failed": True},
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )
    audit.record(AuditEvent.What.OWN_DATA, by=person, about=person)
    response = handed_over(file, zip_name(today()))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@never_cache
@login_required
@require_POST
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Out, and in again on the way to the file, or to erasing the account."""
    wanted = "erase_account" if request.POST.get("for") == "erasing" else "own_data_everything"
    onward = urlencode({"next": reverse(wanted)})
    logout(request)
    return redirect(f"{reverse('account_login')}?{onward}")
