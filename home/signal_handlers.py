"""Every change of what visitors see raises the publication's number (home/publication.py)."""

from typing import Any, Final

from django.core.signals import request_finished, request_started
from django.db.models.signals import post_delete, post_save
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from home.editing import deadlines
from home.models import (
    Banner,
    CalendarEntry,
    FooterLink,
    LawArticle,
    MainLink,
    Partner,
    Sector,
    SiteFrame,
    Support,
    Theme,
)
from home.pictures import ask_for_pictures_of, ask_for_uploaded
from home.publication import PUBLICATION, begin_request, end_request
from home.sharing.cards import ask_for_card

# What visitors see as soon as it is stored.
PUBLISHED_WHEN_STORED: Final = (
    *(Banner, CalendarEntry, FooterLink, LawArticle, MainLink, Partner, Sector, SiteFrame),
    *(Support, Theme),
    *(Image, Document, Site, Locale, PageViewRestriction),
)


def forget_what_was_stored(**_kwargs: Any) -> None:
    PUBLICATION.announce()


def forget_after_a_page(sender: type[Any], **_kwargs: Any) -> None:
    """The same for a page that is stored or deleted by other ways than publishing."""
    if issubclass(sender, Page):
        forget_what_was_stored()


def connect() -> None:
    """Listen to all that changes a page in one place."""
    request_started.connect(begin_request, dispatch_uid="publication")
    request_finished.connect(end_request, dispatch_uid="publication")
    page_published.connect(deadlines.forget, dispatch_uid="deadlines")
    for signal in (
        page_published,
        page_unpublished,
        page_slug_changed,
        post_page_move,
        published,
        unpublished,
    ):
        signal.connect(forget_what_was_stored, dispatch_uid="publication")
    for signal in (post_save, post_delete):
        signal.connect(forget_after_a_page, dispatch_uid="publication-of-pages")
    post_save.connect(ask_for_uploaded, sender=Image, dispatch_uid="pictures")
    page_published.connect(ask_for_pictures_of, dispatch_uid="pictures")
    page_published.connect(ask_for_card, dispatch_uid="card")
    for model in PUBLISHED_WHEN_STORED:
        post_save.connect(forget_what_was_stored, sender=model, dispatch_uid="publication")
        post_delete.connect(forget_what_was_stored, sender=model, dispatch_uid="publication")
