"""Which pages somebody finds, and what of each is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page
from wagtail.search.index import RelatedFields, SearchField

from learning.models import DilemmaPage, LessonPage, QuizPage
from search.excerpts import Part, excerpt, plain, words_of


@dataclass(frozen=True, slots=True)
class Found:
    """A page in the list of results."""

    title: str
    url: str
    kind: str
    parts: list[Part]


def find(query: str, locale: Locale) -> Any:
    """Published pages for everybody, in a language, best first.

    A quiz is a step, and not something to read: what is asked there is not to be found. When
    no page holds the whole words, pages are given of which the title has words that begin so.
    """
    words = " ".join(words_of(query))
    pages = Page.objects.live().public().filter(locale=locale).not_type(QuizPage)
    if not words:
        return pages.none()
    whole = pages.search(words)
    return whole if whole.count() else pages.autocomplete(words)


def texts_of(instance: Any, fields: Iterable[Any]) -> list[str]:
    """All that is searched in a page, or in what belongs to it."""
    texts: list[str] = []
    for field in fields:
        value = field.get_value(instance)
        if isinstance(field, RelatedFields):
            for related in value.all():
                texts += texts_of(related, field.fields)
        elif isinstance(field, SearchField):
            texts += value if isinstance(value, list) else [str(value or "")]
    return texts


def text_of(page: Page) -> str:
    """A page's searched text in one line. Its title stands above it already."""
    fields = [f for f in type(page).get_search_fields() if f.field_name != "title"]
    return plain(texts_of(page, fields))


def describe(pages: Iterable[Page], query: str, *, signed_in: bool) -> list[Found]:
    """Results with an excerpt; of a closed module a visitor sees at most the introduction."""
    words = words_of(query)
    results = []
    for page in pages:
        is_learning = isinstance(page, LessonPage | DilemmaPage)
        closed = is_learning and not signed_in and not page.module.open_to_visitors
        text = getattr(page, "introduction", "") if closed else text_of(page)
        kind = str(page.specific_class._meta.verbose_name)
        results.append(Found(page.title, page.url, kind, excerpt(text, words)))
    return results
