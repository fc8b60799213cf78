"""Dilemmas: a scene, choices and no right answer; and how often each choice was made."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from learning.dilemma_blocks import CLOSING_FEATURES, ScenesBlock, VoicesBlock
from learning.dilemma_story import Story, story_from
from learning.models.pages import StepPage


class DilemmaPage(StepPage):
    """A step without a right answer: one chooses, hears others and looks again."""

    never_indexed = True
    page_description = _("A scene with choices and no right answer. Choices are counted, not kept.")

    scenes = StreamField(
        ScenesBlock(),
        verbose_name=_("scenes"),
        help_text=_("The first scene is the beginning. A choice may lead to a scene below it."),
    )
    voices = StreamField(
        VoicesBlock(),
        verbose_name=_("voices"),
        blank=True,
        help_text=_("How others in the room look at it. Shown after the choice."),
    )
    law_articles = ParentalManyToManyField(
        "home.LawArticle", blank=True, related_name="+", verbose_name=_("law articles")
    )
    topics = ParentalManyToManyField(
        "learning.Topic", blank=True, related_name="+", verbose_name=_("topics")
    )
    closing = RichTextField(
        _("to take away"),
        features=CLOSING_FEATURES,
        help_text=_("The last words. A dilemma has no right answer, so they judge nobody."),
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("minutes"),
        FieldPanel("scenes"),
        FieldPanel("voices"),
        FieldPanel("closing"),
        MultiFieldPanel(
            [
                FieldPanel("law_articles", widget=forms.CheckboxSelectMultiple),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("What it rests on"),
        ),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("scenes")]
    preview_modes: ClassVar = [
        ("start", _("The beginning")),
        ("paths", _("Every path")),
        ("map", _("The branches as a map")),
    ]

    class Meta:
        verbose_name = _("dilemma")

    @property
    def story(self) -> Story:
        return story_from(self.scenes)

    def clean(self) -> None:
        super().clean()
        names = [c.name for scene in self.story.scenes for c in scene.choices if c.name]
        for voice in self.voices:
            name = voice.value["choice"]
            if name and name not in names:
                known = ", ".join(f"‘{each}’" for each in names) or gettext("none yet")
                raise ValidationError(
                    {
                        "voices": gettext(
                            "A voice speaks to the choice “%(name)s”, and there is no choice "
                            "with that name. Choices with a name: %(known)s."
                        )
                        % {"name": name, "known": known}
                    }
                )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from learning.views.dilemmas import serve_dilemma  # noqa: PLC0415  it needs these models

        return serve_dilemma(self, request, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from learning.dilemma_previews import preview_dilemma  # noqa: PLC0415  it needs these models

        return preview_dilemma(self, request, mode_name)


class DilemmaTally(models.Model):
    """How often each choice of a dilemma was made: by all, in a role, or in a municipality.

    It must never come to hold a person, a moment, or a role within a municipality. What waits is
    on no page; what is shown grows by whole blocks (learning/rules/spread.py).
    """

    class Scope(models.TextChoices):
        ALL = "all", _("everybody")
        ROLE = "role", _("a role")
        MUNICIPALITY = "municipality", _("a municipality")

    dilemma_key = models.UUIDField(_("dilemma"))
    # The beginning, of which the spread is shown. Another first scene begins another count.
    scene = models.CharField(_("scene"), max_length=60)
    scope = models.CharField(_("of whom"), max_length=20, choices=Scope)
    # A role, or a municipality's number; empty for everybody.
    value = models.CharField(max_length=20, blank=True)
    # Tables of counts: per scene, per choice. Of everybody, `waiting` is the pool of who has no
    # office, and `held` what came after the first choice and may not be shown yet.
    waiting = models.JSONField(default=dict)
    held = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("tally of a dilemma")
        verbose_name_plural = _("tallies of dilemmas")
        constraints: ClassVar = [
            # Two people who are the first at the same moment are counted in one place.
            models.UniqueConstraint(
                fields=["dilemma_key", "scene", "scope", "value"], name="one_tally_per_spread"
            ),
            # A role within a municipality, or a spread of nobody in particular, cannot be stored.
            models.CheckConstraint(
                condition=Q(scope="all", value="")
                | (Q(scope__in=["role", "municipality"]) & ~Q(value="")),
                name="tally_is_of_one_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dilemma_key} {self.scope} {self.value}".strip()
