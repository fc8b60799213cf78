"""Pages that editors put on top for certain words."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from wagtail.models import Locale, Page

from home.publication import Kept
from search.indexing import FOUND
from search.models import Entry, PromotedResult
from search.models.choices import phrases_of
from search.rules.stems import stem, words_of
from search.terms import language_of


@dataclass(frozen=True, slots=True)
class Promoted:
    """A page on top of the results."""

    title: str
    url: str
    why: str


# For each: the phrases as stems of one language, the page, and why.
Choices = list[tuple[set[tuple[str, ...]], int, str]]
CHOICES: Final[Kept[Choices]] = Kept(FOUND)


def choices_in(language: str) -> Choices:
    return [
        ({stems(phrase, language) for phrase in phrases_of(each.words)}, each.page_id, each.why)
        for each in PromotedResult.objects.all()
    ]


def stems(words: tuple[str, ...] | list[str], language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in words)


def promoted(text: str, locale: Locale, request: HttpRequest) -> list[Promoted]:
    """The pages on top for what somebody typed, in any form of its words. Often none."""
    language = language_of(locale)
    typed = stems(words_of(text), language)
    chosen = CHOICES.get(language, lambda: choices_in(language))
    why = {page: reason for phrases, page, reason in chosen if typed in phrases}
    if not why:
        return []
    visible = Entry.objects.visible(locale).filter(page__in=why, key__startswith="page:")
    pages = Page.objects.filter(pk__in=visible.values("page"))
    return [
        Promoted(page.title, page.get_url(request) or "", why[page.pk] or page.search_description)
        for page in pages
    ]
