"""What editors write once and use in many places."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
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

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("law"), FieldPanel("number")]),
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("url"), FieldPanel("checked_on")]),
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

    @property
    def label(self) -> str:
        """How the article is named in a sentence."""
        if self.number[:1].isdigit():
            return _("%(law)s, article %(number)s") % {"law": self.law, "number": self.number}
        return f"{self.law}, {self.number}"

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "home/law_article_preview.html"


register_snippet(LawArticle)
