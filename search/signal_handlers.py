"""What is found follows what editors publish (signals only across app borders)."""

from typing import Any, Final

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.search.backends import get_search_backends
from wagtail.signals import page_published, page_unpublished

from home.models import Partner, PartnersPage, Sector, Theme
from search.indexing import FOUND, forget_page, refresh_page, refresh_pages
from search.models import Entry, PromotedResult, SynonymGroup
from search.themes import follow_end_of_theme, follow_theme, note_before

# What Wagtail writes down about a page when only a draft of it is kept.
OF_DRAFTS: Final = frozenset(
    ("latest_revision", "draft_title", "has_unpublished_changes", "latest_revision_created_at")
)
CHOICES: Final = (SynonymGroup, PromotedResult, Theme)


def follow_page(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A page that is stored, by whatever way."""
    if not issubclass(sender, Page) or kwargs.get("raw"):
        return
    changed = kwargs.get("update_fields")
    if changed is None or not set(changed) <= OF_DRAFTS:
        refresh_page(instance.pk)


def follow_publication(instance: Page, **_kwargs: Any) -> None:
    """With all that is stored after the page itself: goals, themes, documents."""
    refresh_page(instance.pk)


def follow_withdrawal(instance: Page, **_kwargs: Any) -> None:
    """Wagtail says so before a page is deleted as well: then it is still there, and live."""
    forget_page(instance.pk)


def follow_partner(instance: Partner | Sector, **_kwargs: Any) -> None:
    pages = PartnersPage.objects.filter(locale_id=instance.locale_id)
    refresh_pages(pages.values_list("pk", flat=True))


def follow_themes(instance: Any, action: str, **_kwargs: Any) -> None:
    """A partner's themes are stored after the partner itself."""
    if action.startswith("post_") and isinstance(instance, Partner):
        follow_partner(instance)


def follow_document(instance: Document, **_kwargs: Any) -> None:
    """Its title may have changed."""
    pages = Entry.objects.filter(document=instance).values_list("page_id", flat=True)
    refresh_pages(list(pages))


def follow_entry(instance: Entry, **_kwargs: Any) -> None:
    """What goes with a page goes from the search backends."""
    for backend in get_search_backends(with_auto_update=True):
        backend.delete(instance)


def forget(**_kwargs: Any) -> None:
    FOUND.announce()


def connect() -> None:
    """Listen to all that changes what is found."""
    post_save.connect(follow_page, dispatch_uid="search-page")
    page_published.connect(follow_publication, dispatch_uid="search-publication")
    page_unpublished.connect(follow_withdrawal, dispatch_uid="search-publication")
    for signal in (post_save, post_delete):
        for partner in (Partner, Sector):
            signal.connect(follow_partner, sender=partner, dispatch_uid="search-partner")
        for model in CHOICES:
            signal.connect(forget, sender=model, dispatch_uid="search-choices")
    pre_save.connect(note_before, sender=Theme, dispatch_uid="search-theme")
    post_save.connect(follow_theme, sender=Theme, dispatch_uid="search-theme")
    post_delete.connect(follow_end_of_theme, sender=Theme, dispatch_uid="search-theme")
    themes: Any = Partner.themes
    m2m_changed.connect(follow_themes, sender=themes.through, dispatch_uid="search-partner")
    post_delete.connect(follow_entry, sender=Entry, dispatch_uid="search-entry")
    post_save.connect(follow_document, sender=Document, dispatch_uid="search-document")
