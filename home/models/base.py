"""What every page of the house shares."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.language_form import OneLanguagePageForm
from home.routing import find_page
from home.translating.fields import FollowsSource


class HousePage(Page):
    """A page that finds the page below it in one step, however deep (home/routing.py)."""

    review_on = models.DateField(
        _("to be looked at again on"),
        null=True,
        blank=True,
        help_text=_("From that day on it is on the list of what is to be reviewed."),
    )

    # Where its link stands if it is in menus and editors chose no links: "main" or "footer".
    menu_place: ClassVar[str] = "main"
    # Set by a page that serves addresses below its own itself (RoutablePageMixin), each of which
    # leads to the same for whoever asks.
    has_own_addresses: ClassVar[bool] = False

    # Set by a type of which search engines may show no page at all.
    never_indexed: ClassVar[bool] = False
    # For the sitemap: whether `is_indexed` looks at more than every page has, and what else
    # `get_sitemap_urls` does.
    needed_whole: ClassVar[bool] = False
    sitemap_relations: ClassVar[tuple[str, ...]] = ()

    base_form_class = OneLanguagePageForm
    override_translatable_fields: ClassVar[Any] = FollowsSource()
    settings_panels: ClassVar = [
        *Page.settings_panels,
        FieldPanel("needed_by"),
        FieldPanel("review_on"),
    ]

    class Meta:
        abstract = True

    @cached_property
    def address(self) -> str:
        """Its address, worked out once: for a page that is kept (home/publication.py)."""
        return self.url or ""

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may show it, and the sitemap names it: what anybody may read."""
        return self.live

    @property
    def closed_fields(self) -> tuple[str, ...]:
        """Fields that are not for everybody who may read the page: search leaves them out."""
        return ()

    @property
    def social_image(self) -> Any:
        """A picture of its own for when somebody shares it; without one, a card is drawn."""
        return None

    def has_below(self, path: str) -> bool:
        """Whether it has of its own, below its address, what its translation has there.

        What `get_sitemap_urls` names need not be said again.
        """
        return False

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What it is in the words of schema.org; where it stands is added (home/sharing)."""
        return []

    def is_served_at_its_address(self) -> bool:
        """Whether anybody is shown it at its address, however they ask (home/serving.py)."""
        return self.live

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if path_components:
            page, rest = find_page(self, path_components)
            return page.route(request, rest)
        return super().route(request, path_components)
