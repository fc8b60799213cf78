"""What is on its way to the site: handed in, sent back, or still a draft, and by when needed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, TaskState, WorkflowState

from accounts.models import User
from home.admin_heads import head
from home.editing.deadlines import deadlines_of, is_near
from home.editing.planned import planned
from home.editing.waiting import Waiting, register_waiting

MOST: Final = 200

Source = Callable[[User], Iterable[int]]
_sources: list[Source] = []


def register_told_elsewhere(source: Source) -> Source:
    """Say which pages in the workflow stand in a list of their own that this person sees.

    What waits is told once: those are left out here, and that list has them.
    """
    _sources.append(source)
    return source


def told_elsewhere(user: User) -> set[int]:
    return {number for source in _sources for number in source(user)}


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A page on its way, and in whose court it is."""

    page: Page
    kind: str
    by: str
    needed_by: date | None

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


def page_states() -> QuerySet[WorkflowState]:
    """What is in the workflow, of pages."""
    return WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )


def to_judge(user: User) -> set[int]:
    """The pages on which this person's word is awaited."""
    kind = ContentType.objects.get_for_model(Page)
    waiting = TaskState.objects.reviewable_by(user).filter(revision__base_content_type=kind)
    found = {int(number) for number in waiting.values_list("revision__object_id", flat=True)}
    return found - told_elsewhere(user) if found else found


def sent_back(user: User) -> set[int]:
    """The pages that this person handed in and got back."""
    states = page_states().filter(requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES)
    return {int(number) for number in states.values_list("object_id", flat=True)}


def drafts(user: User) -> set[int]:
    """The pages of which the newest words are this person's, and stand nowhere yet."""
    in_workflow = [int(number) for number in page_states().values_list("object_id", flat=True)]
    own = Page.objects.filter(has_unpublished_changes=True, latest_revision__user=user)
    scheduled = Q(latest_revision__approved_go_live_at__isnull=False)
    found = own.exclude(scheduled).exclude(pk__in=in_workflow)
    return set(found.values_list("pk", flat=True))


def first_day(pages: set[int]) -> tuple[str, bool]:
    """By when the first of these is needed, in words, and whether that comes near."""
    days = sorted(deadlines_of(sorted(pages)).values())
    if not days:
        return "", False
    words = _("The first is needed by %(day)s.") % {"day": date_format(days[0], "j F Y")}
    return words, is_near(days[0], timezone.localdate())


def line(title: str, pages: set[int], part: str, order: int) -> Waiting:
    """A line of the start page; it is late when a day comes near."""
    detail, late = first_day(pages)
    address = f"{reverse('on_their_way')}#{part}"
    return Waiting(title, len(pages), address, detail, is_late=late, order=order)


@register_waiting
def work_of(user: User) -> Iterator[Waiting]:
    if not user.has_perm("wagtailadmin.access_admin"):
        return
    yield line(_("Sent back to you: change it and hand it in again"), sent_back(user), "terug", 10)
    yield line(_("Handed in: your judgement is awaited"), to_judge(user), "oordeel", 20)
    yield line(_("Your drafts"), drafts(user), "concepten", 30)


def listed(pages: set[int]) -> list[OnItsWay]:
    """These pages: what is needed first comes first, what has no day last."""
    days = deadlines_of(sorted(pages))
    found = Page.objects.filter(pk__in=pages).select_related(
        "content_type", "locale", "latest_revision__user"
    )
    by = {
        int(number): name
        for number, name in page_states().values_list("object_id", "requested_by__name")
    }
    rows = [
        OnItsWay(
            page,
            str(page.cached_content_type.model_class()._meta.verbose_name),
            str(
                by.get(page.pk) or getattr(getattr(page.latest_revision, "user", None), "name", "")
            ),
            days.get(page.pk),
        )
        for page in found[:MOST]
    ]
    return sorted(rows, key=lambda row: (row.needed_by or date.max, row.page.draft_title))


@never_cache
@require_admin_access
def on_their_way(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person, and then what waits for others."""
    assert isinstance(request.user, User)  # noqa: S101  require_admin_access saw to it
    user = request.user
    back, judge, own = sent_back(user), to_judge(user), drafts(user)
    active = {int(number) for number in page_states().values_list("object_id", flat=True)}
    today = timezone.localdate()
    context = {
        "parts": [
            ("terug", _("Sent back to you"), listed(back)),
            ("oordeel", _("Your judgement is awaited"), listed(judge)),
            ("concepten", _("Your drafts"), listed(own)),
            ("anderen", _("With others"), listed(active - back - judge - told_elsewhere(user))),
        ],
        "planned": planned(timezone.now()),
        "today": today,
        **head(_("Pages on their way"), "tasks", here=_("On their way")),
    }
    return TemplateResponse(request, "home/editing/on_their_way.html", context)


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("On their way"), reverse("on_their_way"), icon_name="tasks", order=30
    )


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [path("onderweg/", on_their_way, name="on_their_way")]
