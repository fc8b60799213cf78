"""The page of a module's next version in `/beheer/`: begin, see, publish as a whole, or stop."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Locale, Page

from accounts.models import User
from home.admin_heads import head
from learning.admin.changes import ChangeForm
from learning.changes import Choice, concerned_by
from learning.in_the_middle import in_the_middle, people, words_for
from learning.models import ModulePage
from learning.module_versions import (
    BEGUN,
    PUBLISHED,
    STOPPED,
    NotFinished,
    StepState,
    begin_version,
    in_a_next_version,
    leave_out,
    next_version,
    publish_version,
    steps_in_it,
    stop_version,
)

STATES: Final = {
    StepState.SAME: gettext_lazy("stays as it is"),
    StepState.CHANGED: gettext_lazy("changed, in a draft"),
    StepState.NEW: gettext_lazy("new"),
    StepState.LEFT_OUT: gettext_lazy("is left out"),
}


def module_for(request: HttpRequest, page_id: int, *, to_publish: bool = False) -> ModulePage:
    """The module in the site's first language, if this person may change or publish it."""
    module = get_object_or_404(ModulePage, pk=page_id, locale=Locale.get_default())
    may = module.permissions_for_user(request.user)
    if not may.can_edit() or (to_publish and not may.can_publish()):
        raise PermissionDenied
    return module


@never_cache
@require_admin_access
def version_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Where the next version stands; by POST: begin, leave steps out, or stop."""
    module = module_for(request, page_id)
    assert isinstance(request.user, User)  # noqa: S101  require_admin_access saw to it
    if request.method == "POST":
        if "begin" in request.POST:
            begin_version(module, by=request.user)
            messages.success(request, _("A next version is begun. Write it in the steps below."))
        elif "stop" in request.POST:
            stop_version(module, by=request.user)
            messages.success(request, _("Stopped. Your drafts are still there."))
        else:
            leave_out(module, keys_in(request))
            messages.success(request, _("Saved."))
        return redirect("module_version", module.pk)
    version = next_version(module)
    context = {
        "module": module,
        "version": version,
        "next_number": module.version + 1,
        "steps": [
            (step.page, step.state, STATES[step.state])
            for step in (steps_in_it(module, version) if version else [])
        ],
        "middle": words_for(in_the_middle(module)),
        "may_publish": module.permissions_for_user(request.user).can_publish(),
        **frame(module),
    }
    return TemplateResponse(request, "learning/admin/module_version.html", context)


def keys_in(request: HttpRequest) -> list[UUID]:
    """The steps that are ticked; what is no key is none."""
    found = []
    for value in request.POST.getlist("leave_out"):
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def frame(module: ModulePage) -> dict[str, Any]:
    return head(
        _("Next version of “%(title)s”") % {"title": module.title},
        "history",
        here=_("Next version"),
        way=((reverse("wagtailadmin_explore", args=[module.pk]), module.title),),
    )


@never_cache
@require_admin_access
def publish_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Whom it concerns and what becomes of them; then all of it at once."""
    module = module_for(request, page_id, to_publish=True)
    assert isinstance(request.user, User)  # noqa: S101  require_admin_access saw to it
    version = next_version(module)
    if version is None:
        return redirect("module_version", module.pk)
    concerned = concerned_by(module)
    form = ChangeForm(
        request.POST if request.method == "POST" else None, initial={"choice": Choice.TELL}
    )
    if not concerned.finished:
        # Nobody to ask: one press is enough.
        form = ChangeForm({"choice": Choice.CORRECTION})
    unfinished: list[Page] = []
    if request.method == "POST" and form.is_valid():
        try:
            number = publish_version(module, by=request.user, **chosen(form))
        except NotFinished as error:
            unfinished = error.pages
        else:
            if number is not None:
                messages.success(
                    request, _("Version %(number)s is published.") % {"number": number}
                )
            return redirect("wagtailadmin_explore", module.pk)
    is_refused = request.method == "POST"
    context = {
        "module": module,
        "form": form,
        "asks": bool(concerned.finished),
        "finished": people(concerned.finished),
        "middle": words_for(in_the_middle(module)),
        "steps": [
            (step.page, STATES[step.state])
            for step in steps_in_it(module, version)
            if step.state is not StepState.SAME
        ],
        "next_number": module.version + 1,
        "unfinished": unfinished,
        **frame(module),
    }
    return TemplateResponse(
        request,
        "learning/admin/module_version_publish.html",
        context,
        status=422 if is_refused else 200,
    )


def chosen(form: ChangeForm) -> dict[str, Any]:
    """What the editor said of those who finished it."""
    choice = Choice(form.cleaned_data["choice"])
    return {
        "choice": choice,
        "ended_on": form.cleaned_data["ended_on"] if choice is Choice.AGAIN else None,
        "note": form.cleaned_data["note"],
    }


@hooks.register("before_publish_page", order=-1)
def not_apart_from_the_rest(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page of a next version is saved as a draft by now, and published with the rest."""
    module = in_a_next_version(page)
    if module is None:
        return None
    messages.info(
        request,
        _(
            "Your text is saved. It is part of the next version, and is published with the rest "
            "of it."
        ),
    )
    return redirect("module_version", module.pk)


@hooks.register("register_page_header_buttons")
def lead_there(page: Page, user: User, view_name: str, next_url: str | None = None) -> list[Button]:
    """From the module's menu, and from that of each step while a version is being written."""
    module = in_a_next_version(page)
    own = page.specific
    if module is None and isinstance(own, ModulePage) and own.locale_id == Locale.get_default().pk:
        module = own
    if module is None or not module.permissions_for_user(user).can_edit():
        return []
    address = reverse("module_version", args=[module.pk])
    return [Button(_("Next version of the module"), address, icon_name="history", priority=75)]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    begun = gettext_lazy("Next version begun")
    stopped = gettext_lazy("Next version stopped")
    published = gettext_lazy("Next version published")
    actions.register_action(BEGUN, begun, begun)
    actions.register_action(STOPPED, stopped, stopped)
    actions.register_action(PUBLISHED, published, published)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("volgende-versie/<int:page_id>/", version_page, name="module_version"),
        path(
            "volgende-versie/<int:page_id>/publiceren/",
            publish_page,
            name="module_version_publish",
        ),
    ]
