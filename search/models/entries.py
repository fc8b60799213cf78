"""What can be found, one row each, and the words that are used in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import CollectionViewRestriction, Locale, Page, PageViewRestriction
from wagtail.search import index

from home.visible import restrictions_exist
from search.terms import beginnings_of, language_of, terms_of


def still_there(page: str) -> Q:
    """Not past its moment of expiry, also before the clock that takes it off has come by."""
    return Q(**{f"{page}__expire_at": None}) | Q(**{f"{page}__expire_at__gt": timezone.now()})


class EntryQuerySet(QuerySet["Entry"]):
    def visible(self, locale: Locale) -> "EntryQuerySet":
        """What everybody may see, in one language."""
        return self.for_everybody().filter(locale=locale)

    def for_everybody(self) -> "EntryQuerySet":
        """Asked now: who closes a page, or has it expire, need not wait for an index."""
        found = self.filter(
            Q(within__isnull=True) | (Q(within__live=True) & still_there("within")),
            still_there("page"),
            page__live=True,
        )
        if restrictions_exist():
            for path in PageViewRestriction.objects.values_list("page__path", flat=True):
                found = found.exclude(page__path__startswith=path)
        # In the same question: a document in a closed collection, or below one.
        own = ExpressionWrapper(OuterRef("document__collection__path"), models.CharField())
        closed = CollectionViewRestriction.objects.annotate(own_path=own)
        return found.exclude(Exists(closed.filter(own_path__startswith=F("collection__path"))))


class Entry(index.Indexed, models.Model):
    """A page, or a part of one that is found by itself, as a goal of the visiedocument.

    It is what Wagtail's search backends index for visitors. It must never hold a question, a
    draft or anything of a person; and it can be thrown away and made again.
    """

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    # Where it is read. A document's is a page that offers it.
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    # A step's module: without it there is no step.
    within = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(
        "wagtaildocs.Document", null=True, on_delete=models.CASCADE, related_name="+"
    )
    # The place on the page, of what has one of its own.
    anchor = models.CharField(max_length=150, blank=True)
    name = models.CharField(max_length=255)
    # Another word for it, as the abbreviation of a partner.
    other_name = models.CharField(max_length=255, blank=True)
    # All that of a closed lesson is shown to visitors.
    introduction = models.TextField(blank=True)
    # Its text in pieces: [anchor, heading, text], in order.
    sections = models.JSONField(default=list)
    # Slugs of themes, with a space around each.
    themes = models.CharField(max_length=500, blank=True)

    objects = EntryQuerySet.as_manager()

    wagtail_reference_index_ignore = True
    # It is written by search/indexing.py, many at once.
    search_auto_update = False
    # Wagtail weighs what is called a title by itself.
    search_fields: ClassVar = [
        index.SearchField("title", boost=10),
        index.SearchField("body"),
        index.AutocompleteField("beginnings"),
        index.FilterField("kind"),
        index.FilterField("locale_id"),
        index.FilterField("page_id"),
        index.FilterField("within_id"),
        index.FilterField("document_id"),
    ]

    class Meta:
        verbose_name = _("findable text")
        verbose_name_plural = _("findable texts")

    def __str__(self) -> str:
        return self.name

    @property
    def language(self) -> str:
        return language_of(self.locale)

    @property
    def names(self) -> str:
        return f"{self.name} {self.other_name}".strip()

    @cached_property
    def title(self) -> str:
        """The terms of its name."""
        return terms_of(self.names, self.language)

    # A backend asks for it more than once.
    @cached_property
    def body(self) -> str:
        """The terms of its text."""
        texts = [text for _anchor, heading, body in self.sections for text in (heading, body)]
        return terms_of(" ".join(texts), self.language)

    @property
    def beginnings(self) -> str:
        return beginnings_of(self.names, self.language)


class Word(models.Model):
    """A word that is used in what everybody may read, and by how many entries."""

    language = models.CharField(max_length=10)
    text = models.CharField(max_length=50)
    pages = models.PositiveIntegerField(default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            # A vocabulary is a set.
            models.UniqueConstraint(fields=["language", "text"], name="one_word_per_language"),
        ]

    def __str__(self) -> str:
        return self.text
