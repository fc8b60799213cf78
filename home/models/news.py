"""News: an index with an archive by year and feeds, and the items."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any, ClassVar, Final
from uuid import UUID

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Locale, Orderable, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.blocks import BodyBlock
from home.feeds import news_feed
from home.models.base import HousePage
from home.models.partners import Partner
from home.models.themes import ServesGoals, Theme, subject_panel
from home.models.vision import VisionGoal
from home.news_article import article_of
from home.news_filter import NewsFilter
from home.relatedness import Subject, closest
from home.results import Result, by_goal, register_results
from home.untranslated import untranslated
from home.visible import for_everybody

PER_PAGE: Final = 10
RELATED: Final = 3
# Older ones than so many that share something are not looked at.
MOST_LOOKED_AT: Final = 200


class NewsQuerySet(PageQuerySet):
    def newest_first(self) -> "NewsQuerySet":
        return self.order_by("-date", "-pk")

    def of_year(self, year: int) -> "NewsQuerySet":
        return self.filter(date__year=year)

    def about(self, theme: str) -> "NewsQuerySet":
        """By the slug of a theme."""
        return self.filter(themes__slug=theme)

    def serving(self, goal: str) -> "NewsQuerySet":
        """By the code of a goal."""
        return self.filter(goals__code=goal)

    def for_lists(self) -> "NewsQuerySet":
        """With what a list shows of each, and without the text, which it does not."""
        return self.for_cards().prefetch_related("themes")

    def for_cards(self) -> "NewsQuerySet":
        """The same without what it is about."""
        return self.select_related("locale", "organisation").defer_streamfields()

    def sharing_with(self, page: "NewsPage") -> "NewsQuerySet":
        """Others in the same language that share a theme or a goal with it."""
        own = page.subject(page.all_goals)
        alike = NewsPage.themes.through.objects.filter(theme__in=own.themes).values("newspage")
        goals = NewsPage.goals.through.objects.filter(visiongoal__in=own.goals)
        serving = goals.values("newspage")
        found = self.filter(models.Q(pk__in=alike) | models.Q(pk__in=serving), locale=page.locale)
        return found.exclude(pk=page.pk)


class NewsIndexPage(RoutablePageMixin, HousePage):
    """`/nieuws/`, `/nieuws/2026/`, and the feeds: `/nieuws/rss/`, `atom/` and `feed.json`."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    page_description = _("All news, newest first. News items are made below it.")
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        # An item's own address first; what is left is the list's, the archive's or a feed's.
        if path_components:
            try:
                return HousePage.route(self, request, path_components)
            except Http404:
                pass
        return super().route(request, path_components)

    def has_below(self, path: str) -> bool:
        year = path.removesuffix("/")
        return year.isdecimal() and len(year) == 4 and self.items.of_year(int(year)).exists()

    def is_served_at_its_address(self) -> bool:
        """Its address shows a list, which is one of its own views."""
        return False

    @cached_property
    def items(self) -> NewsQuerySet:
        return for_everybody(NewsPage.objects.child_of(self)).newest_first()

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        return self.listing(request, year=None)

    @path("<int:year>/")
    def archive(self, request: HttpRequest, year: int) -> HttpResponse:
        if not 1900 < year < 2200 or not self.items.of_year(year).exists():
            raise Http404
        return self.listing(request, year=year)

    @path("rss/", name="feed")
    def rss(self, request: HttpRequest) -> HttpResponse:
        return self.feed(request, "rss/")

    @path("atom/", name="atom")
    def atom(self, request: HttpRequest) -> HttpResponse:
        return self.feed(request, "atom/")

    # Wagtail puts a slash behind every address before it looks; config/urls.py lets this one in.
    @path("feed.json/", name="json_feed")
    def json(self, request: HttpRequest) -> HttpResponse:
        return self.feed(request, "feed.json")

    def feed(self, request: HttpRequest, name: str) -> HttpResponse:
        chosen = NewsFilter(request, self.items)
        # A reader that follows a theme that is gone is told so, rather than given all else.
        if not chosen.is_valid():
            raise Http404
        return news_feed(self, request, chosen, name)

    def listing(self, request: HttpRequest, *, year: int | None) -> HttpResponse:
        """A page of the items that were chosen, with the years that have any."""
        chosen = NewsFilter(request, self.items)
        items = chosen.narrowed(self.items if year is None else self.items.of_year(year))
        page_obj = Paginator(items.for_lists(), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            "filter": chosen,
            "query": f"{chosen.query}&" if chosen.query else "",
            "feed_query": f"?{chosen.query}" if chosen.query else "",
            "page_obj": page_obj,
            "years": chosen.years,
            "year": year,
        }
        if year is None and not chosen.chosen:
            context["lacking"] = untranslated(self, NewsPage.objects.newest_first())
        response: HttpResponse = self.render(request, context_overrides=context)
        return response


class NewsPage(ServesGoals, HousePage):
    """One news item."""

    # Today, until somebody says otherwise: Wagtail saves by itself what lacks nothing.
    date = models.DateField(_("date"), db_index=True, default=timezone.localdate)
    introduction = models.TextField(
        _("introduction"), help_text=_("One or two sentences; also shown in lists.")
    )
    organisation = models.ForeignKey(
        Partner,
        verbose_name=_("organisation that wrote it"),
        help_text=_("Never the name of a person."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_fictional = models.BooleanField(
        pgettext_lazy("news", "invented example"),
        default=False,
        help_text=_("Shown above the text, so that nobody takes it for news."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"))
    only_by_hand = models.BooleanField(
        _("show these alone"),
        default=False,
        help_text=_("Otherwise they come first, and what shares themes or goals follows."),
    )

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("is_fictional")]),
        FieldPanel("organisation"),
        FieldPanel("introduction"),
        FieldPanel("body"),
        subject_panel(),
        MultiFieldPanel(
            [InlinePanel("related_by_hand", max_num=RELATED), FieldPanel("only_by_hand")],
            heading=_("Related news, chosen by hand"),
            help_text=_("Without a choice it follows from the themes and goals."),
        ),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]
    page_description = _("Something that happened, with a day. It goes along in the newsletter.")
    parent_page_types: ClassVar = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("news item")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["goals"] = self.all_goals
        context["themes"] = self.all_themes
        context["related"] = self.related()
        context["index_page"] = self.get_parent()
        return context

    @property
    def updated_on(self) -> dt.date | None:
        """The day on which it was published anew, if that was another than the first."""
        if self.first_published_at is None or self.last_published_at is None:
            return None
        first = max(timezone.localdate(self.first_published_at), self.date)
        last = timezone.localdate(self.last_published_at)
        return last if last > first else None

    @cached_property
    def all_goals(self) -> list[VisionGoal]:
        """With their page, whose address theirs begins with."""
        return list(self.goals.select_related("page__locale").all())

    @cached_property
    def all_themes(self) -> list[Theme]:
        return list(self.themes.all())

    def related(self) -> list["NewsPage"]:
        """What to read next: what was chosen by hand, then what shares themes or goals."""
        chosen = self.chosen_by_hand()
        if chosen and self.only_by_hand:
            return chosen
        items = for_everybody(NewsPage.objects.all()).sharing_with(self).newest_first()
        left_out = [each.pk for each in chosen]
        others = list(
            items.exclude(pk__in=left_out).for_lists().prefetch_related("goals")[:MOST_LOOKED_AT]
        )
        by_key = {each.pk: each for each in others}
        keys = closest(
            self.subject(self.all_goals),
            (each.subject() for each in others),
            most=RELATED - len(chosen),
        )
        return [*chosen, *(by_key[key] for key in keys)]

    def chosen_by_hand(self) -> list["NewsPage"]:
        """In this language and still there, in the order in which they were chosen."""
        order = [each.related_id for each in self.related_by_hand.all()]
        if not order:
            return []
        keys = NewsPage.objects.filter(pk__in=order).values("translation_key")
        every = list(NewsPage.objects.public().filter(translation_key__in=keys).for_cards())
        places = {each.translation_key: order.index(each.pk) for each in every if each.pk in order}
        places.pop(self.translation_key, None)
        here = (each for each in every if each.live and each.locale_id == self.locale_id)
        found = [each for each in here if each.translation_key in places]
        return sorted(found, key=lambda each: places[each.translation_key])

    def subject(self, goals: Iterable[VisionGoal] | None = None) -> Subject:
        """As the rule of what belongs together sees it."""
        found = self.goals.all() if goals is None else goals
        return Subject(
            key=self.pk or 0,
            day=self.date,
            themes=frozenset(each.pk for each in self.all_themes),
            goals=frozenset(each.pk for each in found),
        )

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """For search engines: whose news it is and since when."""
        return [article_of(self)]


class RelatedNews(Orderable):
    """What an editor wants read next. Shown in the language of the page that it stands on."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_by_hand")
    related = models.ForeignKey(
        NewsPage, verbose_name=_("news item"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar = [PageChooserPanel("related", "home.NewsPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("related news item")

    def __str__(self) -> str:
        return f"{self.page_id} → {self.related_id}"


@register_results
def news_for_goals(locales: Collection[Locale]) -> Iterator[tuple[UUID, Result]]:
    """News items by the goal that they serve."""
    for goal_key, item in by_goal(for_everybody(NewsPage.objects.filter(locale__in=locales))):
        yield (
            goal_key,
            Result(
                *(item.translation_key, gettext("News"), item.title, item.url, item.date),
                locale_id=item.locale_id,
            ),
        )
