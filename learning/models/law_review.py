"""What was looked at again because the law under it has changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.questions import Question


class LawReview(models.Model):
    """Somebody has looked at a question or a page in the light of one change of one article.

    A later change of the same article has another day, so it asks for another look.
    """

    # The article in all its languages, and which change of it.
    article_key = models.UUIDField(_("law article"))
    changed_on = models.DateField(_("changed on"))
    question = models.ForeignKey(
        Question, null=True, on_delete=models.CASCADE, related_name="law_reviews"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed"), default=timezone.now)

    # A question is not in use because somebody looked at it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("review after a change of law")
        verbose_name_plural = _("reviews after a change of law")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, page__isnull=True)
                | Q(question__isnull=True, page__isnull=False),
                name="law_review_is_of_one_thing",
            ),
            # Two editors who tick at the same moment have reviewed it once.
            models.UniqueConstraint(
                fields=["article_key", "changed_on", "question"],
                condition=Q(question__isnull=False),
                name="one_law_review_per_question",
            ),
            models.UniqueConstraint(
                fields=["article_key", "changed_on", "page"],
                condition=Q(page__isnull=False),
                name="one_law_review_per_page",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_key} {self.changed_on} {self.question_id or self.page_id}"
