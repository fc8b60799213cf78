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


class HousePage(Page):
    """A page that finds the page below it in one step, however deep (home/routing.py)."""

    review_on = models.DateField(
        _("to be looked at again on"),
        null=True,
        blank=True,
        help_text=_("From that day on it is on the list of what is to be reviewed."),
    )

    base_form_class = OneLanguagePageForm
    settings_panels: ClassVar = [*Page.settings_panels, FieldPanel("review_on")]

    class Meta:
        abstract = True

    @cached_property
    def address(self) -> str:
        """Its address, worked out once: for a page that is kept (home/publication.py)."""
        return self.url or ""

    def is_served_at_its_address(self) -> bool:
        """Whether anybody is shown it at its address, however they ask (home/serving.py)."""
        return self.live

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if path_components:
            page, rest = find_page(self, path_components)
            return page.route(request, rest)
        return super().route(request, path_components)
