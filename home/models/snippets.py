"""What editors write once and use in many places."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet


class LawArticle(PreviewableMixin, RevisionMixin, TranslatableMixin, index.Indexed, models.Model):
    """An article of a law, or a code or ruling, that lessons and questions rest on.

    It is a reference with a summary in plain words, never the text of the law itself.
    """

    law = models.CharField(_("law"), max_length=120)
    number = models.CharField(_("article"), max_length=60, help_text=_("For example: 15 lid 3"))
    title = models.CharField(_("subject"), max_length=150)
    summary = models.TextField(_("in plain words"))
    url = models.URLField(_("address"), blank=True)
    checked_on = models.DateField(_("last checked"))
    # What rests on it is then listed for review (learning/law_reviews.py).
    changed_on = models.DateField(
        _("changed on"),
        null=True,
        blank=True,
        help_text=_(
            "Fill this in when the law has changed: every question and page that rests on this "
            "article is then listed for review."
        ),
    )
    change = models.TextField(
        _("what has changed"),
        blank=True,
        max_length=1000,
        help_text=_("In a few sentences: whoever reviews a question reads this beside it."),
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("law"), FieldPanel("number")]),
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("url"), FieldPanel("checked_on")]),
        MultiFieldPanel(
            [FieldPanel("changed_on"), FieldPanel("change")], heading=_("The article has changed")
        ),
    ]
    search_fields: ClassVar = [
        index.SearchField("title"),
        index.SearchField("summary"),
        index.AutocompleteField("law"),
        index.AutocompleteField("title"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("law article")
        verbose_name_plural = _("law articles")
        ordering: ClassVar = ["law", "number"]

    def __str__(self) -> str:
        return f"{self.label} – {self.title}"

    def clean(self) -> None:
        super().clean()
        if self.changed_on and not self.change.strip():
            raise ValidationError({"change": gettext("Write what has changed.")})
        if self.change.strip() and not self.changed_on:
            raise ValidationError({"changed_on": gettext("Fill in since when it is so.")})

    @property
    def label(self) -> str:
        """How the article is named in a sentence."""
        if self.number[:1].isdigit():
            return _("%(law)s, article %(number)s") % {"law": self.law, "number": self.number}
        return f"{self.law}, {self.number}"

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "home/law_article_preview.html"


register_snippet(LawArticle, viewset="home.snippet_views.HouseSnippets")
