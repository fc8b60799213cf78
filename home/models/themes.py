"""What pages are about: the words by which visitors find things that belong together."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from home.translating.fields import FollowsSource


class NamedInAddresses(TranslatableMixin, index.Indexed, models.Model):
    """A word of a list that editors keep, by which visitors narrow what they see.

    A child has a constraint on locale and slug: an address that names one must lead to one.
    """

    name = models.CharField(_("name"), max_length=80)
    # The same in every language, so that an address keeps its meaning.
    slug = models.SlugField(
        _("in addresses"), max_length=60, help_text=_("Small letters and dashes: nevenfuncties")
    )

    override_translatable_fields: ClassVar[Any] = FollowsSource("slug")
    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug")]
    search_fields: ClassVar = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Theme(NamedInAddresses):
    """A subject of pages. Not a topic of the question bank: that is how questions are found."""

    class Meta(NamedInAddresses.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["locale", "slug"], name="one_theme_per_slug"),
        ]


class ServesGoals(models.Model):
    """A page that serves goals of the visiedocument and is about themes.

    To list it beneath a goal, register a source (home/results.py).
    """

    goals = ParentalManyToManyField(
        "home.VisionGoal",
        blank=True,
        related_name="+",
        verbose_name=_("goals of the visiedocument that it serves"),
    )
    themes = ParentalManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))

    class Meta:
        abstract = True


def subject_panel() -> Any:
    """Goals and themes in the page editor."""
    return MultiFieldPanel(
        [
            FieldPanel("goals", widget=forms.CheckboxSelectMultiple),
            FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("What it is about"),
    )


register_snippet(Theme, viewset="home.snippet_views.HouseSnippets")
