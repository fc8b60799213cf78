"""Searching in Wagtail's admin: synonyms, results on top, and what was searched in vain."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from accounts.models import User
from home.admin_heads import head
from home.editing.waiting import Waiting, register_waiting
from home.snippet_views import HouseSnippets
from learning.rules.retention import period
from search.missed import SHOWN_FROM, missed_words
from search.models import PromotedResult, SynonymGroup

MAY_SEE: Final = "search.view_missedword"
MOST: Final = 200
may_see = permission_required(MAY_SEE, raise_exception=True)


class SynonymViewSet(HouseSnippets):
    model = SynonymGroup
    icon = "list-ul"
    menu_label = gettext_lazy("Synonyms")
    list_display = ["__str__", "locale"]
    list_filter = ["locale"]


class PromotedViewSet(HouseSnippets):
    model = PromotedResult
    icon = "pick"
    menu_label = gettext_lazy("Results on top")
    list_display = ["words", "page"]


class SearchGroup(SnippetViewSetGroup):
    items = (SynonymViewSet, PromotedViewSet)
    menu_label = gettext_lazy("Search words")
    menu_icon = "search"
    menu_order = 170


register_snippet(SearchGroup)


@never_cache
@may_see
def report(request: HttpRequest) -> HttpResponse:
    """Words that visitors searched in vain, most often first."""
    context = {
        "words": missed_words(MOST),
        "from_times": SHOWN_FROM,
        "days": period("missed_words").days,
        "synonyms_url": reverse(SynonymViewSet().get_url_name("add")),
        **head(_("Searched in vain"), "search"),
    }
    return TemplateResponse(request, "search/admin/missed.html", context)


@register_waiting
def words_in_vain(user: User) -> Iterator[Waiting]:
    """On the start page: words for which there is nothing on the site yet."""
    if user.has_perm(MAY_SEE):
        yield Waiting(
            _("Words that visitors search in vain"),
            len(missed_words(MOST)),
            reverse("search_missed"),
            order=80,
        )


class MissedMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_SEE))


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return MissedMenuItem(
        gettext_lazy("Searched in vain"), reverse("search_missed"), icon_name="search", order=80
    )


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [path("vergeefs-gezocht/", report, name="search_missed")]
