"""The home page and pages that are just a text."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks import BodyBlock
from home.front import front_of, other_language, own_first
from home.models.base import HousePage
from home.models.news import NewsIndexPage, NewsPage
from home.models.vision import VisionPage
from home.sharing.structured import questions_in


class HomePage(HousePage):
    """`/`: what this is, the visiedocument, the latest news, and what is new of other apps."""

    hero_title = models.CharField(_("heading"), max_length=80)
    hero_text = models.TextField(_("introduction"))
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], _("Top of the page")),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("hero_title"),
        index.SearchField("hero_text"),
        index.SearchField("body"),
    ]
    page_description = _("The first page of the site in a language.")
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    max_count_per_parent = len(settings.LANGUAGES)

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["news"] = [
            (item, other_language(item, self.locale))
            for item in own_first(NewsPage.objects.newest_first(), self.locale)
        ]
        context["news_index"] = NewsIndexPage.objects.live().child_of(self).first()
        context["vision"] = (
            VisionPage.objects.live().child_of(self).prefetch_related("aspects").first()
        )
        context["front"] = front_of(self.locale)
        return context


class StandardPage(HousePage):
    """A text such as `/privacy/` or `/toegankelijkheid/`."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"))
    holds_questions = models.BooleanField(
        _("the accordions on this page are questions with answers"),
        default=False,
        help_text=_("Search engines may then show them as such."),
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("holds_questions"),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    page_description = _("A text that stays, such as about privacy, made of blocks.")
    parent_page_types: ClassVar = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar = ["home.StandardPage", "home.FormPage"]

    class Meta:
        verbose_name = _("text page")

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Questions with answers, where an editor says that they are."""
        return questions_in(self.body) if self.holds_questions else []
