"""What editors say about searching: synonyms, what comes first; and what was searched in vain."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Locale, Page

from search.rules.stems import words_of

ONE_PER_LINE = _("One word or phrase on each line.")


def phrases_of(text: str) -> list[tuple[str, ...]]:
    """The lines of a text as folded words; empty ones are left out."""
    phrases = (tuple(words_of(line)) for line in text.splitlines())
    return [phrase for phrase in phrases if phrase]


class SynonymGroup(models.Model):
    """Words that mean the same to who searches."""

    locale = models.ForeignKey(
        Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language")
    )
    words = models.TextField(_("words that mean the same"), help_text=ONE_PER_LINE)

    panels: ClassVar = [FieldPanel("locale"), FieldPanel("words")]

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering: ClassVar = ["words"]

    def __str__(self) -> str:
        return ", ".join(line.strip() for line in self.words.splitlines() if line.strip())

    def clean(self) -> None:
        if len(phrases_of(self.words)) < 2:
            raise ValidationError(
                {"words": _("Write at least two words or phrases, each on a line of its own.")}
            )


class PromotedResult(models.Model):
    """A page that stands on top when somebody searches these words."""

    words = models.TextField(
        _("when somebody searches"),
        help_text=_("One word or phrase on each line. Other forms of a word count as well."),
    )
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page to show on top")
    )
    why = models.CharField(
        _("what they find there"),
        max_length=200,
        blank=True,
        help_text=_("Shown below the title. Without it: the beginning of the page."),
    )

    panels: ClassVar = [FieldPanel("words"), PageChooserPanel("page"), FieldPanel("why")]

    class Meta:
        verbose_name = _("result on top")
        verbose_name_plural = _("results on top")
        ordering: ClassVar = ["words"]

    def __str__(self) -> str:
        return f"{', '.join(self.words.split(chr(10)))} → {self.page}"

    def clean(self) -> None:
        if not phrases_of(self.words):
            raise ValidationError({"words": _("Write at least one word.")})


class MissedWord(models.Model):
    """A word that was searched in vain on a day, and how often. Never by whom, or beside what."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=10)
    text = models.CharField(_("word"), max_length=50)
    times = models.PositiveIntegerField(_("times"), default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("word searched in vain")
        verbose_name_plural = _("words searched in vain")
        constraints: ClassVar = [
            # A count is one row.
            models.UniqueConstraint(
                fields=["day", "language", "text"], name="one_count_per_missed_word_and_day"
            ),
        ]

    def __str__(self) -> str:
        return self.text
