"""Keeping what is found in step with what is published: a page at a time, or all of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.search.backends import get_search_backends

from home.publication import ChangeNumber
from learning.schedule import daily
from search.drafts import entries_of_all
from search.models import Entry
from search.rules.stems import words_of
from search.vocabularies import note_words, replace_words

# Whatever was found before it is worked out anew.
FOUND: Final = ChangeNumber("search")
AT_ONCE: Final = 200
# Texts that are indexed at once: a backend works out something over all of them each time.
MANY: Final = 800
FIELDS: Final = (
    *("kind", "locale", "page", "within", "document", "anchor", "name", "other_name"),
    *("introduction", "sections", "themes"),
)


def words_in(entry: Entry) -> set[str]:
    """The words of an entry that may stand in a vocabulary: with letters, and written out."""
    texts = [entry.names, *(text for section in entry.sections for text in section[1:])]
    return {word for word in words_of(" ".join(texts)) if len(word) > 1 and word.isalpha()}


def words_of_all(entries: Iterable[Entry]) -> Counter[str]:
    return Counter(word for entry in entries for word in words_in(entry))


def for_everybody(entries: Sequence[Entry]) -> list[Entry]:
    """Of stored entries those that everybody may see: their words may be told to others."""
    stored = Entry.objects.for_everybody().filter(key__in=[entry.key for entry in entries])
    keys = set(stored.values_list("key", flat=True))
    return [entry for entry in entries if entry.key in keys]


def refresh_page(pk: int) -> None:
    """Make what is found of a page what it is now. Safe to repeat."""
    page = Page.objects.filter(pk=pk).specific().first()
    entries = entries_of_all([page]) if page is not None else []
    with transaction.atomic():
        keys = [entry.key for entry in entries]
        Entry.objects.filter(page_id=pk).exclude(key__in=keys).delete()
        if entries:
            store(entries)
            note_words(entries[0].language, words_of_all(for_everybody(entries)))
            hand_over(Entry.objects.filter(key__in=keys))
    FOUND.announce()


def forget_page(pk: int) -> None:
    """Nothing of a page is found any more."""
    Entry.objects.filter(page_id=pk).delete()
    FOUND.announce()


def refresh_pages(pages: Iterable[int]) -> None:
    for pk in pages:
        refresh_page(pk)


def store(entries: Sequence[Entry]) -> None:
    """Write entries, over what was there under the same keys."""
    Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["key"], update_fields=FIELDS
    )


def hand_over(entries: QuerySet[Entry]) -> None:
    """Give stored entries to Wagtail's search backends."""
    stored = list(entries.select_related("locale"))
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Entry, stored)


def drafts() -> Iterator[list[Entry]]:
    """Everything that is published, some pages at a time."""
    keys = list(Page.objects.live().filter(depth__gt=1).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        chunk = keys[start : start + AT_ONCE]
        yield entries_of_all(list(Page.objects.filter(pk__in=chunk).specific()))


def rebuild() -> int:
    """Make all of it anew, and the vocabularies from what everybody may read. How many there are.

    First all texts, then the index of them: a long word is split by all words of the site, also
    those on later pages.
    """
    words: dict[str, Counter[str]] = {}
    kept: set[str] = set()
    for entries in drafts():
        store(entries)
        kept.update(entry.key for entry in entries)
        for entry in for_everybody(entries):
            words.setdefault(entry.language, Counter()).update(words_in(entry))
    for language, counted in words.items():
        replace_words(language, counted)
    gone = [pk for pk, key in Entry.objects.values_list("pk", "key") if key not in kept]
    for start in range(0, len(gone), AT_ONCE):
        Entry.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), MANY):
        hand_over(Entry.objects.filter(pk__in=keys[start : start + MANY]))
    FOUND.announce()
    return len(keys)


@daily("search", at=time(3, 40))
def rebuild_search(_day: date) -> None:
    """What slipped by, as a page that was closed, and words that no page uses any more."""
    rebuild()
