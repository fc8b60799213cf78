"""What can be learned from cases, in a few words each: a list that editors keep."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from home.models.themes import NamedInAddresses


class LearnedLesson(NamedInAddresses):
    """A lesson that several cases share. Not what one case taught: that is its own text."""

    class Meta(NamedInAddresses.Meta):
        verbose_name = _("lesson from practice")
        verbose_name_plural = _("lessons from practice")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["locale", "slug"], name="one_lesson_from_practice_per_slug"
            ),
        ]


register_snippet(LearnedLesson, viewset="home.snippet_views.HouseSnippets")
