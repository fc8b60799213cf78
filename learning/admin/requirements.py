"""National requirements, for administrators: the same form and the same look before saving."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from learning.admin.policies import KeepsHistory
from learning.effects import effect_in_nation
from learning.models import Requirement
from learning.models.people import today
from learning.requirement_steps import Step, asked, what_it_says
from learning.requirement_words import due_words, validity_words
from learning.requirements import end_requirement, save_requirement

INDEX = "requirement:index"
allowed = permission_required("learning.change_requirement", raise_exception=True)


def national(requirement_id: Any) -> Requirement:
    return get_object_or_404(Requirement, pk=requirement_id, municipality=None)


def steps(request: HttpRequest, requirement: Requirement | None) -> HttpResponse:
    """Fill in, look, save: as a municipality's monitor does (learning/views/requirements.py)."""
    now = asked(request, municipality=None, instance=requirement)
    context: dict[str, Any] = {"form": now.form, "instance": requirement}
    if now.step is Step.FILL_IN:
        template = "learning/admin/requirement_form.html"
        return TemplateResponse(request, template, context, status=now.status)
    wanted = now.form.requirement()
    if now.step is Step.SAVE:
        assert isinstance(request.user, User)  # noqa: S101  permission_required saw to it
        saved = save_requirement(wanted, by=request.user)
        said = _("“%(title)s” is saved.")
        if not saved.is_ready:
            said = _("“%(title)s” is saved. It counts as soon as is known who finished it before.")
        messages.success(request, said % {"title": saved.subject_title})
        return redirect(INDEX)
    effect = effect_in_nation(wanted)
    context |= what_it_says(wanted, effect, before=requirement) | {
        "carried": now.carried,
        "roles": effect.of_large_groups(),
    }
    return TemplateResponse(request, "learning/admin/requirement_preview.html", context)


@never_cache
@allowed
def add(request: HttpRequest) -> HttpResponse:
    return steps(request, None)


@never_cache
@allowed
def edit(request: HttpRequest, pk: str) -> HttpResponse:
    return steps(request, national(pk))


@never_cache
@allowed
def end(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask, then end it. History stays; only what has none is removed."""
    requirement = national(pk)
    if requirement.ends_on is not None and requirement.ends_on < today():
        raise Http404
    if request.method == "POST":
        title = requirement.subject_title
        assert isinstance(request.user, User)  # noqa: S101  permission_required saw to it
        end_requirement(requirement, by=request.user)
        messages.success(request, _("“%(title)s” is no longer asked.") % {"title": title})
        return redirect(INDEX)
    context = {
        "requirement": requirement,
        "effect": effect_in_nation(requirement),
        "leaves_nothing": requirement.starts_on >= today(),
    }
    return TemplateResponse(request, "learning/admin/requirement_end.html", context)


class NationalIndex(generic.IndexView):
    """What municipalities ask themselves is theirs: administrators have no business with it."""

    def get_base_queryset(self) -> QuerySet[Requirement]:
        return Requirement.objects.filter(municipality=None).order_by("position", "pk")


class RequirementViewSet(ModelViewSet):
    model = Requirement
    name = "requirement"
    icon = "clipboard-list"
    menu_label = gettext_lazy("National requirements")
    add_to_admin_menu = False
    copy_view_enabled = False
    index_view_class = NationalIndex
    list_display = [
        "subject_title",
        Column("due", label=gettext_lazy("By when"), accessor=due_words),
        Column("validity", label=gettext_lazy("How long valid"), accessor=validity_words),
        "starts_on",
        "ends_on",
    ]
    search_fields = ["subject_title"]
    list_per_page = 50
    # Of no use to our own pages, but asked for.
    form_fields = ["subject_title"]

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return KeepsHistory(self.model)

    @property
    def add_view(self) -> Any:
        return add

    @property
    def edit_view(self) -> Any:
        return edit

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("end/<str:pk>/", end, name="end")]
