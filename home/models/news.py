"""News: an index with an archive by year and a feed, and the items."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.blocks import BodyBlock
from home.feeds import news_feed
from home.models.base import HousePage
from home.models.themes import ServesGoals, subject_panel
from home.results import Result, register_results

PER_PAGE = 10


class NewsQuerySet(PageQuerySet):
    def newest_first(self) -> "NewsQuerySet":
        return self.order_by("-date", "-pk")

    def of_year(self, year: int) -> "NewsQuerySet":
        return self.filter(date__year=year)


class NewsIndexPage(RoutablePageMixin, HousePage):
    """`/nieuws/`, `/nieuws/2026/` and `/nieuws/rss/`."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        # An item's own address first; what is left is the list's, the archive's or the feed's.
        if path_components:
            try:
                return HousePage.route(self, request, path_components)
            except Http404:
                pass
        return super().route(request, path_components)

    def is_served_at_its_address(self) -> bool:
        """Its address shows a list, which is one of its own views."""
        return False

    @cached_property
    def items(self) -> NewsQuerySet:
        return NewsPage.objects.child_of(self).live().public().newest_first()

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        return self.listing(request, self.items, year=None)

    @path("<int:year>/")
    def archive(self, request: HttpRequest, year: int) -> HttpResponse:
        items = self.items.of_year(year) if 1900 < year < 2200 else self.items.none()
        if not items.exists():
            raise Http404
        return self.listing(request, items, year=year)

    @path("rss/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return news_feed(self, request)

    def listing(
        self, request: HttpRequest, items: NewsQuerySet, *, year: int | None
    ) -> HttpResponse:
        """A page of items, with the years that have any."""
        page_obj = Paginator(items, PER_PAGE).get_page(request.GET.get("p"))
        years = [day.year for day in self.items.dates("date", "year", order="DESC")]
        response: HttpResponse = self.render(
            request, context_overrides={"page_obj": page_obj, "years": years, "year": year}
        )
        return response


class NewsPage(ServesGoals, HousePage):
    """One news item."""

    date = models.DateField(_("date"), db_index=True)
    introduction = models.TextField(
        _("introduction"), help_text=_("One or two sentences; also shown in lists.")
    )
    is_fictional = models.BooleanField(
        pgettext_lazy("news", "invented example"),
        default=False,
        help_text=_("Shown above the text, so that nobody takes it for news."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"))

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("is_fictional")]),
        FieldPanel("introduction"),
        FieldPanel("body"),
        subject_panel(),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]
    parent_page_types: ClassVar = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("news item")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["goals"] = list(self.goals.select_related("page").all())
        return context


@register_results
def news_for_goals(locale: Locale) -> Iterator[tuple[UUID, Result]]:
    """News items by the goal that they serve."""
    items = NewsPage.objects.live().public().filter(locale=locale).prefetch_related("goals")
    for item in items:
        result = Result(item.translation_key, gettext("News"), item.title, item.url, item.date)
        for goal in item.goals.all():
            yield goal.translation_key, result
