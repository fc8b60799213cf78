"""Who else works on it: partners, and the sectors that are needed besides."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, RevisionMixin, TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from home.language_form import OneLanguageModelForm
from home.models.base import HousePage
from home.models.support import PHONE
from home.models.themes import NamedInAddresses, ServesGoals, subject_panel
from home.provinces import Province
from home.rich_text import SHORT_FEATURES
from home.translating.fields import FollowsSource


class Sector(NamedInAddresses):
    """A branch: businesses that do the same kind of work (goal L1 of the visiedocument)."""

    slug = models.SlugField(
        _("in addresses"), max_length=60, help_text=_("Small letters and dashes: horeca")
    )
    description = RichTextField(
        _("what it is, and why it is needed"), features=SHORT_FEATURES, blank=True
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("description"),
    ]
    search_fields: ClassVar = [
        *NamedInAddresses.search_fields,
        index.SearchField("description"),
        index.FilterField("slug"),
    ]

    class Meta(NamedInAddresses.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["locale", "slug"], name="one_sector_per_slug"),
        ]


class PartnerForm(OneLanguageModelForm):
    provinces = forms.MultipleChoiceField(
        label=_("Provinces"),
        choices=Province.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Leave empty for who works in the whole country."),
    )


class Partner(ServesGoals, RevisionMixin, TranslatableMixin, index.Indexed, ClusterableModel):
    """An organisation that works on it too: named by the visiedocument, or added later."""

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
    is_fictional = models.BooleanField(
        pgettext_lazy("partner", "invented example"),
        default=False,
        help_text=_("Shown beside the name, so that nobody looks for it."),
    )
    sectors = ParentalManyToManyField(
        Sector, blank=True, related_name="partners", verbose_name=_("sectors")
    )
    provinces = models.JSONField(_("provinces"), default=list, blank=True)
    email = models.EmailField(
        _("general e-mail address"),
        blank=True,
        help_text=_("Of the organisation, as info@…: never of a person."),
    )
    phone = models.CharField(
        _("general phone number"),
        max_length=20,
        blank=True,
        validators=[PHONE],
        help_text=_("Of the organisation: never of a person."),
    )

    override_translatable_fields: ClassVar[Any] = FollowsSource("abbreviation", "phone")
    base_form_class = PartnerForm
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("abbreviation")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("is_fictional")]),
        FieldPanel("description"),
        MultiFieldPanel(
            [
                FieldPanel("url"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
            ],
            heading=_("How to reach the organisation"),
        ),
        FieldPanel("sectors", widget=forms.CheckboxSelectMultiple),
        FieldPanel("provinces", heading=_("Provinces")),
        subject_panel(),
    ]
    search_fields: ClassVar = [
        index.SearchField("name"),
        index.SearchField("abbreviation"),
        index.SearchField("description"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
        index.FilterField("kind"),
        index.RelatedFields("sectors", [index.FilterField("slug")]),
        index.RelatedFields("themes", [index.FilterField("slug")]),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name

    @property
    def anchor(self) -> str:
        """Where it stands on the partners page."""
        return f"partner-{self.pk}"

    @property
    def is_national(self) -> bool:
        return not self.provinces

    @property
    def dialled(self) -> str:
        """The phone number as a link takes it."""
        return "".join(sign for sign in self.phone if sign in "+0123456789")


class PartnersPage(HousePage):
    """`/partners/`: found by sector, theme and region."""

    introduction = models.TextField(_("introduction"), blank=True)
    sectors_introduction = models.TextField(
        _("about sectors"),
        blank=True,
        help_text=_("Stands above the sectors: what they are, and why they are needed."),
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("sectors_introduction"),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("sectors_introduction"),
    ]
    page_description = _(
        "All partners, by sector and theme. Partners are kept in the menu, not below it."
    )
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    menu_place = "footer"

    class Meta:
        verbose_name = _("partners page")

    @cached_property
    def partners(self) -> list[Partner]:
        """All that are named in its language."""
        found = Partner.objects.filter(locale=self.locale)
        return list(found.prefetch_related("sectors", "themes", "goals"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.goal_progress import vision_url  # noqa: PLC0415  it needs these models
        from home.partner_list import partner_list  # noqa: PLC0415  it needs these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["vision_url"] = vision_url(self.locale_id)
        return context | partner_list(self, request.GET)


register_snippet(Sector, viewset="home.snippet_views.HouseSnippets")
register_snippet(Partner, viewset="home.snippet_views.HouseSnippets")
