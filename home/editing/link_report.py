"""The report of links that lead nowhere, and the warning before one makes them so."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django_tasks import task
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, ReferenceIndex

from accounts.models import User
from home.admin_heads import head
from home.editing.links import Fault, edit_url, found_links, look_for_broken_links
from home.editing.waiting import Waiting, register_waiting

PER_PAGE: Final = 50
# From so many pages on, whoever presses the button does not wait for it.
IN_THE_BACKGROUND_FROM: Final = 1500

WORDS: Final = {
    Fault.GONE: gettext_lazy("The page is deleted"),
    Fault.UNPUBLISHED: gettext_lazy("The page is not published"),
    Fault.NO_DOCUMENT: gettext_lazy("The document is deleted"),
    Fault.NO_IMAGE: gettext_lazy("The image is deleted"),
    Fault.NOTHING_CHOSEN: gettext_lazy("What was chosen here is deleted"),
    Fault.NOT_FOUND: gettext_lazy("Nothing is at this address"),
    Fault.NO_ANCHOR: gettext_lazy("This place is not on the page"),
}


@task(backend="work")
def look_in_the_background() -> None:
    look_for_broken_links()


@never_cache
@require_admin_access
def link_report(request: HttpRequest) -> HttpResponse:
    """What the last walk found; by POST, walk now."""
    if request.method == "POST":
        return walk_now(request)
    found = found_links()
    page_obj = Paginator(found.links if found else [], PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "found": found,
        "page_obj": page_obj,
        "rows": [(link, edit_url(link), WORDS[Fault(link.fault)]) for link in page_obj],
        **head(_("Links that lead nowhere"), "link"),
    }
    return TemplateResponse(request, "home/editing/links.html", context)


def walk_now(request: HttpRequest) -> HttpResponse:
    if Page.objects.count() >= IN_THE_BACKGROUND_FROM:
        look_in_the_background.enqueue()
        messages.info(request, _("All pages are being looked at. Come back in some minutes."))
        return redirect("link_report")
    count = len(look_for_broken_links().links)
    said = ngettext(
        "All pages are looked at: %(count)s link leads nowhere.",
        "All pages are looked at: %(count)s links lead nowhere.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("link_report")


@register_waiting
def broken_links(user: User) -> Iterator[Waiting]:
    """How many the last walk found: nobody waits for a walk."""
    found = found_links()
    if found is not None and user.has_perm("wagtailadmin.access_admin"):
        yield Waiting(
            _("Links that lead nowhere"), len(found.links), reverse("link_report"), order=60
        )


def linked_from(page: Page) -> list[Page]:
    """The published pages that link to this page, or to one below it, from elsewhere."""
    below = [f"{pk}" for pk in page.get_descendants(inclusive=True).values_list("pk", flat=True)]
    kinds = [ContentType.objects.get_for_model(Page).pk]
    rows = ReferenceIndex.objects.filter(
        to_content_type__in=kinds, to_object_id__in=below, base_content_type__in=kinds
    )
    numbers = {int(number) for number in rows.values_list("object_id", flat=True)}
    found = Page.objects.live().filter(pk__in=numbers).not_descendant_of(page, inclusive=True)
    return list(found.select_related("locale").order_by("title"))


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Links that lead nowhere"),
        reverse("link_report"),
        icon_name="link",
        order=60,
    )


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [path("kapotte-links/", link_report, name="link_report")]
