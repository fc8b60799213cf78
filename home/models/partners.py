"""Who else works on it."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, RevisionMixin, TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from home.models.base import HousePage
from home.rich_text import SHORT_FEATURES


class Partner(RevisionMixin, TranslatableMixin, index.Indexed, models.Model):
    """An organisation that the visiedocument names."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("association")
        NETWORK = "network", _("network")
        EXPERTISE_CENTRE = "expertise_centre", _("centre of expertise")
        MINISTRY = "ministry", _("ministry")

    name = models.CharField(_("name"), max_length=150)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    description = RichTextField(_("description"), features=SHORT_FEATURES)
    url = models.URLField(_("address"), blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("abbreviation")]),
        FieldPanel("kind"),
        FieldPanel("description"),
        FieldPanel("url"),
    ]
    search_fields: ClassVar = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name


class PartnersPage(HousePage):
    """`/partners/`"""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    menu_place = "footer"

    class Meta:
        verbose_name = _("partners page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["partners"] = list(Partner.objects.filter(locale=self.locale))
        return context


register_snippet(Partner)
