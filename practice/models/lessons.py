"""What can be learned from cases, in a few words each: a list that editors keep."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from home.translating.fields import FollowsSource


class LearnedLesson(TranslatableMixin, index.Indexed, models.Model):
    """A lesson that several cases share. Not what one case taught: that is its own text."""

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
        verbose_name = _("lesson from practice")
        verbose_name_plural = _("lessons from practice")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            # An address that names a lesson must lead to one.
            models.UniqueConstraint(
                fields=["locale", "slug"], name="one_lesson_from_practice_per_slug"
            ),
        ]

    def __str__(self) -> str:
        return self.name


register_snippet(LearnedLesson)
