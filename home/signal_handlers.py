"""Every change of what visitors see raises the publication version (home/publication.py)."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from home.models import LawArticle, Partner
from home.publication import raise_publication_version


def forget_what_was_stored(**_kwargs: Any) -> None:
    """After the commit: a page stored in between would still be the old one."""
    transaction.on_commit(raise_publication_version)


def connect() -> None:
    """Listen to all that changes a page in one place."""
    for signal in (
        page_published,
        page_unpublished,
        page_slug_changed,
        post_page_move,
        published,
        unpublished,
    ):
        signal.connect(forget_what_was_stored, dispatch_uid="publication")
    for model in (LawArticle, Partner, Site):
        post_save.connect(forget_what_was_stored, sender=model, dispatch_uid="publication")
        post_delete.connect(forget_what_was_stored, sender=model, dispatch_uid="publication")
