"""Publishing a module that people have finished: first the editor says what that means for them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, Revision

from accounts.models import User
from learning.changes import (
    Choice,
    Concerned,
    announce_change,
    concerned_by,
    module_changed_by,
    module_in_use_of,
)
from learning.day_field import DayField
from learning.in_the_middle import in_the_middle, people, words_for
from learning.models import ModulePage
from learning.models.people import today
from learning.rules.disclosure import is_small

LONGEST_NOTE = 1000


class ChangeForm(forms.Form):
    """What a change means for those who finished the module."""

    choice = forms.ChoiceField(
        label=gettext_lazy("What kind of change is this?"),
        choices=Choice,
        widget=forms.RadioSelect,
    )
    ended_on = DayField(
        label=gettext_lazy("Asked again from"),
        required=False,
        help_text=gettext_lazy(
            "Through the day before, what people finished still counts. Give them time."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("What has changed?"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("Stands in the mail. Two or three sentences."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day = data.get("ended_on")
        if data.get("choice") == Choice.AGAIN and "ended_on" not in self.errors:
            if day is None:
                self.add_error("ended_on", _("Choose from which day it is asked again."))
            elif day < today():
                self.add_error("ended_on", _("Choose today or a later day."))
        return data


def address(page: Page, revision: Revision | None) -> str:
    if revision is None:
        return reverse("module_change", args=[page.pk])
    return reverse("module_change_revision", args=[page.pk, revision.pk])


@require_admin_access
def change(request: HttpRequest, page_id: int, revision_id: int | None = None) -> HttpResponse:
    """The choice. It publishes the version that was just saved, if that is not published yet."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    revision = get_object_or_404(page.revisions, pk=revision_id) if revision_id else None
    to_publish = revision is not None and page.live_revision_id != revision.pk
    module = module_in_use_of(page)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if module is None:
        return redirect(edit)
    if to_publish and revision != page.get_latest_revision():
        messages.error(request, _("Somebody has saved a newer version. Look at that one first."))
        return redirect(edit)
    concerned = concerned_by(module)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if not concerned.finished:
        # Nobody to ask again or to tell: one press is enough.
        form = ChangeForm({"choice": Choice.CORRECTION})
    if request.method == "POST" and form.is_valid():
        return publish_and_announce(request, page, module, revision if to_publish else None, form)
    context = {
        "page": page,
        "module": module,
        "form": form,
        "concerned": concerned,
        "asks": bool(concerned.finished),
        **counted(concerned),
        "middle": words_for(in_the_middle(module)),
        "to_publish": to_publish,
        "edit_url": edit,
    }
    return TemplateResponse(
        request, "learning/admin/change.html", context, status=422 if form.errors else 200
    )


def counted(concerned: Concerned) -> dict[str, str]:
    """How many have finished it, and how many of these serve: no difference speaks of a few."""
    others = concerned.finished - concerned.serving
    return {
        "finished": people(concerned.finished),
        "serving": "" if is_small(others) else people(concerned.serving),
    }


def publish_and_announce(
    request: HttpRequest,
    page: Page,
    module: ModulePage,
    revision: Revision | None,
    form: ChangeForm,
) -> HttpResponse:
    """Publish, and do what was chosen."""
    assert isinstance(request.user, User)  # noqa: S101  require_admin_access saw to it
    if revision is not None:
        PublishPageRevisionAction(revision, user=request.user).execute()
        page.refresh_from_db()
    choice = Choice(form.cleaned_data["choice"])
    announce_change(
        module,
        choice,
        by=request.user,
        occasion=f"{page.pk}:{page.live_revision_id or module.version}",
        ended_on=form.cleaned_data["ended_on"] if choice is Choice.AGAIN else None,
        note=form.cleaned_data["note"],
    )
    said = {
        Choice.CORRECTION: _(
            "“%(title)s” is published. Nothing changes for those who finished it."
        ),
        Choice.TELL: _("“%(title)s” is published. Those who finished it get a mail."),
        Choice.AGAIN: _("“%(title)s” is published. Those who finished it are asked again."),
    }
    messages.success(request, said[choice] % {"title": page.title})
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("wijziging/<int:page_id>/", change, name="module_change"),
        path("wijziging/<int:page_id>/<int:revision_id>/", change, name="module_change_revision"),
    ]


@hooks.register("before_publish_page")
def ask_before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What was typed is saved as a draft by now: the choice publishes that, or nobody does."""
    if module_in_use_of(page) is None:
        return None
    if page.go_live_at is not None and page.go_live_at > timezone.now():
        messages.info(
            request,
            _("When this version is published, say on the module's page what it means for people."),
        )
        return None
    return redirect(address(page, page.get_latest_revision()))


@hooks.register("after_edit_page")
def ask_after_approving(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A version that was approved is published by Wagtail itself: the choice comes after it."""
    if not request.POST.get("action-workflow-action"):
        return None
    now = Page.objects.get(pk=page.pk).specific
    latest = now.get_latest_revision()
    if latest is None or now.live_revision_id != latest.pk or module_changed_by(now) is None:
        return None
    return redirect(address(now, latest))


@hooks.register("register_page_header_buttons")
def say_what_it_means(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> list[Button]:
    """For what was published at a set time, or for who thinks again: from the module's menu."""
    page = page.specific
    if not isinstance(page, ModulePage) or not page.permissions_for_user(user).can_publish():
        return []
    if module_changed_by(page) is None:
        return []
    return [
        Button(_("Tell people of a change"), address(page, None), icon_name="mail", priority=80)
    ]
